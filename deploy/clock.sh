#!/bin/sh
# What has its day or hour, in a container: drafts that are due, feedback that is old, logins that are over.
while :; do
    python manage.py publish_due
    python manage.py expire_feedback
    python manage.py clearsessions
    sleep 900
done
