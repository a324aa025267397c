"""What the admin's first page asks of every page at once, in one small table."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from education.models.page import Alias, Page, PageQuerySet


class LinkTargetQuerySet(models.QuerySet):
    """Names by which pages lead to others."""

    def broken(self):
        """Those that lead to nothing the public may see today, by no old name either."""
        there = PageHealth.objects.published().filter(language=OuterRef("language"), collection=OuterRef("collection"))
        moved = Alias.objects.filter(
            Exists(there.filter(slug=OuterRef("target"))),
            language=OuterRef("language"),
            collection=OuterRef("collection"),
            slug=OuterRef("slug"),
        )
        return self.filter(~Exists(there.filter(slug=OuterRef("slug"))), ~Exists(moved))


class LinkTarget(models.Model):
    """A name by which some page leads to another, or names a source; perhaps an old one, or one that nobody has."""

    language = models.CharField(max_length=12)
    collection = models.CharField(max_length=12)
    slug = models.CharField(max_length=80)

    objects = LinkTargetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "collection", "slug"], name="linktarget_unique")]

    def __str__(self):
        return f"{self.language}/{self.collection}/{self.slug}"


class PageHealth(models.Model):
    """How one page's text stands. It repeats what the page's row and text say, and can be made anew (`education.health`)."""

    page = models.CharField(max_length=110, db_index=True, help_text="The page's identity.")
    language = models.CharField(max_length=12)
    collection = models.CharField(max_length=12)
    slug = models.CharField(max_length=80)
    page_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=150)
    status = models.CharField(max_length=10, choices=Page.Status)
    publish_on = models.DateField(null=True)
    review_state = models.CharField(max_length=10, choices=Page.ReviewState)
    review_due = models.DateField(null=True)
    digest = models.CharField(max_length=64, help_text="Of the text that the page's row shows.")
    grade = models.FloatField(null=True, help_text="How hard the text is to read: a school grade. Sources have none.")
    links = models.ManyToManyField(LinkTarget, related_name="+")

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "page health"
        constraints = [models.UniqueConstraint(fields=["collection", "page_id"], name="pagehealth_page_unique")]
        indexes = [
            models.Index(fields=["language", "collection", "slug", "status", "publish_on"], name="pagehealth_address"),
            models.Index(fields=["grade"], name="pagehealth_grade", condition=Q(grade__isnull=False)),
        ]

    def __str__(self):
        return self.page
