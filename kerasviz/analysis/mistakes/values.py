"""Mistakes in the arguments of a layer: one function for each kind, driven by what Keras says."""

from __future__ import annotations

import math
import re
from inspect import Parameter

import keras

from kerasviz.analysis.mistakes.badvalues import STARTING_VALUES, text_for_number
from kerasviz.analysis.mistakes.situation import Fix, Mistake, Situation, closest, fix, layer_classes, shown
from kerasviz.config.check import DTYPES

IDENTIFIERS = {
    "activation": keras.activations,
    "initializer": keras.initializers,
    "regularizer": keras.regularizers,
    "constraint": keras.constraints,
}


def missing_argument(s: Situation) -> Mistake | None:
    """A required argument is not there, maybe because its name is misspelt."""
    match = re.search(r"missing \d+ required positional arguments?: (.+)", s.words)
    # A wrapper looks for the layer inside before anything else: a KeyError, whose words are the key.
    match = match or re.fullmatch(r"('\w+')", s.words.strip())
    names = re.findall(r"'(\w+)'", match[1]) if match else []
    if not names or any(name in s.config for name in names):
        return None
    fixes = [_renamed(s, wrong, name) for name in names for wrong in _unknown(s) if closest(wrong, [name])]
    if len(names) == len(_unknown(s)):  # by another name, such as other libraries have
        renamed = {right: s.config[wrong] for wrong, right in zip(_unknown(s), names, strict=True)}
        edit = {"edit": "set", "layer": s.name, "arguments": renamed, "remove": _unknown(s)}
        fixes.append(fix(f"Rename {' and '.join(_unknown(s))} to {' and '.join(names)}", edit))
    if all(name in STARTING_VALUES for name in names):
        mend = s.set(**{name: STARTING_VALUES[name] for name in names})
        fixes.append(mend)
        # What makes a layer of a config may want what has a default, too.
        defaults = {k: v for k, v in s.arguments.items() if isinstance(v, (int, float)) and k not in s.config}
        edit = {"edit": "set", "layer": s.name, "arguments": {**defaults, **mend["edits"][0]["arguments"]}}
        fixes.append(fix(mend["title"], edit))
    needs = " and ".join(f"a value for {name}" for name in names)
    return Mistake(f"Layer '{s.name}' ({s.class_name}) needs {needs}.", fixes, "missing_argument")


def unknown_argument(s: Situation) -> Mistake | None:
    """An argument that the layer does not have."""
    match = re.search(r"Unrecognized keyword arguments|unexpected keyword argument", s.words)
    unknown = _unknown(s)
    if match is None or not unknown:
        return None
    fixes: list[Fix] = []
    for wrong in unknown:
        right = closest(wrong, s.arguments)
        if right is not None and right not in s.config:
            fixes.append(_renamed(s, wrong, right))
    edit = {"edit": "set", "layer": s.name, "arguments": {}, "remove": unknown}
    fixes.append(fix(f"Remove {', '.join(unknown)}", edit))
    message = (
        f"Layer '{s.name}' ({s.class_name}) has no argument {' or '.join(repr(name) for name in unknown)}."
    )
    return Mistake(message, fixes, "unknown_argument")


def unknown_name(s: Situation) -> Mistake | None:
    """An activation, initializer, regularizer or constraint that Keras does not know."""
    match = re.search(r"Could not interpret (\w+).* identifier: (.+)", s.words)
    if match is None or match[1] not in IDENTIFIERS:
        return None
    kind, wrong = match[1], match[2].strip()
    names = [name for name in vars(IDENTIFIERS[kind]) if name.islower() and not name.startswith("_")]
    names = [name for name in names if name not in ("get", "serialize", "deserialize")]
    keys = [key for key, value in s.config.items() if str(value) == wrong]
    right = closest(wrong, names, cutoff=0.5)
    defaults = {
        key: s.arguments[key] for key in keys if s.arguments.get(key, wrong) not in (wrong, Parameter.empty)
    }
    fixes = (
        [s.set(**dict.fromkeys(keys, right))] if right and keys else [s.set(**defaults)] if defaults else []
    )
    known = f"Did you mean {right!r}?" if right else f"Keras knows {', '.join(names)}."
    return Mistake(f"Layer '{s.name}': Keras has no {kind} {wrong!r}. {known}", fixes, "unknown_name")


def unknown_dtype(s: Situation) -> Mistake | None:
    """A dtype that does not exist."""
    match = re.search(r"Cannot convert '(.+?)' to a mixed precision|Invalid dtype: (\S+)", s.words)
    if match is None:
        return None
    wrong = match[1] or match[2]
    right = closest(wrong, sorted(DTYPES), cutoff=0.5)
    usual = re.sub(r"\d+$", "32", right or "")
    right = usual if usual in DTYPES and not re.search(r"\d", wrong) else right
    fixes = [s.set(dtype=right)] if right else []
    message = f"Layer '{s.name}': there is no dtype {wrong!r}. Most layers compute in 'float32'."
    return Mistake(message, fixes, "unknown_dtype")


def unknown_class(s: Situation) -> Mistake | None:
    """A class of layer that this Keras does not have."""
    if "expected a class of Keras" not in s.words:
        return None
    registered = s.layer.data.get("registered_name")
    if isinstance(registered, str) and ">" in registered:
        message = (
            f"Layer '{s.name}' is of the class '{registered}', which is not registered in this kernel. Run "
            "the code that defines it, with @keras.saving.register_keras_serializable in front. Until then "
            "its arguments are kept as they are."
        )
        return Mistake(message, code="unknown_class")
    right = closest(s.class_name, layer_classes(), cutoff=0.75)
    fixes: list[Fix] = []
    hint = "Register it with keras.saving.register_keras_serializable, or replace the layer."
    if right is not None:
        edit = {"edit": "class", "layer": s.name, "module": "keras.layers", "class_name": right}
        fixes.append(fix(f"Use {right}", {**edit, "config": dict(s.config)}))
        hint = f"Did you mean {right}?"
    return Mistake(f"Layer '{s.name}': Keras has no layer {s.class_name!r}. {hint}", fixes, "unknown_class")


def input_without_shape(s: Situation) -> Mistake | None:
    """An Input that does not say what the data looks like."""
    if "You must pass a `shape` argument" not in s.words:
        return None
    message = (
        f"Input '{s.name}' does not say what shape one sample has. Set it, e.g. (28, 28, 1) for a grey "
        "image of 28 by 28 pixels, or (4,) for four numbers."
    )
    return Mistake(message, code="missing_argument")


def shape_of_input(s: Situation) -> Mistake | None:
    """A shape that is not a list of dimensions."""
    if not re.search(r"Cannot convert '.*' to a shape", s.words):
        return None
    key = next(
        (key for key in ("batch_shape", "shape", "input_shape") if s.config.get(key) is not None), None
    )
    if key is None:
        return None
    numbers = [int(float(n)) for n in re.findall(r"-?\d+(?:\.\d+)?", str(s.config[key]))]
    sample = [n if n > 0 else None for n in numbers]
    if key == "batch_shape":
        sample = [None, *sample]
    message = (
        f"Layer '{s.name}' has the shape {shown(s.config[key])}. Expected a list of dimensions: positive "
        "numbers, or None where it may vary."
    )
    return Mistake(message, [s.set(**{key: sample})] if sample else [], "bad_shape")


def strides_and_dilation(s: Situation) -> Mistake | None:
    """Strides and dilation together, of which Keras does only one."""
    if "not supported in conjunction with `dilation_rate > 1`" not in s.words:
        return None
    message = f"Layer '{s.name}' has strides and a dilation rate; one of the two must be 1."
    return Mistake(message, [s.set(dilation_rate=1), s.set(strides=1)], "conflicting_arguments")


def groups(s: Situation) -> Mistake | None:
    """Channels that cannot be shared out equally among the groups."""
    number = s.config.get("groups")
    if not isinstance(number, int) or not re.search(r"number of groups|[Nn]umber of groups", s.words):
        return None
    channels = [spec.shape[-1] or 0 for spec in s.inputs if spec.shape]
    sizes = [*channels, *([s.config["filters"]] if isinstance(s.config.get("filters"), int) else [])]
    message = (
        f"Layer '{s.name}' has {number} groups, which do not share out its {' and '.join(map(str, sizes))} "
        "channels equally."
    )
    return Mistake(message, [s.set(groups=math.gcd(number, *sizes)), s.set(groups=1)], "bad_value")


def _unknown(s: Situation) -> list[str]:
    return [key for key in s.config if key not in s.arguments]


def _renamed(s: Situation, wrong: str, right: str) -> Fix:
    arguments = {right: s.config[wrong]}
    edit = {"edit": "set", "layer": s.name, "arguments": arguments, "remove": [wrong]}
    return fix(f"Rename {wrong} to {right}", edit)


RULES = (
    unknown_class,
    missing_argument,
    text_for_number,
    unknown_argument,
    unknown_name,
    unknown_dtype,
    input_without_shape,
    shape_of_input,
    strides_and_dilation,
    groups,
)
