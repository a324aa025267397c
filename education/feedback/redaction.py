"""Taking out of a patient's sentence what may tell who wrote it.

What is looked for is what the Safe Harbor rule of HIPAA names (45 CFR 164.514(b)(2)) and words alone can show: telephone
numbers, web and e-mail addresses, dates, street addresses, and the numbers of records, accounts and people. A name is found
only where it is announced: it cannot be told from other words.
"""

import re
import unicodedata
from functools import cache

REMOVED = "[removed]"

# A digit, or a number as a word; and what may stand between two of them within one number.
_WORDS = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
)
_DIGIT = rf"(?:\d|\bo(?=\d)|\b(?:{_WORDS})\b)"
_BETWEEN = r"(?:[^\w%$€£×]|_)"
_SAID = "and then|then|dash|hyphen|minus|dot|point|space|slash|double|triple|area code|number|ext(?:ension)?"
_SPOKEN = rf"(?:{_BETWEEN}{{0,3}}\b(?:{_SAID})\b{_BETWEEN}{{0,3}})"

_DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)\b"
_YEAR = r"(?:['’]?\d{2}|\d{4})\b"
_OTHER_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# "may" and "march" are also verbs: written small they are months only in a date that can be nothing else.
_MONTH = rf"(?:{_OTHER_MONTHS}|(?-i:May|MAY|March|MARCH))(?![a-z])\.?"
_ANY_MONTH = rf"(?:{_OTHER_MONTHS}|may|march)\b\.?"
_GAP = r"[\s,./-]{0,3}"

_BORN = r"(?:\bborn|\bbirth\s?(?:day|date)|\bdate of birth|\bdob|\bd\.?\s?o\.?\s?b)\b\.?"
_BORN_ON = (
    rf"(?>[\s:,='’/.-]+|\b(?:is|was|on|in|the|of|at|and|year|my|{_ANY_MONTH}|hundred|thousand|first|second|third"
    r"|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|\w{3,5}teen|\w{3,5}tie)th)\b)*+"
)
_BORN_NUMBER = rf"(?:\d+(?:st|nd|rd|th)?\b(?!\s(?:weeks?|months?|days?|years?|hours?|minutes?|visits?|times)\b)|\b(?:{_WORDS})\b)"

_STREET = (
    "street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|highway|hwy|parkway|pkwy"
    "|(?-i:Court|Ct|Terrace|Crescent|Close|Row|Drive|Dr|Place|Pl|Way|Circle|Cir|Square|Sq|Trail|Loop)"
)
_NO_STREET = "minutes?|hours?|days?|weeks?|months?|years?|times?|visits?|needles?|on|in|at|of|to|the|or|and|sore|more|way"
_STREET_NAME = rf"(?:(?:(?-i:[A-Z0-9])[\w'’.-]{{0,30}}\s){{1,3}}|(?!(?:{_NO_STREET})\b)[a-z][\w'’-]{{1,30}}\s)"
_FLAT = r"(?:,?\s(?:apt|apartment|unit|suite|ste|flat|floor|#)\b\.?\s?#?\w{1,6})?"
_TOWN = r"(?:,\s?(?-i:[A-Z])[\w'’-]{2,30}){0,2}(?:,?\s(?-i:[A-Z]{2})\b)?"

# Behind these a number is somebody's; behind those only one that is called a number, or is long.
_SURELY = (
    "mrn|ssn|social security|nhs|(?:med(?:ical)?|health) rec(?:ord)?|driver['’]?s licen[cs]e|licen[cs]e|passport"
    "|medicare|medicaid"
)
_PERHAPS = (
    "chart|patient|pt|client|hospital|record|file|account|acct|member|policy|insurance|claim|case|group|reference|ref|invoice"
    "|confirmation|booking|plate|vin|mr|tax|id|last (?:four|4)"
)
_NUMBER_OF = r"(?:\s?(?:\b(?:numbers?|no|nr|num|id|code|card)\b\.?|#|:))"
_ENDS_IN = r"(?:\s?(?:=|\b(?:is|was|ends?|ending|in|with)\b))"
_CODE = (
    r"[\s(]?[*x•-]{0,12}(?:(?:[a-z]{1,4}\s)?(?=(?:[\w-]*\d){2})[\w-]+(?:[\s-]\d[\w-]*)*"
    rf"|(?=\d\s\d)(?:\d\s?){{3,}}|(?:\b(?:{_WORDS})\b[\s,-]{{0,2}}){{3,}}|[a-z]{{1,6}}\d\w*)"
)
_LONG_CODE = r"\s?[a-z]{0,5}-?\d{3,}\w*(?:-\w+)*"

_AT = r"(?:\s?[(\[{<_-]\s?at\s?[)\]}>_-]\s?|\sat(?:[\s-]sign)?\s)"
_DOT = r"(?:\s?[(\[{<_-]\s?(?:dot|\.)\s?[)\]}>_-]\s?|\sdot\s|\.(?-i:(?=[a-z])))"
_MAIL = "gmail|googlemail|hotmail|yahoo|outlook|icloud|aol|proton(?:mail)?|gmx|comcast|verizon"

_TOLD = (
    # Web and e-mail addresses, and what people are called on other sites.
    r"(?:https?\s?://|www\.|mailto:)\s?\S+(?:\s\.\s\w+)*",
    r"(?:[^\s@]{1,64}(?:\s(?=@\s?[\w-]+(?:\.\w|\s\.\s)))?)?@\s?\S+(?:\s\.\s\w+)*",
    rf"(?:\w{{1,40}}{_DOT})?[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[a-z]{{2,24}}\b){{1,3}}",
    r"\S{1,64}\s?[(\[{<]\s?at\s?[)\]}>]\s?\S{1,64}",
    rf"[\w.+-]{{1,64}}\s(?:(?:at|on)\s)?(?:{_MAIL})\b(?:[\s.]{{0,2}}(?:com|net|org)\b)?",
    r"\b(?:[\w-]{1,63}\.){1,4}(?:com|org|net|edu|gov|info|uk|(?-i:me|io|co|us|ca|app|ly))\b(?:/\S*)?",
    r"\b(?:[a-z][\w-]{2,62}\.){2,4}[a-z]{2,24}\b",
    r"\b[\w-]{2,63}(?:\.[\w-]{1,63}){0,3}\.[a-z]{2,24}/\S+",
    r"\b(?:instagram|insta|facebook|fb|twitter|tiktok|snapchat|telegram|whatsapp|skype|linkedin|user\s?name|e-?mail)\b"
    r"(?:\s(?:is|name|handle|id|user|address)){0,2}\s?(?::\s?\S+|\s\w{1,40}[._\d]\w\S*)",
    # Dates.
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?{_GAP}{_MONTH}(?:(?:{_GAP}| in ){_YEAR})?",
    rf"\b{_MONTH}{_GAP}{_DAY}(?:(?:{_GAP}| in ){_YEAR})?",
    rf"\b{_MONTH}{_GAP}{_YEAR}",
    rf"\b{_ORDINAL} of {_ANY_MONTH}(?:{_GAP}{_YEAR})?",
    rf"\b{_DAY}{_GAP}{_ANY_MONTH}{_GAP}\d{{4}}\b",
    rf"\b{_ANY_MONTH}{_GAP}(?:{_ORDINAL}|{_DAY}{_GAP}\d{{4}}\b|\d{{4}}\b)",
    r"\b\d{1,2} de [^\W\d]+ del? \d{4}\b",
    rf"{_BORN}(?:{_BORN_ON}{_BORN_NUMBER})+",
    r"\b\d{1,2}\s?(?P<a>[-/.])\s?\d{1,2}\s?(?P=a)\s?(?:\d{4}|['’]?\d{2})\b",
    r"\b\d{4}\s?(?P<b>[-/.])\s?\d{1,2}\s?(?P=b)\s?\d{1,2}\b",
    r"\bon \d{1,2}/(?!10\b)\d{1,2}\b(?! of\b)",
    r"\b(?:aged? (?:9\d|1[01]\d)\b|(?:9\d|1[01]\d)[\s-]?(?:(?:years?|yrs?)[\s-]old|y/?o)\b)",
    # Where somebody lives.
    rf"\b\d{{1,5}}[a-z]?,?\s(?:[NSEW]\.?\s)?{_STREET_NAME}(?:{_STREET})\b\.?{_FLAT}{_TOWN}",
    r"\b(?:apt|apartment|unit|suite|flat)\b\.?\s?#?\d+[a-z]?\b",
    r"\b(?:p\.?\s?o\.?\s?b(?:ox)?|post office box)\s?#?\d+",
    r"\b(?:zip|postal|post)\s?code\W{0,3}(?:is\s)?[a-z]{0,2}\d\w*(?:\s\d[a-z]{2}\b)?|\bzip\W{0,3}\d+(?:-\d+)?",
    r"\b[a-z]{1,2}\d[a-z\d]?\s?\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2}\b",
    r"\b[a-z]\d[a-z][\s-]?\d[a-z]\d\b",
    r"\blives?\sat\s(?:number\s)?\d+\w*(?:\s(?-i:[A-Z])\w+){0,3}",
    # The numbers of records, accounts and people.
    rf"\b(?:{_SURELY})\b(?:{_NUMBER_OF}|{_ENDS_IN}){{0,4}}{_CODE}",
    rf"\b(?:{_PERHAPS})\b(?:\s(?:id|digits))?"
    rf"(?:{_NUMBER_OF}{{1,2}}{_ENDS_IN}{{0,2}}{_CODE}|(?:\s(?:is|was|are)\b)?{_LONG_CODE})",
    r"\b(?=[a-z])(?=(?:[a-z_]*\d){4})\w+\b",
    # Names that are announced.
    r"(?<=\bmy name is )\w+(?:\s(?-i:[A-Z])\w+){0,2}",
    r"(?<=\bmy name's )\w+(?:\s(?-i:[A-Z])\w+){0,2}",
    r"\b(?:(?:mr|mrs|ms|dr|prof)\b\.?|miss|doctor)\s(?-i:[A-Z])[\w'’-]+(?:\s(?-i:[A-Z])[\w'’-]+)?",
    # Telephone numbers, and any other number of five digits and more.
    rf"(?:\+\s?)?\(?{_DIGIT}(?:(?:{_SPOKEN}|{_BETWEEN}{{0,5}}){_DIGIT}){{6,}}(?:\s?(?:x|ext\.?)\s?\d+)?",
    rf"\+?\(?{_DIGIT}(?:{_BETWEEN}{{0,5}}{_DIGIT}){{4,}}",
    r"\b(?:1[\s-])?8\d\d-[a-z]{3,4}-?[a-z]{0,4}\b",
)
# Numbers that people write of needling, pain and time. They are seen first, and left.
_LEFT = (
    r"\b(?:\d|10)\s?/\s?10\b(?!\s?[-/.]\s?\d)",
    r"\b24\s?/\s?7\b",
    r"\b\d{1,3}(?:,\d{3})+\b(?![.,-]?\d)",
    r"[$€£]\s?\d{1,3}(?:,\d{3})*(?:\.\d\d)?\b",
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b(?!:)",
    r"\b\d{2,3}\s?(?:/|over)\s?\d{2,3}\b(?!\s?[-/.]?\s?\d)",
    r"\b(?:19|20)\d\d(?:\s?[-–,]\s?|,? (?:and|or|to) )(?:19|20)\d\d\b(?![-–. ]?\d)",
    r"\b\d{1,3}(?:, \d{1,3}){1,3}(?:,? (?:and|or) \d{1,3})?\b(?![\s,/.-]{0,2}\d)",
)


@cache
def _found():
    """What finds either; made when first asked for, since few workers ever are and it is large."""
    return re.compile(f"(?P<left>{'|'.join(_LEFT)})|(?:{'|'.join(_TOLD)})", re.IGNORECASE)


def redact(text, longest):
    """`text` on one line of at most `longest` characters, with "[removed]" in the place of what may tell who wrote it."""
    plain = "".join(map(_plain, unicodedata.normalize("NFKC", text)))
    return _found().sub(lambda found: found["left"] or REMOVED, " ".join(plain.split())[:longest])[:longest]


def _plain(sign):
    """A sign as it is compared: a digit of any script as ours, nothing for what only encloses, a space for what is not seen."""
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(sign) == "Me" or unicodedata.name(sign, "").startswith("VARIATION SELECTOR"):
        return ""
    return sign if sign.isprintable() else " "
