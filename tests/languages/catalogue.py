"""The words of the interface: what sources say, what the translators' catalogue holds, and a language made of marked words."""

import ast
import re
import struct

from django.conf import settings
from django.utils.translation.template import templatize

CATALOGUE = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"
MARKED = re.compile("⟦[^⟦⟧]*⟧")

_ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural) ((?:"[^\n]*"\n?)+)', re.MULTILINE)
_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
_CALL_IN_TEMPLATE = re.compile(r"""(?:\b_|\bn?gettext)\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def words_of_sources():
    """Every text that templates and Python files give to Django's translation; of those that count, the singular."""
    found = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        found.update(map(ast.literal_eval, _CALL_IN_TEMPLATE.findall(templatize(path.read_text()))))
    for folder in ("education", "accounts", "operations", "clinic_site"):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            found.update(_words_of_code(path.read_text()))
    return found


def _words_of_code(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in _CALLS:
            yield ast.literal_eval(node.args[0])


def words_of_catalogue():
    """What the translators' catalogue holds: `{text: its plural or ""}`."""
    words = {}
    for entry in CATALOGUE.read_text().split("\n\n")[1:]:
        parts = {key: "".join(map(ast.literal_eval, text.split("\n")[:-1])) for key, text in _ENTRY.findall(entry + "\n")}
        words[parts["msgid"]] = parts.get("msgid_plural", "")
    return words


def write_marked_language(folder, language):
    """Write a compiled catalogue (`.mo`) below `folder` in which each text of ours stands between ⟦ and ⟧."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"}
    for one, many in words_of_catalogue().items():
        key = f"{one}\0{many}" if many else one
        texts[key] = "\0".join(f"⟦{text}⟧" for text in key.split("\0"))
    path = folder / language / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(_compiled(texts))


def _compiled(texts):
    """The bytes of a `.mo` file: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html"""
    columns = [[key.encode() for key in sorted(texts)], [texts[key].encode() for key in sorted(texts)]]
    place, tables, data = 28 + 16 * len(texts), b"", b""
    for text in (text for column in columns for text in column):
        tables += struct.pack("<II", len(text), place + len(data))
        data += text + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(texts), 28, 28 + 8 * len(texts), 0, 0) + tables + data
