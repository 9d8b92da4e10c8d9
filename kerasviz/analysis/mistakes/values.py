"""Mistakes in the arguments of a layer: one function for each kind, based on what Keras says."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from inspect import Parameter

import keras

from kerasviz.analysis.mistakes.badvalues import STARTING_VALUES, text_for_number
from kerasviz.analysis.mistakes.compiling import model_outputs
from kerasviz.analysis.mistakes.situation import Fix, Mistake, Situation, closest, fix, layer_classes
from kerasviz.analysis.mistakes.titles import shown
from kerasviz.config.arrayvalues import DTYPES
from kerasviz.config.parts import part_of
from kerasviz.data.losses import BINARY_LOSSES
from kerasviz.protocol.text import Text, all_of, any_of, text

IDENTIFIERS = {
    "activation": keras.activations,
    "initializer": keras.initializers,
    "regularizer": keras.regularizers,
    "constraint": keras.constraints,
}


def missing_argument(s: Situation) -> Mistake | None:
    """A required argument is missing, maybe because its name is misspelled."""
    match = re.search(r"missing \d+ required positional arguments?: (.+)", s.words)
    # A wrapper looks up the layer inside first: a KeyError, whose message is the key.
    match = match or re.fullmatch(r"('\w+')", s.words.strip())
    names = re.findall(r"'(\w+)'", match[1]) if match else []
    if not names or any(name in s.config for name in names):
        return None
    fixes = [_renamed(s, wrong, name) for name in names for wrong in _unknown(s) if closest(wrong, [name])]
    if len(names) == len(_unknown(s)):  # by another name, as in other libraries
        renamed = {right: s.config[wrong] for wrong, right in zip(_unknown(s), names, strict=True)}
        edit = {"edit": "set", "layer": s.name, "arguments": renamed, "remove": _unknown(s)}
        fixes.append(fix(_rename_title(_unknown(s), names), edit))
    if names == ["units"]:
        fixes.extend(_units_for_data(s))
    if all(name in STARTING_VALUES for name in names):
        simple = s.set(**{name: STARTING_VALUES[name] for name in names})
        fixes.append(simple)
        # `from_config` of some layers also requires arguments that have a default.
        defaults = {k: v for k, v in s.arguments.items() if isinstance(v, (int, float)) and k not in s.config}
        edit = {"edit": "set", "layer": s.name, "arguments": {**defaults, **simple["edits"][0]["arguments"]}}
        fixes.append(fix(simple["title"], edit))
    message = text(
        "Layer {layer} ({class_name}) needs a value for {arguments}.",
        layer=repr(s.name),
        class_name=s.class_name,
        arguments=all_of(names),
    )
    return Mistake(message, fixes, "missing_argument")


def _units_for_data(s: Situation) -> Iterator[Fix]:
    """Yields the units that an output of the model needs for the chosen data."""
    data, outputs = s.drawing.data, [layer.name for _, layer in model_outputs(s.drawing)]
    if data is None or data.target is None or outputs != [s.name]:
        return
    classes = data.target.classes
    if classes is None:
        yield s.set(units=1)
    elif part_of(s.drawing.model, "compile_config").get("loss") in BINARY_LOSSES and classes == 2:
        yield s.set(units=1)
        yield s.set(units=1, activation="sigmoid")
    elif data.target.several:
        yield s.set(units=classes, activation="sigmoid")
    else:
        yield s.set(units=classes)
        yield s.set(units=classes, activation="softmax")


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
    fixes.append(fix(text("Remove {arguments}", arguments=all_of(unknown)), edit))
    message = text(
        "Layer {layer} ({class_name}) has no argument {arguments}.",
        layer=repr(s.name),
        class_name=s.class_name,
        arguments=any_of([repr(name) for name in unknown]),
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
    if right:
        message = text(
            "Layer {layer}: Keras has no {kind} {name}. Did you mean {right}?",
            layer=repr(s.name),
            kind=kind,
            name=repr(wrong),
            right=repr(right),
        )
    else:
        message = text(
            "Layer {layer}: Keras has no {kind} {name}. Use one of {known}.",
            layer=repr(s.name),
            kind=kind,
            name=repr(wrong),
            known=", ".join(names),
        )
    return Mistake(message, fixes, "unknown_name")


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
    message = text(
        "Layer {layer}: Keras has no dtype {name}. Most layers use 'float32'.",
        layer=repr(s.name),
        name=repr(wrong),
    )
    return Mistake(message, fixes, "unknown_dtype")


def unknown_class(s: Situation) -> Mistake | None:
    """A layer class that Keras does not have."""
    if not re.search(r"Keras \S+ has no class ", s.words):
        return None
    registered = s.layer.data.get("registered_name")
    if isinstance(registered, str) and ">" in registered:
        message = text(
            "Layer {layer} has the class {registered}, which is not registered in this kernel. Run the code "
            "that defines it, with the decorator @keras.saving.register_keras_serializable. Until then, its "
            "arguments are left unchanged.",
            layer=repr(s.name),
            registered=repr(registered),
        )
        return Mistake(message, code="unknown_class")
    # Who types a name wrong has its first letter right; own classes have names that are much like others.
    alike = [name for name in layer_classes() if name[:1].lower() == s.class_name[:1].lower()]
    right = closest(s.class_name, alike, cutoff=0.75)
    if right is None:
        message = text(
            "Layer {layer}: Keras has no layer {class_name}. If it is your own class, register it with "
            "@keras.saving.register_keras_serializable; otherwise replace the layer.",
            layer=repr(s.name),
            class_name=repr(s.class_name),
        )
        return Mistake(message, code="unknown_class")
    message = text(
        "Layer {layer}: Keras has no layer {class_name}. Did you mean {right}? If it is your own class, "
        "register it with @keras.saving.register_keras_serializable.",
        layer=repr(s.name),
        class_name=repr(s.class_name),
        right=repr(right),
    )
    edit = {"edit": "class", "layer": s.name, "module": "keras.layers", "class_name": right}
    title = text("Use {name}", name=right)
    return Mistake(message, [fix(title, {**edit, "config": dict(s.config)})], "unknown_class")


def input_without_shape(s: Situation) -> Mistake | None:
    """An Input without a shape."""
    if "You must pass a `shape` argument" not in s.words:
        return None
    message = text(
        "Input {layer} has no shape. Set the shape of one sample, such as (28, 28, 1) for a grayscale image "
        "of 28 by 28 pixels, or (4,) for four numbers.",
        layer=repr(s.name),
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
    message = text(
        "Layer {layer}: {shape} is not a shape. Use a list of positive numbers, with None for sizes that "
        "vary.",
        layer=repr(s.name),
        shape=shown(s.config[key]),
    )
    return Mistake(message, [s.set(**{key: sample})] if sample else [], "bad_shape")


def strides_and_dilation(s: Situation) -> Mistake | None:
    """Strides and dilation together, which Keras does not support."""
    if "not supported in conjunction with `dilation_rate > 1`" not in s.words:
        return None
    message = text(
        "Layer {layer} has both strides and a dilation rate. Set one of them to 1.", layer=repr(s.name)
    )
    return Mistake(message, [s.set(dilation_rate=1), s.set(strides=1)], "conflicting_arguments")


def groups(s: Situation) -> Mistake | None:
    """Channels that can't be divided equally into the groups."""
    number = s.config.get("groups")
    if not isinstance(number, int) or not re.search(r"number of groups|[Nn]umber of groups", s.words):
        return None
    channels = [spec.shape[-1] or 0 for spec in s.inputs if spec.shape]
    sizes = [*channels, *([s.config["filters"]] if isinstance(s.config.get("filters"), int) else [])]
    message = text(
        "Layer {layer} can't divide {sizes} channels into {groups} equal groups.",
        layer=repr(s.name),
        sizes=all_of([str(size) for size in sizes]),
        groups=number,
    )
    return Mistake(message, [s.set(groups=math.gcd(number, *sizes)), s.set(groups=1)], "bad_value")


def _unknown(s: Situation) -> list[str]:
    return [key for key in s.config if key not in s.arguments]


def _renamed(s: Situation, wrong: str, right: str) -> Fix:
    arguments = {right: s.config[wrong]}
    edit = {"edit": "set", "layer": s.name, "arguments": arguments, "remove": [wrong]}
    return fix(_rename_title([wrong], [right]), edit)


def _rename_title(wrong: Sequence[str], right: Sequence[str]) -> Text:
    return text("Rename {wrong} to {right}", wrong=all_of(wrong), right=all_of(right))


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
