"""Mistakes in the training setup: names that Keras does not know, outputs that the model does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from inspect import isclass, signature
from types import ModuleType
from typing import Any

import keras

from kerasviz.analysis.explain import brief, own_words
from kerasviz.analysis.mistakes.arguments import wrong_argument
from kerasviz.analysis.mistakes.badnumbers import WrongArgument
from kerasviz.analysis.mistakes.compileoptions import wrong_options
from kerasviz.analysis.mistakes.judgedbyloss import judges
from kerasviz.analysis.mistakes.setupparts import NAMELESS, known_by_keras, leaves, own_names, replaced
from kerasviz.analysis.mistakes.situation import Drawing, Mistake, closest, fix
from kerasviz.analysis.mistakes.sortedoutputs import SORTED, misplaced
from kerasviz.analysis.raisedby import raised_by
from kerasviz.analysis.reading import LayerConfig, is_sequential
from kerasviz.analysis.structure import histories
from kerasviz.backend.trying import tried
from kerasviz.config.naming import to_snake_case
from kerasviz.config.oldnames import BY_TARGETS, todays_name, with_todays_names
from kerasviz.config.parts import part_of
from kerasviz.protocol.text import Text, text

PARTS = {"optimizer": keras.optimizers, "loss": keras.losses, "metrics": keras.metrics}


def _resolves(get: Callable[[str], Any]) -> Callable[[str], bool]:
    def knows(name: str) -> bool:
        try:
            return get(name) is not None
        except (TypeError, ValueError):
            return False

    return knows


@cache
def _classes(module: ModuleType) -> Sequence[str]:
    """Lists the classes of a module that can be used as they are, which the base class can't."""
    bases = (keras.optimizers.Optimizer, keras.Loss, keras.Metric)
    return tuple(
        name
        for name, cls in vars(module).items()
        if not name.startswith("_") and isclass(cls) and cls not in bases and not _needs_optimizers(cls)
    )


@cache
def _lower(module: ModuleType) -> frozenset[str]:
    return frozenset(name.lower() for name in _classes(module))


def _needs_optimizers(cls: type) -> bool:
    """Whether a class is made of other optimizers, so that no name alone stands for one."""
    return any("optimizer" in name for name in signature(cls).parameters)


KNOWN: dict[str, Callable[[str], bool]] = {
    # Making an optimizer would make its state, so its name is only compared.
    "optimizer": lambda name: name.lower() in _lower(keras.optimizers),
    "loss": lambda name: name in BY_TARGETS["loss"] or _resolves(keras.losses.get)(name),
    "metrics": lambda name: name in BY_TARGETS["metrics"] or _resolves(keras.metrics.get)(name),
}
"""Whether Keras knows a name, for each part of the training setup."""


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields what is wrong with the training setup."""
    given = part_of(drawing.model, "compile_config")
    for part in PARTS:
        value = given.get(part)
        for mistake in (
            *_nothing_known(part, value),
            *_unregistered(part, value),
            *_unknown_names(part, value, _chosen_by_loss(part, given)),
            *tried(_wrong_arguments(part, value)),
        ):
            yield None, mistake
    for wrong in wrong_options(given):
        title = text("Use the default {argument}", argument=wrong.name)
        edit = {"edit": "compile", "values": {wrong.name: wrong.default}}
        yield None, Mistake(wrong.message, [fix(title, edit)], "compile")
    for part in SORTED:
        for mistake in tried(_misplaced(drawing, part, given)):
            yield None, mistake


def wrong_arguments(part: str, value: Any) -> Iterator[tuple[dict[str, Any], WrongArgument]]:
    """Yields each optimizer, loss or metric with an argument that is wrong, and the argument.

    Where one has several, the fix of each is that of those before it, too.

    Args:
        part: One of `PARTS`.
        value: That part of the training setup.
    """
    kind = "metric" if part == "metrics" else part
    for item in known_by_keras(value):
        if isinstance(item, dict) and isclass(vars(PARTS[part]).get(item["class_name"])):
            whole = with_todays_names({part: item})[part]["config"]  # with the modules of what is inside
            while (wrong := wrong_argument(kind, item["class_name"], whole)) is not None:
                yield item, wrong
                if wrong.title is None:
                    break
                whole = wrong.config


def unknown_name(part: str, value: Any) -> Text | None:
    """Says which name in a part of the training setup Keras does not know; None where it knows all."""
    chosen = BY_TARGETS["loss"]  # by the targets, in training
    found = next(_unknown_names(part, value, chosen), None) if part in PARTS else None
    return None if found is None else found.message


def refusal(part: str, value: Any, error: Exception) -> Text:
    """Says why a part of the training setup can't be made: a wrong argument, its own code, else its name.

    Args:
        part: An argument of `compile`.
        value: What the training setup has there.
        error: What came of it.
    """
    wrong = next(wrong_arguments(part, value), None) if part in PARTS else None
    if wrong is not None:
        return wrong[1].message
    made = raised_by(error.__traceback__).part
    if made is not None:
        return text("{part}: {words}", part=made, words=brief(own_words(error)))
    return _not_known(part, _label(value))


def _label(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return part_of(value, "config").get("name") or value.get("class_name")


def _not_known(part: str, value: Any) -> Text:
    return text(
        "Keras does not know {value}, the {part} of this model. Choose another.",
        value=repr(value)[:80],
        part=part,
    )


def _wrong_arguments(part: str, value: Any) -> Iterator[Mistake]:
    for item, wrong in wrong_arguments(part, value):
        new = replaced(value, item, {**item, "config": wrong.config})
        edit = {"edit": "compile", "values": {part: new}}
        yield Mistake(wrong.message, [fix(wrong.title, edit)] if wrong.title else [], "compile")


def _chosen_by_loss(part: str, given: Mapping[str, Any]) -> frozenset[str]:
    """Names of metrics that the loss gives a meaning, as `with_todays_names` writes them."""
    if part != "metrics":
        return frozenset()
    names = BY_TARGETS["loss"]
    chosen = with_todays_names({"loss": given.get("loss"), part: sorted(names)})[part]
    return frozenset() if chosen == sorted(names) else names


def _unknown_names(part: str, value: Any, known_here: frozenset[str]) -> Iterator[Mistake]:
    """Yields each optimizer, loss or metric that Keras does not know."""
    for wrong in known_by_keras(value):
        is_class, name = _called(wrong)
        if isclass(vars(PARTS[part]).get(name)) if is_class else name in known_here or KNOWN[part](name):
            continue
        today = todays_name(part, name)
        if today == name and _called(with_todays_names({part: wrong})[part]) != (is_class, name):
            continue  # a class that is spelled as a text is
        names = _classes(PARTS[part])
        known = names if is_class else filter(KNOWN[part], sorted({to_snake_case(n) for n in names}))
        right = today if today != name else closest(name.rpartition(".")[2], known)
        fixes = []
        if right is not None:
            new = {**wrong, "class_name": right} if isinstance(wrong, dict) else right
            edit = {"edit": "compile", "values": {part: replaced(value, wrong, new)}}
            fixes.append(fix(text("Use {name}", name=right), edit))
        yield Mistake(_unknown(part, name, right), fixes, "compile")


def _called(value: str | dict[str, Any]) -> tuple[bool, str]:
    """Whether an optimizer, loss or metric is told by its class, and its name."""
    return (True, value["class_name"]) if isinstance(value, dict) else (False, value)


def _nothing_known(part: str, value: Any) -> Iterator[Mistake]:
    """Yields what is neither a name nor an object, such as a number."""
    if part == "optimizer":
        is_known = (
            value is None
            or isinstance(value, str)
            or (isinstance(value, dict) and isinstance(value.get("class_name"), str))
        )
    else:
        is_known = not any(isinstance(leaf, int | float) for leaf in leaves(value))
    if not is_known:
        yield Mistake(_not_known(part, value), [], "compile")


def _unregistered(part: str, value: Any) -> Iterator[Mistake]:
    """Yields each class or function of the user's own that this kernel does not know."""
    kind = "metric" if part == "metrics" else part
    for name in own_names(value):
        if name in keras.saving.get_custom_objects():
            continue
        message = text(
            "{name} is your own {kind}, and Keras can't find it by its name. Register it with "
            "keras.saving.register_keras_serializable, compile the model again and open it again, or choose "
            "another {kind}.",
            name=repr(name),
            kind=kind,
        )
        if name in NAMELESS and part == "optimizer":
            message = text(
                "The learning rate is a lambda or a method, which has no name that Keras can find it by. "
                "Choose a number or a schedule."
            )
        elif name in NAMELESS:
            message = text(
                "A {kind} is a lambda or a method, which has no name that Keras can find it by. Write it "
                "as a function, register that with keras.saving.register_keras_serializable, compile the "
                "model again and open it again, or choose another {kind}.",
                kind=kind,
            )
        elif ">" in name:
            message = text(
                "The kernel does not know {name}, which is your own. Run the cell that registers it with "
                "keras.saving.register_keras_serializable, or choose another {kind}.",
                name=repr(name.rpartition(">")[2]),
                kind=kind,
            )
        yield Mistake(message, [], "compile")


def _unknown(part: str, name: str, right: str | None) -> Text:
    kind = "metric" if part == "metrics" else part
    if right is None:
        return text("Keras has no {kind} {name}. Choose another one.", kind=kind, name=repr(name))
    return text(
        "Keras has no {kind} {name}. Did you mean {right}?", kind=kind, name=repr(name), right=repr(right)
    )


def _misplaced(drawing: Drawing, part: str, compiled: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yields a part that is not sorted as the outputs of the model."""
    nodes = [node for node, _ in model_outputs(drawing)]
    outputs = [name for name, _ in nodes]
    if not outputs or len(set(outputs)) != len(outputs):
        return  # Keras numbers the outputs of a layer that has several.
    structure = drawing.model["config"].get("output_layers")
    others = list(structure) if isinstance(structure, dict) else []
    able, loss = judges(drawing, compiled, nodes), compiled.get("loss")
    found = misplaced(part, compiled.get(part), outputs, others, able, loss)
    if found is not None:
        edit = {"edit": "compile", "values": {part: found.value}}
        yield Mistake(found.message, [fix(found.title, edit)] if found.title else [], "compile")


def model_outputs(drawing: Drawing) -> list[tuple[tuple[str, int], LayerConfig]]:
    """Returns the nodes that make the outputs of the model, with their layers."""
    layers = list(drawing.layers.values())
    if is_sequential(drawing.model):
        return [((layers[-1].name, 0), layers[-1])] if layers else []
    references = list(histories(drawing.model["config"].get("output_layers")))
    known = [r for r in references if r.layer in drawing.layers]
    return [((r.layer, r.call), drawing.layers[r.layer]) for r in known]
