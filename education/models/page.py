"""What every page has: an identity, a status, a review, its revisions."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from education.models.revision import Revision

BODY_MAX_LENGTH = 100 * 1024


def today():
    """The date in UTC, by which pages become public."""
    return datetime.now(UTC).date()


class PageQuerySet(models.QuerySet):
    """Pages of one collection."""

    def published(self):
        """What the public may see today. The only meaning of "public" on this site."""
        return self.filter(models.Q(publish_on=None) | models.Q(publish_on__lte=today()), status=Page.Status.PUBLISHED)

    def due(self, today):
        """Published pages whose day has come since somebody wrote them: of a draft, or of the page itself."""
        appears = models.Q(publish_on__lte=today, publish_on__gte=TruncDate("updated_at"))
        return self.filter(appears | models.Q(draft_due__lte=today), status=Page.Status.PUBLISHED)

    def in_language(self, language):
        """Pages in one language, by its code (`en`)."""
        return self.filter(language=language)


class Page(models.Model):
    """The published projection of a document: columns to query and link by. Its truth is `revision.text`.

    `revision` is the text this row shows, `draft` a newer one that staff saved but did not publish; with `draft_due` it
    becomes the public text on that day.
    """

    class Status(models.TextChoices):
        """Whether a page is meant for the public."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    class ReviewState(models.TextChoices):
        """Whether a clinician read the text that the row shows."""

        NEVER = "never", _("Never reviewed")
        CURRENT = "current", _("Reviewed")
        CHANGED = "changed", _("Changed since review")

    collection = ""

    language = models.CharField(max_length=12, default=settings.LANGUAGE_CODE)
    slug = models.SlugField(
        _("address"), max_length=80, help_text=_("The last part of the page's address: small letters, digits, hyphens.")
    )
    title = models.CharField(max_length=150, help_text=_("The heading of the page. Best under 65 characters."))
    summary = models.CharField(
        max_length=300,
        help_text=_("One or two sentences with the main message. Patients see them under the title and in search results."),
    )
    body = models.TextField(
        _("text"), blank=True, validators=[MaxLengthValidator(BODY_MAX_LENGTH)], help_text=_("The text, in Markdown.")
    )
    status = models.CharField(
        max_length=10, choices=Status, default=Status.DRAFT, help_text=_("Patients see published pages; drafts only staff.")
    )
    publish_on = models.DateField(
        null=True, blank=True, help_text=_("A published page is shown from this day on; empty means now.")
    )
    search_words = models.JSONField(
        default=list, blank=True, help_text=_("Words patients use for this, one a line. Misspellings are welcome.")
    )
    sources = models.ManyToManyField(
        "education.Source", blank=True, related_name="+", help_text=_("Sources used for the page but not cited in its text.")
    )
    reviewed_on = models.DateField(null=True, blank=True, help_text=_("The day a clinician last read the whole page and agreed."))
    reviewed_by = models.CharField(max_length=150, blank=True, help_text=_("That clinician's name, shown to patients."))
    reviewed_text = models.CharField(
        max_length=64, blank=True, editable=False, help_text=_("The digest of the text that was read.")
    )
    review_state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.NEVER, editable=False)
    review_due = models.DateField(null=True, blank=True, help_text=_("The day by which the page should be read again."))
    review_notes = models.JSONField(
        default=list, blank=True, help_text=_("Notes for staff, one a line. Patients never see them.")
    )
    revision = models.OneToOneField(Revision, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    draft = models.OneToOneField(Revision, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+")
    draft_due = models.DateField(null=True, editable=False, help_text=_("The day on which the draft becomes the public text."))
    first_published_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="%(class)s_identity_unique"),
            models.CheckConstraint(condition=models.Q(status__in=["draft", "published"]), name="%(class)s_status_known"),
            models.CheckConstraint(
                condition=models.Q(review_state__in=["never", "current", "changed"]), name="%(class)s_review_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(draft_due=None) | models.Q(draft__isnull=False), name="%(class)s_draft_due_has_draft"
            ),
        ]
        indexes = [
            models.Index(fields=["language", "status", "title", "publish_on"], name="%(class)s_by_title"),
            models.Index(fields=["publish_on"], condition=models.Q(publish_on__isnull=False), name="%(class)s_publish_on"),
            models.Index(fields=["draft_due"], condition=models.Q(draft_due__isnull=False), name="%(class)s_draft_due"),
        ]

    def __str__(self):
        return self.title

    @property
    def identity(self):
        """`en/topics/dry-needling`: the name of the page everywhere."""
        return f"{self.language}/{self.collection}/{self.slug}"

    @property
    def is_published(self):
        """Whether the public may see the page today; agrees with `PageQuerySet.published`."""
        return self.status == self.Status.PUBLISHED and (self.publish_on is None or self.publish_on <= today())

    def translations(self):
        """The published pages that say the same in other languages: those of this collection with the same address."""
        return type(self).objects.filter(slug=self.slug).exclude(language=self.language).published()

    def address_of(self, view, *args):
        """The address of one of the site's views in the page's own language, whatever language is spoken just now."""
        with override(self.language):
            return reverse(f"education:{view}", args=args)


class Alias(models.Model):
    """An old address of a page, which leads to its new one."""

    language = models.CharField(max_length=12)
    collection = models.CharField(max_length=12)
    slug = models.SlugField(max_length=80)
    target = models.CharField(max_length=80, help_text=_("The slug of the page it leads to."))

    class Meta:
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["language", "collection", "slug"], name="alias_identity_unique")]
        indexes = [models.Index(fields=["language", "collection", "target"], name="alias_target")]

    def __str__(self):
        return f"{self.collection}/{self.slug} → {self.target}"
