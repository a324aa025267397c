"""Pictures that staff uploaded."""

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """One picture: its file in the storage, and the size that keeps its place on a page while it loads.

    Beside it stand smaller files of the same picture, for screens that do not need all of it. A file never changes: another
    picture has another name, so that browsers may keep what they have.
    """

    WIDTHS = (480, 960, 1440)

    name = models.CharField(max_length=100, unique=True, help_text="Its file in the storage, such as pictures/3f….jpg.")
    alt = models.CharField(_("what it shows"), max_length=300, blank=True, help_text=_("In words, for people who cannot see it."))
    is_decoration = models.BooleanField(
        _("decoration"), default=False, help_text=_("It shows nothing one must know. Then it needs no words.")
    )
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_decoration=False) | models.Q(alt=""), name="picture_decoration_has_no_words"
            )
        ]

    def __str__(self):
        return self.alt or self.name

    @property
    def address(self):
        """Where browsers find it; what a page's Markdown holds."""
        return default_storage.url(self.name)

    @property
    def variants(self):
        """The names of its smaller files in the storage, by their width in pixels; all are WebP, none wider than it.

        One of them is as wide as the picture, up to the greatest width: the next narrower one would look coarse in its place.
        """
        stem = self.name.rpartition(".")[0]
        widths = sorted({min(width, self.width) for width in self.WIDTHS}) if self.width > self.WIDTHS[0] else ()
        return {width: f"{stem}-{width}.webp" for width in widths}
