"""Backup, restore, readiness."""
