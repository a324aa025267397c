"""The public pages: HTTP in, HTML out."""
