"""Forms of the admin, filled in as a browser does it."""

from bs4 import BeautifulSoup
from django.urls import reverse


def change_url(page):
    return reverse(f"admin:education_{page._meta.model_name}_change", args=[page.pk])


def add_url(model):
    return reverse(f"admin:education_{model._meta.model_name}_add")


def typed(response, **changes):
    """What a browser would send for the form on a page with some fields changed."""
    form = BeautifulSoup(response.content, "html.parser").find("form", id=lambda name: name and name.endswith("_form"))
    data = {field["name"]: field.get("value", "") for field in form.find_all("input", attrs={"name": True, "type": not_a_button})}
    data |= {field["name"]: field.get_text().removeprefix("\n") for field in form.find_all("textarea")}
    for field in form.find_all("select"):
        chosen = [option["value"] for option in field.find_all("option", selected=True)]
        data[field["name"]] = chosen if field.has_attr("multiple") else (chosen or [""])[0]
    return {**data, "_publish": "Publish", **changes}


def not_a_button(kind):
    return kind not in ("submit", "checkbox", "button")


def open_form(client, page):
    response = client.get(change_url(page))
    assert response.status_code == 200
    return response


def save(client, page, **changes):
    return client.post(change_url(page), typed(open_form(client, page), **changes))


def errors_of(response):
    return str(response.context["adminform"].form.errors)


def press(browser, page, button, *, query="", **changes):
    """Open the form of a page, type, press a button, and follow where it leads."""
    data = typed(browser.get(change_url(page) + query), **changes)
    data.pop("_publish")
    return browser.post(change_url(page) + query, {**data, button: "1"}, follow=True)


def words(response):
    return " ".join(str(message) for message in response.context["messages"])


def url(name, *args):
    return reverse(f"admin:education_topic_{name}", args=args)
