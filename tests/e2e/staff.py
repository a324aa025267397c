"""What tests of the admin do in a browser."""

PASSWORD = "a password for tests"

# Where text that was not saved is offered back.
OFFER = ".kept"


def log_in(page, site, name="ann"):
    """Log a member of staff in, from the admin's first page."""
    page.goto(f"{site}/admin/")
    sign_in(page, name)


def sign_in(page, name="ann"):
    """Fill in the login page that is open."""
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("#login-form [type=submit]")


def open_topic(page, site, title="After your visit"):
    """Open the form of a topic; gives the field with its text."""
    page.goto(f"{site}/admin/education/topic/?q={title}")
    page.click(f"#result_list tbody th a >> text={title}")
    return text_of(page)


def text_of(page):
    """The field with the text of the open form, when all of the editor is there."""
    page.wait_for_selector(".coach__summary")
    return page.locator("#id_body")


def stay(page):
    """Wait until the browser has kept what was typed."""
    page.wait_for_timeout(600)
    assert kept(page)


def kept(page):
    """The addresses of the forms whose text the browser keeps."""
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kept:'))")
