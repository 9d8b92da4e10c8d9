"""Names: how Keras writes that of a class in small letters, which can't be written, how long one may be."""

import re
import unicodedata
from typing import TYPE_CHECKING

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text

if TYPE_CHECKING:
    import keras


MOST_BYTES = 255
"""Bytes of a file's name in UTF-8, as Linux and macOS allow."""


def to_snake_case(name: str) -> str:
    """Writes a class name as Keras does: `KLDivergence` is `kl_divergence`.

    Keras has this function, but does not export it, and names are read where Keras is not imported. A test
    compares the two, and `toSnakeCase` of `src/core/graph/layers.ts`, for every class of the catalogue.
    """
    name = re.sub(r"\W+", "", name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def plain_name(name: str) -> str:
    """A name of a layer that each backend takes, of what a person calls a column.

    Accents go, and a letter that has no other form is its number: TensorFlow's scopes are ASCII.

    Returns:
        The name; empty where nothing is left.
    """
    return re.sub(r"\W+", "_", "".join(map(_plain_letter, name))).strip("_")


def _plain_letter(letter: str) -> str:
    forms = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return forms or (f"u{ord(letter):x}" if letter.isalnum() else " ")


def is_writable(value: str) -> bool:
    """Whether a text can be in a file: half of a surrogate pair, such as U+D800, is no character."""
    try:
        return value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


def no_text(key: str, value: str) -> Text:
    """Says that the value of a key can't be written."""
    return text(
        "The {key} {value} contains a character that can't be saved. Enter it again.",
        key=key,
        value=ascii(value)[:80],
    )


def check_names(model: "keras.Model", forbidden: str = "", whole: str = "") -> None:
    """Refuses a model with a name that can't be written.

    Args:
        model: The model.
        forbidden: A character that is not allowed either.
        whole: A name that is not allowed either.

    Raises:
        ModelFileError: With the name.
    """
    for layer in (model, *model._flatten_layers(include_self=False)):
        if not is_writable(layer.name) or (forbidden and forbidden in layer.name) or layer.name == whole:
            raise ModelFileError(no_text("name", layer.name))
