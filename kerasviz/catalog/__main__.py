"""Prints the catalogue of the installed Keras, which `make catalog` keeps in `src/core/catalog`."""

from kerasviz.catalog import catalog, to_json

print(to_json(catalog()), end="")
