"""Settings: `production` is what a server runs, `development` what `manage.py` runs here, `test` what tests run."""
