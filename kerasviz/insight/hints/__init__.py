"""Hints: what rules know of a training, and what they say of it."""
