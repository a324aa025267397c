#!/bin/sh
# What has its day or hour, in a container: drafts that are due, feedback that is old, logins that are over.
# /tmp/clock tells when all of it was last done.
while :; do
    all=done
    for command in publish_due expire_feedback clearsessions; do
        python manage.py $command || all=failed
    done
    [ $all = failed ] || touch /tmp/clock
    sleep 900
done
