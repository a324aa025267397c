"""A patient-education site: pages are Markdown documents, published into linked models."""
