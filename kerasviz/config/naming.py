"""How Keras writes the name of a class in small letters."""

import re


def to_snake_case(name: str) -> str:
    """Writes a class name as Keras does: `KLDivergence` is `kl_divergence`.

    Keras has this function, but does not export it, and names are read where Keras is not imported. A test
    compares the two, and `toSnakeCase` of `src/core/graph/layers.ts`, for every class of the catalogue.
    """
    name = re.sub(r"\W+", "", name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
