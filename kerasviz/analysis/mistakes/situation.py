"""What a rule knows about a mistake, and what it returns."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import keras

from kerasviz.analysis.mistakes.titles import remove_title, set_title
from kerasviz.analysis.reading import GIVEN, LayerConfig, Reference
from kerasviz.analysis.specs import TensorSpec
from kerasviz.analysis.symbolic import Bound, Outcome
from kerasviz.config.allowed import public_classes
from kerasviz.config.naming import to_snake_case
from kerasviz.data.known import KnownData
from kerasviz.protocol.text import Text, text

Edit = dict[str, Any]
Fix = dict[str, Any]

LONGEST = 200
"""Longest word, in characters, that is compared with names."""


@dataclass(frozen=True)
class Mistake:
    """What a rule says about a mistake.

    Attributes:
        message: What is wrong, in the user's words, and how to fix it.
        fixes: Fixes to try, the likeliest first; the first that Keras accepts is offered.
        code: Kind of mistake; None keeps the code of the error.
        also: Kinds of mistakes of the same layer that are said when this one is fixed.
    """

    message: Text
    fixes: Sequence[Fix] = ()
    code: str | None = None
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Drawing:
    """A model with what Keras said about it.

    Attributes:
        model: The whole config.
        layers: Its layers by name.
        outcomes: What is known about each node that could be computed.
        given: The input of its first layer, where that is not an Input.
        data: What is known of the data that it trains on.
    """

    model: Mapping[str, Any]
    layers: Mapping[str, LayerConfig]
    outcomes: Mapping[tuple[str, int], Outcome]
    given: tuple[TensorSpec, ...]
    data: KnownData | None

    def unique(self, name: str) -> str:
        """Returns a name that no layer has."""
        number, result = 1, name
        while result in self.layers:
            number, result = number + 1, f"{name}_{number}"
        return result

    def specs(self, reference: Reference) -> tuple[TensorSpec, ...]:
        """Returns the tensors of a reference, or none where they are unknown."""
        if reference is GIVEN:
            return self.given
        outcome = self.outcomes.get((reference.layer, reference.call))
        if outcome is None:
            return ()
        first = reference.tensor
        return outcome.outputs if first is None else outcome.outputs[first : first + 1]


@dataclass(frozen=True)
class Situation:
    """A node that Keras rejects.

    Attributes:
        drawing: The model around it.
        layer: The layer.
        call: Which of its calls.
        words: What Keras said.
        called: Whether the layer was made and its call tried. If not, nothing is known of the inputs.
        bound: The call with its inputs, or None where they are unknown.
        first: The call that built the layer's weights, if it was another.
    """

    drawing: Drawing
    layer: LayerConfig
    call: int
    words: str
    called: bool
    bound: Bound | None
    first: Bound | None

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.layer.name

    @property
    def class_name(self) -> str:
        """The layer's class."""
        return str(self.layer.data.get("class_name"))

    @property
    def config(self) -> Mapping[str, Any]:
        """The layer's arguments."""
        config = self.layer.data.get("config")
        return config if isinstance(config, dict) else {}

    @property
    def inputs(self) -> list[TensorSpec]:
        """The input tensors, where they are known."""
        return [spec for specs in self.bound.inputs for spec in specs] if self.bound else []

    @property
    def references(self) -> tuple[Reference, ...]:
        """Where the tensors come from."""
        return self.layer.links[self.call] if self.layer.links else ()

    @property
    def sequential(self) -> bool:
        """Whether the model is Sequential, so that calls can't be rewired."""
        return "inbound_nodes" not in self.layer.data

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The arguments of the class, with their defaults."""
        return class_arguments(self.class_name)

    def source(self, position: int = 0) -> LayerConfig | None:
        """Returns the layer that makes one of the inputs."""
        if position >= len(self.references):
            return None
        return self.drawing.layers.get(self.references[position].layer)

    def set(self, **arguments: Any) -> Fix:
        """Returns the fix that sets arguments of this layer."""
        edit = {"edit": "set", "layer": self.name, "arguments": arguments}
        return fix(set_title(arguments), edit)

    def insert(self, title: Text, class_name: str, position: int = 0, **arguments: Any) -> Fix:
        """Returns the fix that inserts a layer before an input of this one."""
        return fix(title, self.insertion(class_name, position, **arguments))

    def insertion(self, class_name: str, position: int = 0, **arguments: Any) -> Edit:
        """Returns the edit of `insert`."""
        name = self.drawing.unique(to_snake_case(class_name))
        new = {
            "module": "keras.layers",
            "class_name": class_name,
            "config": {"name": name, **arguments},
            "registered_name": None,
        }
        return {"edit": "insert", "new": new, "layer": self.name, "call": self.call, "position": position}


def ancestors(drawing: Drawing, reference: Reference) -> set[str]:
    """Returns the names of the layers that a tensor depends on, without the one that makes it."""
    seen: set[str] = set()
    waiting = [reference.layer]
    while waiting:
        layer = drawing.layers.get(waiting.pop())
        for source in [r for link in (layer.links if layer else ()) for r in link]:
            if source.layer not in seen:
                seen.add(source.layer)
                waiting.append(source.layer)
    return seen


def fix(title: Text, *edits: Edit) -> Fix:
    """Returns a fix."""
    return {"title": title, "edits": list(edits)}


def removal(layer: LayerConfig, call: int) -> Fix:
    """Returns the fix that removes a layer, or the call in question where it has others."""
    if len(layer.calls) > 1:
        edit = {"edit": "remove_call", "layer": layer.name, "call": call}
        return fix(text("Remove this call of {layer}", layer=repr(layer.name)), edit)
    return fix(remove_title(layer.name), {"edit": "remove", "layer": layer.name})


def layer_classes() -> dict[str, type]:
    """Returns the public layers of Keras by name."""
    prefix = "keras.layers."
    return {path[len(prefix) :]: cls for path, cls in public_classes().items() if path.startswith(prefix)}


@cache
def class_arguments(class_name: str) -> Mapping[str, Any]:
    """Returns the arguments of a layer of Keras; a required one has the default `Parameter.empty`."""
    found: dict[str, Any] = {}
    for base in reversed(layer_classes().get(class_name, keras.layers.Layer).__mro__):
        if issubclass(base, keras.layers.Layer) and "__init__" in vars(base):
            parameters = inspect.signature(vars(base)["__init__"]).parameters.values()
            found.update({p.name: p.default for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD})
    found.pop("self", None)
    return {**found, "dtype": None, "trainable": True, "name": None}


def closest(word: object, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Returns the name that is most similar to a word, or None where none is.

    Long words are not compared: that can take hours, and a file may use one as the name of a layer.
    """

    def plain(name: str) -> str:
        return name.lower().replace("_", "").replace(" ", "")

    if len(str(word)) > LONGEST:
        return None
    names = [name for name in names if len(name) <= LONGEST]
    words = set(str(word).lower().split("_"))
    # A name that has all the words of this one, and more, is preferred to one with other words.
    longer = [name for name in names if words < set(name.lower().split("_"))]
    if len(plain(str(word))) > 3:
        longer += [name for name in names if plain(name).startswith(plain(str(word)))]
    if longer:
        names, cutoff = longer, 0
    by_plain = {plain(name): name for name in names}
    found = difflib.get_close_matches(plain(str(word)), by_plain, n=1, cutoff=cutoff)
    return by_plain[found[0]] if found else None
