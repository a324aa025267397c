"""The site's vocabulary, and the full-text index that the database itself keeps over `education_searchentry`.

SQLite: an FTS5 table without a copy of the text, which triggers keep up. PostgreSQL: a generated column with a GIN index;
it folds accents by itself, since `unaccent` asks for more rights. Both follow every write, by whatever way it comes.

A later migration that changes columns of SearchEntry makes Django write SQLite's table anew, and the triggers go with the
old one: let it run `remove` before and `install` after.
"""

from django.db import migrations, models

SQLITE = [
    """CREATE VIRTUAL TABLE education_searchindex USING fts5(
        title, words, summary, text, content='education_searchentry', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER education_searchentry_added AFTER INSERT ON education_searchentry BEGIN
        INSERT INTO education_searchindex (rowid, title, words, summary, text)
        VALUES (new.id, new.title, new.words, new.summary, new.text); END""",
    """CREATE TRIGGER education_searchentry_removed AFTER DELETE ON education_searchentry BEGIN
        INSERT INTO education_searchindex (education_searchindex, rowid, title, words, summary, text)
        VALUES ('delete', old.id, old.title, old.words, old.summary, old.text); END""",
    """CREATE TRIGGER education_searchentry_changed AFTER UPDATE ON education_searchentry BEGIN
        INSERT INTO education_searchindex (education_searchindex, rowid, title, words, summary, text)
        VALUES ('delete', old.id, old.title, old.words, old.summary, old.text);
        INSERT INTO education_searchindex (rowid, title, words, summary, text)
        VALUES (new.id, new.title, new.words, new.summary, new.text); END""",
    "INSERT INTO education_searchindex (education_searchindex) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER education_searchentry_changed",
    "DROP TRIGGER education_searchentry_removed",
    "DROP TRIGGER education_searchentry_added",
    "DROP TABLE education_searchindex",
]

# Letters lose their accents, and signs become spaces that make PostgreSQL's parser see one address or path instead of words.
_ACCENTS = "[\u0300-\u036f]"


def _weighted(column, weight):
    plain = f"translate(regexp_replace(normalize({column}, NFD), '{_ACCENTS}', '', 'g'), './-_@:', '      ')"
    language = "CASE language WHEN 'en' THEN 'english'::regconfig ELSE 'simple'::regconfig END"
    return f"setweight(to_tsvector({language}, {plain}), '{weight}')"


_HEADINGS = " || ".join(_weighted(column, weight) for column, weight in (("title", "A"), ("words", "B"), ("summary", "C")))
# Small enough to be read for every hit; the whole is only asked whether it holds a term, which its index knows.
POSTGRESQL = [
    f"ALTER TABLE education_searchentry ADD COLUMN headings tsvector GENERATED ALWAYS AS ({_HEADINGS}) STORED",
    "ALTER TABLE education_searchentry ADD COLUMN vector tsvector "
    f"GENERATED ALWAYS AS ({_HEADINGS} || {_weighted('text', 'D')}) STORED",
    "CREATE INDEX education_searchentry_headings ON education_searchentry USING gin (headings) WITH (fastupdate = off)",
    "CREATE INDEX education_searchentry_vector ON education_searchentry USING gin (vector) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE education_searchentry DROP COLUMN vector",
    "ALTER TABLE education_searchentry DROP COLUMN headings",
]


def install(apps, schema_editor):
    _execute(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def remove(apps, schema_editor):
    _execute(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _execute(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("education", "0002_search_feedback_pictures")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=12)),
                ("word", models.CharField(max_length=40)),
                ("sound", models.CharField(help_text="How it sounds, roughly: see education.search.spelling.", max_length=40)),
                (
                    "in_prose",
                    models.BooleanField(help_text="It stands in a title, a summary or a text, and so is spelt as it should be."),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["language", "sound"], name="searchword_sound")],
                "constraints": [models.UniqueConstraint(fields=("language", "word"), name="searchword_unique")],
            },
        ),
        migrations.RunPython(install, remove),
    ]
