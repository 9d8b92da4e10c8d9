"""Hints: each rule is a module with a `look`, and a line in `allrules.py`."""
