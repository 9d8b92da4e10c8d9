"""Samples: where they come from, what is in one, and what a person may change in it."""
