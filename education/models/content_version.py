"""Which state of its content the site shows."""

from django.db import models


class ContentVersion(models.Model):
    """A part of the version of all that the public sees, which is the sum of the rows (`education.caching`).

    Every change gives one row another random token. There are as many rows as changes were ever written at one time, mostly
    one: who finds a row locked by another transaction takes the next, so that none waits for another.
    """

    token = models.BigIntegerField()

    def __str__(self):
        return str(self.token)
