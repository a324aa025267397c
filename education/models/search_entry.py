"""What search reads: the words of every page, in one table, and the site's vocabulary."""

from django.db import models

from education.models.page import Page, PageQuerySet


class SearchEntry(models.Model):
    """The words of one page, as patients read them. It repeats what its page's row and text say, and can be made anew.

    The database's own full-text index over it is made by migration 0003, which says what a later migration must mind.
    """

    language = models.CharField(max_length=12)
    collection = models.CharField(max_length=12)
    page_id = models.PositiveBigIntegerField()
    url = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Page.Status)
    publish_on = models.DateField(null=True)
    title = models.CharField(max_length=150)
    words = models.TextField(help_text="Other names, patients' own words, misspellings: one a line.")
    summary = models.CharField(max_length=300)
    text = models.TextField()

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["collection", "page_id"], name="searchentry_page_unique")]
        indexes = [models.Index(fields=["language", "status", "publish_on"], name="searchentry_public")]

    def __str__(self):
        return self.title


class SearchWord(models.Model):
    """A word that some page has or had: what a misspelt word may have been meant to be.

    Words are only ever added, so that saving a page costs little and editors never wait for each other; a word that no
    public page holds is never suggested, because what is looked for must be found.
    """

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=40)
    sound = models.CharField(max_length=40, help_text="How it sounds, roughly: see education.search.spelling.")
    in_prose = models.BooleanField(help_text="It stands in a title, a summary or a text, and so is spelt as it should be.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="searchword_unique")]
        indexes = [models.Index(fields=["language", "sound"], name="searchword_sound")]

    def __str__(self):
        return self.word
