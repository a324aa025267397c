#!/usr/bin/env python
"""Django's command line. It works on this machine's own copy of the site unless told otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

from clinic_site import env

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings.development")
    with env.or_exit():
        execute_from_command_line(sys.argv)
