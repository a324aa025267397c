"""The version of the content, by which pages are cached."""

import secrets

from django.db import migrations, models


def begin(apps, schema_editor):
    apps.get_model("education", "ContentVersion").objects.create(token=secrets.randbits(48))


class Migration(migrations.Migration):
    dependencies = [
        ("education", "0009_page_health"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop, elidable=True),
    ]
