"""Addresses that stand for every kind of public page."""

KINDS = (
    "/",
    "/topics/",
    "/topics/dry-needling/",
    "/topics/after-your-visit/",
    "/topics/what-research-shows/",
    "/conditions/",
    "/conditions/headaches/",
    "/faqs/",
    "/faqs/does-dry-needling-hurt/",
    "/glossary/",
    "/packets/",
    "/packets/after-your-visit/",
    "/p/?pages=topics/after-your-visit",
    "/topics/after-your-visit/?print=large",
    "/nowhere/",
)
