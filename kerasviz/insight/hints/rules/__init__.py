"""The rules of hints: each is a module with a `look`, and a line in `allrules.py`."""
