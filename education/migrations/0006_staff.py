"""Who may do what (the groups), drafts with a day, reviews bound to their text, links to previews."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

PAGES = ("topic", "condition", "faq", "glossaryterm", "source", "packet", "clinic")

EDITOR = {
    *(f"{action}_{page}" for action in ("view", "add", "change") for page in PAGES),
    *(f"view_{history}" for history in ("revision", "contentfile", "alias")),
    *("add_picture", "view_picture", "change_picture", "view_feedback", "change_feedback"),
}
GROUPS = {
    "Editor": EDITOR,
    "Publisher": EDITOR | {"publish_pages", *(f"delete_{thing}" for thing in (*PAGES, "picture", "feedback"))},
    "Clinical reviewer": {"review_pages", *(f"view_{page}" for page in PAGES)},
}


def make_groups(apps, schema_editor):
    """Make the groups, or add what a group of this name lacks. Nothing is taken from one that is there.

    Permissions come after all migrations of a new database; these groups need them now.
    """
    alias = schema_editor.connection.alias
    education = apps.get_app_config("education")
    education.models_module = True
    create_permissions(education, verbosity=0, using=alias, apps=apps)
    education.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label="education")
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*permissions.filter(codename__in=codenames))


def bind_reviews(apps, schema_editor):
    """Pages that say they were reviewed were: until now a change of the text took the mark away."""
    for name in PAGES:
        rows = apps.get_model("education", name).objects.using(schema_editor.connection.alias)
        rows.exclude(reviewed_on=None).update(review_state="current")


class Migration(migrations.Migration):

    dependencies = [
        ('education', '0005_clinic_shortcuts'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AlterModelOptions(
            name='revision',
            options={'ordering': ['-id'], 'permissions': [('publish_pages', 'Can publish pages'), ('review_pages', 'Can sign pages off')]},
        ),
        migrations.AddField(
            model_name='clinic',
            name='draft_due',
            field=models.DateField(editable=False, help_text='The day on which the draft becomes the public text.', null=True),
        ),
        migrations.AddField(
            model_name='clinic',
            name='review_state',
            field=models.CharField(choices=[('never', 'Never reviewed'), ('current', 'Reviewed'), ('changed', 'Changed since review')], default='never', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='clinic',
            name='reviewed_text',
            field=models.CharField(blank=True, editable=False, help_text='The digest of the text that was read.', max_length=64),
        ),
        migrations.AddField(
            model_name='condition',
            name='draft_due',
            field=models.DateField(editable=False, help_text='The day on which the draft becomes the public text.', null=True),
        ),
        migrations.AddField(
            model_name='condition',
            name='review_state',
            field=models.CharField(choices=[('never', 'Never reviewed'), ('current', 'Reviewed'), ('changed', 'Changed since review')], default='never', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='condition',
            name='reviewed_text',
            field=models.CharField(blank=True, editable=False, help_text='The digest of the text that was read.', max_length=64),
        ),
        migrations.AddField(
            model_name='faq',
            name='draft_due',
            field=models.DateField(editable=False, help_text='The day on which the draft becomes the public text.', null=True),
        ),
        migrations.AddField(
            model_name='faq',
            name='review_state',
            field=models.CharField(choices=[('never', 'Never reviewed'), ('current', 'Reviewed'), ('changed', 'Changed since review')], default='never', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='faq',
            name='reviewed_text',
            field=models.CharField(blank=True, editable=False, help_text='The digest of the text that was read.', max_length=64),
        ),
        migrations.AddField(
            model_name='glossaryterm',
            name='draft_due',
            field=models.DateField(editable=False, help_text='The day on which the draft becomes the public text.', null=True),
        ),
        migrations.AddField(
            model_name='glossaryterm',
            name='review_state',
            field=models.CharField(choices=[('never', 'Never reviewed'), ('current', 'Reviewed'), ('changed', 'Changed since review')], default='never', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='glossaryterm',
            name='reviewed_text',
            field=models.CharField(blank=True, editable=False, help_text='The digest of the text that was read.', max_length=64),
        ),
        migrations.AddField(
            model_name='packet',
            name='draft_due',
            field=models.DateField(editable=False, help_text='The day on which the draft becomes the public text.', null=True),
        ),
        migrations.AddField(
            model_name='packet',
            name='review_state',
            field=models.CharField(choices=[('never', 'Never reviewed'), ('current', 'Reviewed'), ('changed', 'Changed since review')], default='never', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='packet',
            name='reviewed_text',
            field=models.CharField(blank=True, editable=False, help_text='The digest of the text that was read.', max_length=64),
        ),
        migrations.AddField(
            model_name='source',
            name='draft_due',
            field=models.DateField(editable=False, help_text='The day on which the draft becomes the public text.', null=True),
        ),
        migrations.AddField(
            model_name='source',
            name='review_state',
            field=models.CharField(choices=[('never', 'Never reviewed'), ('current', 'Reviewed'), ('changed', 'Changed since review')], default='never', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='source',
            name='reviewed_text',
            field=models.CharField(blank=True, editable=False, help_text='The digest of the text that was read.', max_length=64),
        ),
        migrations.AddField(
            model_name='topic',
            name='draft_due',
            field=models.DateField(editable=False, help_text='The day on which the draft becomes the public text.', null=True),
        ),
        migrations.AddField(
            model_name='topic',
            name='review_state',
            field=models.CharField(choices=[('never', 'Never reviewed'), ('current', 'Reviewed'), ('changed', 'Changed since review')], default='never', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='topic',
            name='reviewed_text',
            field=models.CharField(blank=True, editable=False, help_text='The digest of the text that was read.', max_length=64),
        ),
        migrations.AddIndex(
            model_name='clinic',
            index=models.Index(condition=models.Q(('draft_due__isnull', False)), fields=['draft_due'], name='clinic_draft_due'),
        ),
        migrations.AddIndex(
            model_name='condition',
            index=models.Index(condition=models.Q(('draft_due__isnull', False)), fields=['draft_due'], name='condition_draft_due'),
        ),
        migrations.AddIndex(
            model_name='faq',
            index=models.Index(condition=models.Q(('draft_due__isnull', False)), fields=['draft_due'], name='faq_draft_due'),
        ),
        migrations.AddIndex(
            model_name='glossaryterm',
            index=models.Index(condition=models.Q(('draft_due__isnull', False)), fields=['draft_due'], name='glossaryterm_draft_due'),
        ),
        migrations.AddIndex(
            model_name='packet',
            index=models.Index(condition=models.Q(('draft_due__isnull', False)), fields=['draft_due'], name='packet_draft_due'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(condition=models.Q(('draft_due__isnull', False)), fields=['draft_due'], name='source_draft_due'),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(condition=models.Q(('draft_due__isnull', False)), fields=['draft_due'], name='topic_draft_due'),
        ),
        migrations.AddConstraint(
            model_name='clinic',
            constraint=models.CheckConstraint(condition=models.Q(('review_state__in', ['never', 'current', 'changed'])), name='clinic_review_state_known'),
        ),
        migrations.AddConstraint(
            model_name='clinic',
            constraint=models.CheckConstraint(condition=models.Q(('draft_due', None), ('draft__isnull', False), _connector='OR'), name='clinic_draft_due_has_draft'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('review_state__in', ['never', 'current', 'changed'])), name='condition_review_state_known'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('draft_due', None), ('draft__isnull', False), _connector='OR'), name='condition_draft_due_has_draft'),
        ),
        migrations.AddConstraint(
            model_name='faq',
            constraint=models.CheckConstraint(condition=models.Q(('review_state__in', ['never', 'current', 'changed'])), name='faq_review_state_known'),
        ),
        migrations.AddConstraint(
            model_name='faq',
            constraint=models.CheckConstraint(condition=models.Q(('draft_due', None), ('draft__isnull', False), _connector='OR'), name='faq_draft_due_has_draft'),
        ),
        migrations.AddConstraint(
            model_name='glossaryterm',
            constraint=models.CheckConstraint(condition=models.Q(('review_state__in', ['never', 'current', 'changed'])), name='glossaryterm_review_state_known'),
        ),
        migrations.AddConstraint(
            model_name='glossaryterm',
            constraint=models.CheckConstraint(condition=models.Q(('draft_due', None), ('draft__isnull', False), _connector='OR'), name='glossaryterm_draft_due_has_draft'),
        ),
        migrations.AddConstraint(
            model_name='packet',
            constraint=models.CheckConstraint(condition=models.Q(('review_state__in', ['never', 'current', 'changed'])), name='packet_review_state_known'),
        ),
        migrations.AddConstraint(
            model_name='packet',
            constraint=models.CheckConstraint(condition=models.Q(('draft_due', None), ('draft__isnull', False), _connector='OR'), name='packet_draft_due_has_draft'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('review_state__in', ['never', 'current', 'changed'])), name='source_review_state_known'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('draft_due', None), ('draft__isnull', False), _connector='OR'), name='source_draft_due_has_draft'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('review_state__in', ['never', 'current', 'changed'])), name='topic_review_state_known'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('draft_due', None), ('draft__isnull', False), _connector='OR'), name='topic_draft_due_has_draft'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='education.revision'),
        ),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(bind_reviews, migrations.RunPython.noop),
    ]
