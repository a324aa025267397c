"""Pictures that staff uploaded."""

from django.db import models


class Picture(models.Model):
    """One picture: its file in the storage, and the size that keeps its place on a page while it loads.

    Beside it stand smaller files of the same picture, for screens that do not need all of it.
    """

    WIDTHS = (480, 960, 1440)

    name = models.CharField(max_length=100, unique=True, help_text="Its file in the storage, such as pictures/3f….jpg.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return self.name

    @property
    def variants(self):
        """The names of its smaller files in the storage, by their width in pixels; all are WebP, none wider than it.

        One of them is as wide as the picture, up to the greatest width: the next narrower one would look coarse in its place.
        """
        stem = self.name.rpartition(".")[0]
        widths = sorted({min(width, self.width) for width in self.WIDTHS}) if self.width > self.WIDTHS[0] else ()
        return {width: f"{stem}-{width}.webp" for width in widths}
