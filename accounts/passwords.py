"""What a password may not be made of."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_OTHER_LETTERS = 8


class OwnWordsValidator:
    """Refuses passwords that are little more than the words that anyone thinks of here first, such as the clinic's name.

    `words` is the list; the parts of the account's name are added to it (ASVS 5.0, 6.1.2 and 6.2.11).
    """

    def __init__(self, words):
        self.words = words

    def validate(self, password, user=None):
        """Raise ValidationError unless enough is left of the password without those words."""
        left = password.casefold()
        own = re.findall(r"[^\W\d_]{4,}", user.get_username().casefold()) if user else []
        for word in sorted((*self.words, *own), key=len, reverse=True):
            left = left.replace(word, " ")
        if len(set(re.findall(r"[^\W\d_]", left))) < FEWEST_OTHER_LETTERS:
            raise ValidationError(self.get_help_text(), code="password_of_own_words")

    def get_help_text(self):
        """What to do, for the form."""
        return _("Use words that have nothing to do with the clinic, its work or your name. Four unrelated words do well.")
