"""One run: where it stands, what it did, what is asked of it."""
