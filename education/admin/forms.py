"""The form of a page: what staff type becomes a document, checked by the same schema as the files."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from markdownx.widgets import MarkdownxWidget

from education.documents import COLLECTIONS, ContentErrors, Document, Identity, parse_text, serialize
from education.documents.canonical import clean_body
from education.documents.fields import ListOf
from education.models import Alias, Page
from education.publishing import find_page, live_document
from education.rendering.body import PICTURE_TO_DESCRIBE

# What the editor writes into the text where an upload was refused.
UPLOAD_REFUSED = "Invalid response"


class EditorWidget(MarkdownxWidget, AdminTextareaWidget):
    """django-markdownx's editor without its style for the admin, which would restyle the preview of the public page."""


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = AdminTextareaWidget

    def __init__(self, **kwargs):
        for unused in ("encoder", "decoder"):
            kwargs.pop(unused, None)
        super().__init__(**{**kwargs, "widget": AdminTextareaWidget(attrs={"rows": 4})})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value):
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return self.to_python(data) != list(initial or [])


class PageForm(forms.ModelForm):
    """Fields of one page. When valid, `document` holds what was typed."""

    aliases = LinesField(required=False, label="Old addresses", help_text="They lead to this page, one a line.")
    note = forms.CharField(
        required=False, max_length=200, label="What did you change?", help_text="A few words for the page's history."
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        widgets = {"body": EditorWidget}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.collection = COLLECTIONS[self._meta.model.collection]
        self.before = live_document(self.instance) if self.instance.revision_id else None
        if self.before:
            self.initial["aliases"] = self.before.get("aliases", ())
            self.initial["based_on"] = self.instance.revision_id

    def clean(self):
        cleaned = super().clean()
        if self.collection.singleton:
            cleaned["slug"] = self.collection.name
        if not cleaned.get("slug"):
            return cleaned
        identity = Identity(self.instance.language, self.collection.name, cleaned["slug"])
        self._check_collisions(identity, cleaned)
        document = Document(identity, self._values(cleaned), clean_body(cleaned.get("body", "")))
        try:
            self.document = parse_text(serialize(document), identity)
        except ContentErrors as found:
            for error in found.errors:
                key = "body" if error.key == "file" else error.key
                # A field that Django's form refused already is missing here, and needs no second message.
                if key not in self.errors:
                    self.add_error(key if key in self.fields else None, _sentence(error.message))
        return cleaned

    def clean_body(self):
        body = self.cleaned_data["body"]
        if UPLOAD_REFUSED in body.splitlines():
            raise ValidationError(f"A picture could not be taken. Remove the line “{UPLOAD_REFUSED}”, or send the picture again.")
        if PICTURE_TO_DESCRIBE in body:
            raise ValidationError(f"Write what the picture shows in place of “{PICTURE_TO_DESCRIBE}”.")
        return body

    def _values(self, cleaned):
        """The front matter that was typed; of pages named, their slugs in the order the text had them."""
        values = {}
        for field in self.collection.fields:
            value = cleaned.get(field.name)
            if field.name in self.collection.references:
                value = self._slugs(field, value)
            elif isinstance(field, ListOf):
                value = tuple(value or ())
            if value not in (None, "", ()):
                values[field.name] = value
        return values

    def _slugs(self, field, value):
        if not isinstance(field, ListOf):
            return value.slug if value else None
        before = self.before.get(field.name, ()) if self.before else ()
        chosen = {page.slug for page in value or ()}
        kept = [slug for slug in before if slug in chosen]
        return (*kept, *sorted(chosen.difference(kept)))

    def _check_collisions(self, identity, cleaned):
        if self.before and cleaned.get("based_on") != self.instance.revision_id:
            raise ValidationError(
                "Someone else saved this page while you were editing. Your text is below. Copy what you changed, "
                "open the page again, and put it in there."
            )
        owner = find_page(identity)
        if owner and owner.pk != self.instance.pk:
            self.add_error("slug", f"Choose another address; this one leads to “{owner}”.")
        for slug in cleaned.get("aliases", ()):
            if _is_taken(identity._replace(slug=slug), self.instance):
                self.add_error("aliases", f"“{slug}” is an address of another page.")
        parent, seen = cleaned.get("parent"), set()
        while isinstance(parent, Page) and parent.pk not in seen:
            if parent.pk == self.instance.pk:
                self.add_error("parent", "Choose a topic that does not stand below this one.")
                break
            seen.add(parent.pk)
            parent = parent.parent


def _is_taken(identity, page):
    pages = type(page).objects.filter(language=identity.language, slug=identity.slug).exclude(pk=page.pk)
    aliases = Alias.objects.filter(language=identity.language, collection=identity.collection, slug=identity.slug)
    # The page's own address may have just been changed in this form; its row knows the one it was found by.
    own = type(page).objects.filter(pk=page.pk).values_list("slug", flat=True)
    return pages.exists() or aliases.exclude(target__in=own).exists()


def _sentence(message):
    return message[:1].upper() + message[1:] + "."
