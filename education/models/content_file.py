"""What import remembers of the files in content/."""

from django.db import models


class ContentFile(models.Model):
    """One file in content/ and what became of it.

    `text` is the *base*: what of the file counts as taken over. It moves up to the file with every import, except for
    parts that staff had changed too; those wait in `suggestion`, which is the file's text as long as staff have not decided.
    """

    page = models.CharField(max_length=110, unique=True, help_text="The identity of the page it is the file of.")
    slug = models.CharField(max_length=80, help_text="The file's name; after a rename by staff it is not the page's.")
    text = models.TextField()
    text_digest = models.CharField(max_length=64)
    file_digest = models.CharField(max_length=64, help_text="SHA-256 of the file's bytes when it was last imported.")
    suggestion = models.TextField(blank=True)
    conflicts = models.JSONField(default=list, blank=True, help_text="The parts that staff and the file changed unlike.")
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["page", "text_digest"], name="contentfile_base"),
            models.Index(fields=["page"], name="contentfile_suggestion", condition=~models.Q(suggestion="")),
        ]

    def __str__(self):
        return self.page
