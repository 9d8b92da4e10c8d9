"""Callbacks of ours for `fit`."""
