"""The form of a page: what staff type becomes a document, checked by the same schema as the files."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from markdownx.widgets import MarkdownxWidget

from education.documents import COLLECTIONS, ContentErrors, Document, Identity, parse_text, serialize
from education.documents.canonical import clean_body
from education.documents.fields import ListOf
from education.models import Alias, Page, Revision
from education.models.page import BODY_MAX_LENGTH, today
from education.publishing import find_page, staff_document
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
    """Fields of one page, with the newest text that staff have. When valid, `document` holds what was typed.

    `start` is a document to begin with instead; the form's class may have one. `based_on` is the id of the revision that
    was there when the form was opened.
    """

    start = None
    is_of_a_deleted_page = False

    publish_on = forms.DateField(
        required=False,
        label=_("Day to publish"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Choose a day ahead. Then a button below publishes on that day."),
    )
    aliases = LinesField(required=False, label=_("Old addresses"), help_text=_("They lead to this page, one a line."))
    note = forms.CharField(
        required=False, max_length=200, label=_("What did you change?"), help_text=_("A few words for the page's history.")
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        widgets = {name: AdminTextareaWidget(attrs={"rows": 2}) for name in ("summary", "evidence_summary")} | {
            "body": EditorWidget
        }
        help_texts = {"body": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.collection = COLLECTIONS[self._meta.model.collection]
        self.before = staff_document(self.instance) if self.instance.revision_id else None
        if self.before:
            self.initial |= self._initial(self.start or self.before)
            self.initial["based_on"] = self.instance.draft_id or self.instance.revision_id
            self.initial["publish_on"] = self._planned_day()
            if "slug" in self.fields:
                self.fields["slug"].help_text = _(
                    "The last part of the page’s address. If you change it, the old one leads here."
                )

    def _planned_day(self):
        page = self.instance
        return page.draft_due or (page.publish_on if page.publish_on and not page.is_published else None)

    def _initial(self, document):
        """What the fields show of a document; of pages it names, those that are there."""
        shown = {"slug": self.instance.slug, "body": document.body}
        for field in self.collection.fields:
            value = document.get(field.name, field.default)
            if field.name in self.collection.references:
                slugs = [value] if isinstance(value, str) else value or ()
                target = self.collection.references[field.name]
                found = [find_page(Identity(document.identity.language, target, slug)) for slug in slugs]
                value = [page.pk for page in found if page]
                if not isinstance(field, ListOf):
                    value = value[0] if value else None
            shown[field.name] = value
        return shown

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("publish_on")
        if "_publish_on" in self.data and "publish_on" not in self.errors and not (day and day > today()):
            self.add_error("publish_on", _("Choose a day after today. To publish now, press “Publish”."))
        if self.collection.singleton:
            cleaned["slug"] = self.collection.name
        if not cleaned.get("slug"):
            return cleaned
        identity = Identity(self.instance.language, self.collection.name, cleaned["slug"])
        cleaned["aliases"] = [alias for alias in cleaned.get("aliases", ()) if alias != identity.slug]
        self._check_collisions(identity, cleaned)
        document = Document(identity, self.typed_values(cleaned), clean_body(cleaned.get("body", "")))
        try:
            self.document = parse_text(serialize(document), identity)
        except ContentErrors as found:
            for error in found.errors:
                key = "body" if error.key == "file" else error.key
                # A field that Django's form refused already is missing here, and needs no second message.
                if key not in self.errors:
                    self.add_error(key if key in self.fields else None, _sentence(error.message))
        return cleaned

    def clean_slug(self):
        """The address, which drafts do not have of their own."""
        slug, buttons = self.cleaned_data["slug"], {"_save_draft", "_publish_on"}
        # Who began with an earlier version has the address of then, and is led to where two texts are decided.
        is_newest = self.data.get("based_on") == str(self.initial.get("based_on"))
        moved = self.before and slug != self.before.identity.slug
        if moved and is_newest and self.instance.status == Page.Status.PUBLISHED and buttons & self.data.keys():
            raise ValidationError(_("Change the address with “Publish”. A draft stays at the page’s present one."))
        return slug

    def clean_based_on(self):
        """The revision that the editor began with."""
        started = self.cleaned_data["based_on"]
        if self.before and not Revision.objects.filter(pk=started, page=self.instance.identity).exists():
            raise ValidationError(_("This form is not complete. Copy your text, open the page again and put it in there."))
        return started

    def clean_summary(self):
        """One line, however many it was typed in."""
        return " ".join(self.cleaned_data["summary"].split())

    def clean_evidence_summary(self):
        """As the summary."""
        return " ".join(self.cleaned_data["evidence_summary"].split())

    def clean_body(self):
        body = self.cleaned_data["body"]
        if self.collection.body_required and not body.strip():
            raise ValidationError(_("Write the text of the page here."))
        if len(body.encode()) > BODY_MAX_LENGTH:
            words = _("This is too long for one page: at most %(most)s characters fit. Put a part of it on another page.")
            raise ValidationError(words, params={"most": f"{BODY_MAX_LENGTH:,}"})
        if UPLOAD_REFUSED in body.splitlines():
            raise ValidationError(
                _("A picture could not be taken. Remove the line “%(line)s”, or send the picture again."),
                params={"line": UPLOAD_REFUSED},
            )
        if PICTURE_TO_DESCRIBE in body and {"_publish", "_publish_on"} & self.data.keys():
            raise ValidationError(
                _("Write what the picture shows in place of “%(words)s”."), params={"words": PICTURE_TO_DESCRIBE}
            )
        return body

    def typed_values(self, cleaned):
        """The front matter that was typed, by key; of pages named, their slugs in the order the text had them.

        What is not a field here (status, review) stays as it was: buttons and the sign-off change that.
        """
        values = {}
        for field in self.collection.fields:
            if field.name not in self.fields:
                value = self.before.get(field.name) if self.before else None
            elif field.name == "publish_on":
                continue
            else:
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
        target = self.collection.references[field.name]
        # A page that is gone is named on: it may be brought back.
        gone = {slug for slug in before if find_page(Identity(self.instance.language, target, slug)) is None}
        kept = [slug for slug in before if slug in chosen | gone]
        return (*kept, *sorted(chosen.difference(kept)))

    def _check_collisions(self, identity, cleaned):
        owner = find_page(identity)
        if owner and owner.pk != self.instance.pk:
            self.add_error("slug", _("Choose another address; this one leads to “%(page)s”.") % {"page": owner})
        elif owner is None and not self.is_of_a_deleted_page and Revision.objects.filter(page=str(identity)).exists():
            self.add_error("slug", _("A deleted page had this address. Choose another one, or bring that page back."))
        for slug in cleaned.get("aliases", ()):
            if _is_taken(identity._replace(slug=slug), self.instance):
                self.add_error("aliases", _("“%(slug)s” is an address of another page.") % {"slug": slug})
        parent, seen = cleaned.get("parent"), set()
        while isinstance(parent, Page) and parent.pk not in seen:
            if parent.pk == self.instance.pk:
                self.add_error("parent", _("Choose a topic that does not stand below this one."))
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
