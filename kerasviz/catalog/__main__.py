"""Prints the catalogue of the installed Keras: `python -m kerasviz.catalog > src/core/catalog.json`."""

from . import catalog, to_json

print(to_json(catalog()))
