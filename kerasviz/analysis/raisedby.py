"""What part of a model, or of its training, an exception came out of."""

from __future__ import annotations

import site
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from kerasviz.protocol.text import text

_PARTS: Mapping[str, Callable[[str], str]] = {
    "Metric": lambda name: text("Metric {name}", name=name),
    "Loss": lambda name: text("Loss {name}", name=name),
    "Optimizer": lambda name: text("Optimizer {name}", name=name),
    "Initializer": lambda name: text("Initializer {name}", name=name),
    "Regularizer": lambda name: text("Regularizer {name}", name=name),
    "callbacks.Callback": lambda name: text("Callback {name}", name=name),
    "constraints.Constraint": lambda name: text("Constraint {name}", name=name),
    "optimizers.schedules.LearningRateSchedule": lambda name: text("Schedule {name}", name=name),
}
"""Classes of Keras whose code takes part in a training, and how people read of one."""
_NAMED = ("Metric", "Loss")
_GROUPS = ("keras.src.trainers", "keras.src.callbacks.callback_list", "kerasviz.training.")
"""Modules whose metrics, losses and callbacks are none that a person has chosen."""


_OURS = str(Path(__file__).parents[1])
_INSTALLED = ("<frozen", *sysconfig.get_paths().values(), site.getusersitepackages())
"""Where code lies that is not of a notebook, nor beside it."""


class RaisedBy(NamedTuple):
    """Where an exception came from.

    Attributes:
        layer: Name of the layer, where it is one.
        part: For the beginning of a sentence: a layer of a class of the user's own, or what else it is.
    """

    layer: str | None
    part: str | None


def raised_by(trace: TracebackType | None) -> RaisedBy:
    """Finds the innermost layer that is drawn whose code or construction an exception came out of.

    Where there is none, it is the innermost other part, or the first function of the user's that Keras
    called. Nothing of the user's code is called but for a name.

    Args:
        trace: Of the exception.
    """
    layer = own_layer = part = None
    for cls, thing, config in _frames(trace):
        is_own = not cls.__module__.startswith("keras.")
        if _is(cls, "Layer"):
            if own_layer is None and (is_own or not _is(cls, "Model")):
                layer = _name(thing, config) or layer
                if is_own and layer:  # what is inside has no card
                    own_layer = text(
                        "Layer {layer} ({class_name})", layer=repr(layer), class_name=cls.__name__
                    )
        elif not cls.__module__.startswith(_GROUPS):
            part = _part(cls, thing, config) or part
    return RaisedBy(layer, own_layer if layer else part or _function(trace))


def _frames(trace: TracebackType | None) -> Iterator[tuple[type, Any, Mapping[str, Any]]]:
    """The class of each object whose method runs or that is made of a config, with what its name is in."""
    while trace is not None:
        values = trace.tb_frame.f_locals
        config = values.get("config")
        if "self" in values:
            yield type(values["self"]), values["self"], {}
        elif type(values.get("cls")) is type and type(config) is dict and type(config.get("config")) is dict:
            yield values["cls"], None, config["config"]
        trace = trace.tb_next


def _function(trace: TracebackType | None) -> str | None:
    """The outermost function of the user's that Keras, or ours, called."""
    is_called = False
    found = None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith(_OURS):
            is_called, found = True, None
        elif code.co_filename.startswith(_INSTALLED):
            is_called = True
        elif is_called and found is None:
            found = text("Function {name}", name=repr(code.co_name))
        trace = trace.tb_next
    return found


def _part(cls: type, thing: Any, config: Mapping[str, Any]) -> str | None:
    for kind, said in _PARTS.items():
        if _is(cls, kind):
            name = _name(thing, config) if kind in _NAMED else None
            return said(repr(name or cls.__name__))
    return None


def _is(cls: type, kind: str) -> bool:
    found: Any = sys.modules.get("keras")
    for name in kind.split("."):
        found = getattr(found, name, None)
    return isinstance(found, type) and issubclass(cls, found)


def _name(thing: Any, config: Mapping[str, Any]) -> str | None:
    try:
        name = config.get("name") if thing is None else thing.name
    except BaseException:  # of a class of the user's, which may not be made yet
        return None
    return name if isinstance(name, str) else None
