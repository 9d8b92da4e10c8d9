"""The layers of a model, with those of the models inside it."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


def inner_layers(model: "keras.Model", way: str = "") -> Iterator[tuple[str, "keras.layers.Layer"]]:
    """Yields the layers of a model, and those of the models inside instead of these.

    Args:
        model: The model.
        way: Names of the models around it, each followed by a slash.

    Yields:
        Names of the models around a layer and its own, with slashes between them; and the layer.
    """
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from inner_layers(layer, f"{way}{layer.name}/")
        else:
            yield f"{way}{layer.name}", layer


def match(way: str, ways: Collection[str]) -> str | None:
    """Finds a layer of a file for one of a model.

    Args:
        way: Where the layer is in the model, as `inner_layers` has it.
        ways: Where the layers of the file are.

    Returns:
        The one at the same place, or the only one of the same name; None where there is none.
    """
    if way in ways:
        return way
    name = way.rpartition("/")[2]
    found = [other for other in ways if other.rpartition("/")[2] == name]
    return found[0] if len(found) == 1 else None


def finish(model: "keras.Model") -> None:
    """Lets layers compute what they keep beside their weights, as Normalization does."""
    for layer in model._flatten_layers(include_self=False):
        if layer.weights and hasattr(layer, "finalize_state"):
            layer.finalize_state()
