"""Samples as points in two dimensions, placed by what comes out of a layer for them.

A method is a module, and a line in the table. The module's docstring is its name for people, and `embed`
places the samples: its signature and docstring are the form. It gets `values`, what came out of the layer,
`(samples, numbers)`, and returns `Placed`. `unfit` says why the method can't be used here. One that takes no
time says `FOLLOWS`: it is used again while a model trains.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from kerasviz.insight.embedding import pca, tsne, umap

METHODS: Mapping[str, ModuleType] = {"pca": pca, "tsne": tsne, "umap": umap}
"""The methods by the name that a page has for them; the first is proposed."""
