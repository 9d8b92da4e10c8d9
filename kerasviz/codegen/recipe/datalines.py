"""The data of a script: loaded, brought to the model, and divided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import keras

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.codegen.recipe.adapting import adapted_outputs, adapted_samples, adapted_targets
from kerasviz.codegen.recipe.arraysteps import can_be_written, of_samples, write_steps
from kerasviz.codegen.recipe.augmentlines import apart, write_augmentation
from kerasviz.codegen.recipe.filesteps import write_file_steps
from kerasviz.codegen.recipe.namedsteps import drawn_by_name, write_named_augmentation
from kerasviz.codegen.recipe.partarrays import Arrays, Parts, Structure
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.recipe.tablelines import write_table
from kerasviz.codegen.variables import Names
from kerasviz.data import code_of
from kerasviz.data.known import known_data
from kerasviz.data.knowntargets import KnownTarget, known_targets
from kerasviz.data.losses import SPARSE_LOSS
from kerasviz.data.preparation.samplesizes import keep_sizes
from kerasviz.data.preparation.seentable import seen_table
from kerasviz.data.preparation.tableplan import table_plan
from kerasviz.data.splits import code_of_split
from kerasviz.data.splits.rowcode import Rows
from kerasviz.data.target import Target
from kerasviz.protocol import RequestError
from kerasviz.writing.expressions import Expression, lay_out, literal
from kerasviz.writing.snippet import Snippet

_ROLES = ("x", "y", "sample_weight")
_HELD_OUT = ("x_val", "y_val")
_TEST = ("x_test", "y_test")
_FILES: tuple[Structure, ...] = ("files", "array")


@dataclass(frozen=True)
class Streams:
    """Variables with batches that come one after the other: of the training, and what is held out."""

    training: str
    validation: str | None = None
    test: str | None = None


def write_data(
    script: Script, setup: Setup, model: keras.Model, names: Names, new: Arrays | None = None
) -> Parts | Streams | None:
    """Writes what loads the data of a plan.

    Args:
        script: Gets the statements; its notes say what can't be code.
        setup: The plan.
        model: The model that takes the data.
        names: Gives names to the parts.
        new: Samples that go through the same steps, and are the part `test` then.

    Returns:
        Where the data is; None where it can't be code, of which the script has a note.
    """
    chosen = setup.training.get("data")
    if not isinstance(chosen, dict):
        script.notes.append("No data is chosen yet: the script ends with the model.")
        return None
    name = chosen.get("class_name")
    try:
        snippet = snippet_of(chosen, model, setup)
    except RequestError as error:
        script.notes.append(f"{error} The script ends with the model.")
        return None
    kinds = ({"x", "y"}, {"table"}, {"batches"}, {"files", "y"})
    if snippet is None or not any(kind <= snippet.gives.keys() for kind in kinds):
        script.notes.append(f"The data source {name} has no code here: the script ends with the model.")
        return None
    for role, given in snippet.gives.items():
        if not snippet.lines or role in (*_HELD_OUT, *_TEST):
            names.claim(given)  # variables of the notebook, or of samples, which no layer may replace
    script.section("Data")
    script.paste(snippet)
    if "batches" in snippet.gives:
        gives = snippet.gives
        return Streams(gives["batches"], gives.get("validation"), gives.get("test"))
    if "table" in snippet.gives:
        return _of_table(script, snippet.gives["table"], setup, model, names)
    if "files" in snippet.gives:
        return _of_files(script, snippet, setup, model, names, new)
    arrays, held_out, test = (arrays_of(snippet, roles, model) for roles in (_ROLES, _HELD_OUT, _TEST))
    is_divided = bool(held_out) or snippet.is_divided
    rows = {} if is_divided else _divided(script, arrays, setup, names)
    in_place = bool(snippet.lines)
    drawing = apart(of_samples(setup))[1] if can_be_written(setup, arrays) else []
    fold = _fold(chosen, model, arrays)
    adapt = _adapter(chosen, setup, model, "" if drawing else fold)

    def adapted(part: Arrays) -> Arrays:
        return _assigned(script, part, adapt(part), names, in_place=in_place)

    if new is not None:
        done = iter(
            write_steps(script, setup, [arrays, new], rows.get("train", ""), names, in_place=in_place)
        )
        arrays, new = next(done), next(done)
        return Parts(arrays, None, write_adapted(script, setup, model, names, chosen, new))
    there = [part for part in (arrays, held_out, test) if part.names]
    done = iter(write_steps(script, setup, there, rows.get("train", ""), names, in_place=in_place))
    arrays, held_out, test = (next(done) if part.names else part for part in (arrays, held_out, test))
    training = adapted(arrays)
    if is_divided:
        parts = Parts(training, *(adapted(part) if part else None for part in (held_out, test)))
    else:
        parts = _taken(script, training, rows, names) if rows else Parts(training)
    if drawing:
        return write_augmentation(script, setup, drawing, parts, fold, names)
    by_name = parts.training.structures[0] in ("dict", "list") and drawn_by_name(setup)
    return write_named_augmentation(script, setup, parts) if by_name else parts


def snippet_of(chosen: dict[str, Any], model: keras.Model, setup: Setup) -> Snippet | None:
    """What loads data: files in the size that the model takes, where no step changes it."""
    loss = setup.compile_config.get("loss")
    snippet, inputs = code_of(chosen, model, loss, setup.folder), getattr(model, "inputs", None)
    if snippet is None or "files" not in snippet.gives or not inputs:
        return snippet
    if keep_sizes(setup.preparation, inputs[0].shape[1:]):
        return snippet
    return code_of(chosen, None, loss, setup.folder)


def _of_table(script: Script, table: str, setup: Setup, model: keras.Model, names: Names) -> Parts | None:
    seen = seen_table(setup.training["data"], setup.folder)
    if seen is None:
        script.notes.append("What is made of the columns is written once the data was looked at.")
        return None
    try:
        known = table_plan(seen, setup.training, model)
        arrays, rows = write_table(script, setup, table, known, model)
    except RequestError as error:
        script.notes.append(f"{error} The script ends with the model.")
        return None
    parts = _taken(script, arrays, rows, names) if rows else Parts(arrays)
    return Parts(
        replace(parts.training, table=table, table_rows=rows.get("train", "train")),
        parts.validation and replace(parts.validation, table=table, table_rows=rows["validation"]),
        parts.test and replace(parts.test, table=table, table_rows=rows["test"]),
    )


def _of_files(
    script: Script, snippet: Snippet, setup: Setup, model: keras.Model, names: Names, new: Arrays | None
) -> Parts:
    """Divides files, and brings the numbers of their classes to the loss."""
    gives, structures = snippet.gives, _FILES
    known = KnownTarget(Target("", snippet.classes, SPARSE_LOSS, complete=True))
    outputs = getattr(model, "outputs", None)

    def adapted(part: Arrays) -> Arrays:
        files, labels = part.names
        expected, loss = outputs[0].shape[1:] if outputs else (), setup.compile_config.get("loss")
        targets = labels
        if snippet.classes is not None:
            targets = adapted_targets(known, labels, expected, loss)
        return _assigned(script, part, (files, targets), names, in_place=True)

    whole = Arrays((gives["files"], gives["y"]), structures)
    held_out = {
        part: (f"files_{short}", f"y_{short}") for part, short in (("validation", "val"), ("test", "test"))
    }
    own = {
        part: Arrays(tuple(gives[key] for key in keys), structures)
        for part, keys in held_out.items()
        if keys[0] in gives
    }
    rows = {} if "validation" in own else _divided(script, whole, setup, names)
    parts = _taken(script, whole, rows, names) if rows else Parts(whole)
    given = {
        "validation": parts.validation or own.get("validation"),
        "test": new or parts.test or own.get("test"),
    }
    parts = Parts(adapted(parts.training), *(part and adapted(part) for part in given.values()))
    return write_file_steps(script, setup, parts, names)


def arrays_of(snippet: Snippet, roles: tuple[str, ...], model: keras.Model) -> Arrays:
    """The variables of a snippet that have some roles, and what they hold."""
    variables = [snippet.gives[role] for role in roles if role in snippet.gives]
    return Arrays(tuple(variables), _structures(variables, snippet, model))


def _fold(chosen: dict[str, Any], model: keras.Model, arrays: Arrays) -> str:
    """What follows the array of samples so that the model takes them."""
    known, inputs = known_data(chosen), getattr(model, "inputs", None)
    if known is None or not inputs or not (arrays.are_single or arrays.structures == ("array",)):
        return ""
    return adapted_samples(known, inputs[0].shape[1:])


def _adapter(
    chosen: dict[str, Any], setup: Setup, model: keras.Model, fold: str
) -> Callable[[Arrays], tuple[Expression, ...]]:
    """What brings samples and targets into the shapes that the model takes, as training does."""
    known, losses = known_targets(chosen), setup.compile_config.get("loss")

    def adapt(arrays: Arrays) -> tuple[Expression, ...]:
        if not known or not getattr(model, "outputs", None):
            return arrays.names
        x, *others = arrays.names
        folded = x + fold if arrays.structures[0] == "array" else x
        if not others:
            return (folded,)
        y, *rest = others
        targets = adapted_outputs(known, y, arrays.structures[1], model, losses)
        return folded, targets, *rest

    return adapt


def write_adapted(
    script: Script, setup: Setup, model: keras.Model, names: Names, chosen: dict[str, Any], new: Arrays
) -> Arrays:
    """Brings new samples, which went through all steps, to the model; the other arguments as `write_data`."""
    expressions = _adapter(chosen, setup, model, _fold(chosen, model, new))(new)
    return _assigned(script, new, expressions, names, in_place=True)


def _assigned(
    script: Script, arrays: Arrays, expressions: tuple[Expression, ...], names: Names, *, in_place: bool
) -> Arrays:
    """Gives variables to expressions that are none: their own, but never those of the notebook."""
    own: list[str] = []
    for name, expression, wish in zip(arrays.names, expressions, ("samples", "targets", ""), strict=False):
        own.append(name)
        if expression != name:
            own[-1] = name if in_place else names.take(wish)
            script.add(*lay_out(expression, f"{own[-1]} = "))
    return Arrays(tuple(own), arrays.structures)


def _structures(variables: list[str], snippet: Snippet, model: keras.Model) -> tuple[Structure, ...]:
    """What each variable holds: the snippet tells, or the kernel of its notebook, or else the model."""
    if snippet.lines:
        kinds: dict[str, Structure] = {snippet.gives[role]: "dict" for role in snippet.by_name}
        kinds |= {snippet.gives[role]: "list" for role in snippet.listed}
        return tuple(kinds.get(name, "array") for name in variables)
    known = user_namespace()
    ends = [getattr(model, "_inputs_struct", None), getattr(model, "_outputs_struct", None), None]
    return tuple(_structure(known.get(name), end) for name, end in zip(variables, ends, strict=False))


def _structure(value: Any, end: Any) -> Structure:
    tensors = keras.tree.flatten(end) if end is not None else [None]
    if len(tensors) < 2:
        return "array"
    like = value if isinstance(value, dict | list | tuple) else end
    return "dict" if isinstance(like, dict) else "list"


def _divided(script: Script, arrays: Arrays, setup: Setup, names: Names) -> dict[str, str]:
    """Says which rows are in each part: slices, or variables with their numbers; empty where all train."""
    split, share = setup.training.get("split"), setup.fit.get("validation_split") or 0
    if isinstance(split, dict):
        x, y = arrays.names[:2]
        try:
            snippet = code_of_split(split, Rows(arrays.count, y, lambda name: f"{x}[{literal(name)}]"))
        except RequestError as error:
            script.notes.append(f"{error} All samples train.")
            return {}
        script.paste(snippet)
        return dict(snippet.gives)
    if not share:
        return {}
    at = names.take("split")
    script.add(f"{at} = int({arrays.count} * (1 - {literal(share)}))")
    return {"train": f":{at}", "validation": f"{at}:"}


def _taken(script: Script, arrays: Arrays, rows: dict[str, str], names: Names) -> Parts:
    """Takes rows of each part, in variables of their own."""
    taken: dict[str, Arrays] = {}
    lines: list[str] = []
    for part, short in (("train", "train"), ("validation", "val"), ("test", "test")):
        if part in rows:
            own = tuple(names.take(f"{role}_{short}") for role in ("x", "y", "w")[: len(arrays.names)])
            values = arrays.rows(rows[part])
            together = f"{', '.join(own)} = {', '.join(values)}"
            if set(arrays.structures) <= {"array", "files"} and len(together) <= 88:
                lines.append(together)
            else:
                lines += [f"{name} = {value}" for name, value in zip(own, values, strict=True)]
            taken[part] = Arrays(own, arrays.structures)
    script.add(*lines)
    return Parts(taken["train"], taken.get("validation"), taken.get("test"))
