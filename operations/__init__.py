"""What keeps the site running: backup and restore, whether it is ready, plain words where it cannot write."""
