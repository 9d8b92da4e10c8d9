"""One run: its state, its curves, and what is asked of it."""
