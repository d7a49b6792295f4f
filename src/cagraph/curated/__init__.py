"""Curated files: what people write, read into records and written back in one form."""
