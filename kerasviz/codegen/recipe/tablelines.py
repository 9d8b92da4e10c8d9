"""The table of a script: which rows train, and how its columns become arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras

from kerasviz.codegen.recipe.layerlines import layer_lines
from kerasviz.codegen.recipe.partarrays import Arrays, Structure
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.config.parts import part_of
from kerasviz.data.judging import of_outputs
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES, SPARSE_LOSS, loss_name
from kerasviz.data.preparation.byinput import Place, input_places, output_places
from kerasviz.data.preparation.keraslayer import WORDS
from kerasviz.data.preparation.ownsteps import STEPS
from kerasviz.data.preparation.tableplan import TablePlan
from kerasviz.data.splits import code_of_split
from kerasviz.data.splits.rowcode import Rows
from kerasviz.writing.expressions import Expression, Group, call, lay_out, literal, sequence


def write_table(
    script: Script, setup: Setup, table: str, known: TablePlan, model: keras.Model, new: str = ""
) -> tuple[Arrays, dict[str, str]]:
    """Writes what makes arrays of a table.

    Args:
        script: Gets the statements.
        setup: The plan.
        table: The variable of the table.
        known: What becomes of it.
        model: The model that takes the arrays.
        new: The variable of a table with new rows, which go through the same steps: they are `new_rows` of
            the samples then, without targets. Empty where there is none.

    Returns:
        The arrays, and the rows of each part.

    Raises:
        RequestError: Where columns and model, or rows and split, do not go together.
    """
    for line in ("import numpy as np", "import pandas as pd"):
        script.imports.need(line)
    roles = known.roles
    needed = [*roles.targets, *([roles.weight] if roles.weight else [])]
    script.add(*lay_out(call(f"{table}.dropna", subset=_names(needed), ignore_index="True"), f"{table} = "))
    rows = _rows(script, setup, table, known)
    script.section("Preparation: what is learned is learned from the rows that train")
    if new:
        script.add(*_appended(table, new, known))
    script.add("columns = {}", *_raw("samples" if new else table, known))
    for step in known.steps:
        _step(script, step, known)
    return _arrays(script, setup, table, known, model), rows


def _appended(table: str, new: str, known: TablePlan) -> list[str]:
    """What puts new rows behind those of the table, each column of the kind that steps have learned of."""
    features = known.roles.features
    numbers = [name for name in features if known.seen.kinds[name] == "number"]
    return [
        *(lay_out(_names(numbers), "for name in ", ":") if numbers else []),
        *([f'    {new}[name] = pd.to_numeric({new}[name], errors="coerce")'] if numbers else []),
        f"new_rows = np.arange(len({new})) + len({table})",
        *lay_out(_names(features), "features = "),
        f"samples = pd.concat([{table}[features], {new}[features]], ignore_index=True)",
    ]


def new_targets(setup: Setup, table: str, new: str, known: TablePlan, model: keras.Model) -> str:
    """The expression for what is true of new rows, as numbers that compare with those of the table.

    Args:
        setup: The plan.
        table: The variable of the table that the model was trained on.
        new: The variable of the new rows.
        known: What becomes of them.
        model: The model that takes them.
    """
    targets = known.roles.targets
    outputs = output_places(model, targets, part_of(setup.training, "columns").get("outputs"))
    losses = of_outputs(setup.compile_config.get("loss"), [str(place.key) for place in outputs])
    if len(targets) > 1:
        return f'{new}[{_flat(targets)}].to_numpy("float32")'
    column = f"[{literal(targets[0])}]"
    if _classes(table, targets[0], known, losses[0]) is None:
        return f'{new}{column}.to_numpy("float32")'
    kind = f".astype({known.seen.sorted_as(targets[0])})" if known.seen.kinds[targets[0]] == "words" else ""
    return f"np.searchsorted(np.unique({table}{column}{kind}), {new}{column}{kind})"


def _rows(script: Script, setup: Setup, table: str, known: TablePlan) -> dict[str, str]:
    split, share = setup.training.get("split"), setup.fit.get("validation_split") or 0
    count = f"len({table})"
    if isinstance(split, dict):
        target = f"{table}[{literal(known.roles.targets[0])}].to_numpy()"
        snippet = code_of_split(split, Rows(count, target, lambda name: f"{table}[{literal(name)}]"))
        script.paste(snippet)
        return dict(snippet.gives)
    if not share:
        script.add(f"train = np.arange({count})")
        return {}
    script.add(
        f"split = int({count} * (1 - {literal(share)}))",
        f"train, validation = np.arange(split), np.arange(split, {count})",
    )
    return {"train": "train", "validation": "validation"}


def _raw(table: str, known: TablePlan) -> list[str]:
    """The columns as steps take them: `(rows, 1)` of numbers or words, and dates as they are."""
    lines: list[str] = []
    as_words = _first_words(known)
    features = known.roles.features
    numbers = [name for name in features if known.seen.kinds[name] == "number" and name not in as_words]
    words = [name for name in features if known.seen.kinds[name] == "words" and not _is_date(name, known)]
    dates = [name for name in features if name not in (*numbers, *words, *as_words)]
    ways = {
        f'{table}[[name]].astype("float64").to_numpy()': numbers,
        f'{table}[[name]].astype("object").fillna("").astype(str).to_numpy()': words,
        f'pd.to_datetime({table}[name], errors="coerce")': dates,
        f'np.array([[f"{{one:.16g}}" if one == one else ""] for one in {table}[name]])': as_words,
    }
    for way, names in ways.items():
        if names:
            lines += [*lay_out(_names(names), "for name in ", ":"), f"    columns[name] = {way}"]
    return lines


def _steps_of(name: str, known: TablePlan) -> list[Mapping[str, Any]]:
    return [step for step in known.steps if name in (step.get("columns") or known.roles.features)]


def _first_words(known: TablePlan) -> list[str]:
    """Columns of numbers that are looked up as words."""
    kinds = {cls.__name__ for cls in WORDS}
    numbers = [name for name in known.roles.features if known.seen.kinds[name] == "number"]
    return [name for name in numbers if any(step["class_name"] in kinds for step in _steps_of(name, known))]


def _is_date(name: str, known: TablePlan) -> bool:
    return any(step["class_name"] == "dates" for step in _steps_of(name, known))


def _step(script: Script, step: Mapping[str, Any], known: TablePlan) -> None:
    features = known.roles.features
    names = [name for name in step.get("columns") or features if name in features]
    own, config = STEPS.get(step["class_name"]), part_of(step, "config")
    if not names:
        return
    if own is not None:
        words = known.seen.kinds[names[0]] == "words" and step["class_name"] != "fill"
        words = words or all(known.seen.kinds[name] == "words" for name in names)
        body = own.code(**config, words=words)
    else:
        body = layer_lines(script, step["class_name"], config, ["columns[name]"], "columns[name][train]")
    if body:
        script.add(*lay_out(_names(names), "for name in ", ":"), *(f"    {line}" for line in body))


def _arrays(script: Script, setup: Setup, table: str, known: TablePlan, model: keras.Model) -> Arrays:
    chosen = part_of(setup.training, "columns")
    features, roles = known.roles.features, known.roles
    words = [name for name in features if known.seen.kinds[name] == "words" and not _steps_of(name, known)]
    inputs = input_places(model, features, words, chosen.get("inputs"))
    outputs = output_places(model, roles.targets, chosen.get("outputs"))
    names = [str(place.key) for place in outputs]
    losses = of_outputs(setup.compile_config.get("loss"), names)
    lines = lay_out(_joined([(place.key, _input(place)) for place in inputs]), "x = ")
    targets = [
        (place.key, _target(table, place, known, loss)) for place, loss in zip(outputs, losses, strict=True)
    ]
    classes = _classes(table, roles.targets[0], known, losses[0])
    if outputs[0].columns == roles.targets[:1] and outputs[0].key is None and classes is not None:
        lines += ["# The classes of the table are numbered from 0: classes[y] has them."]
        lines += lay_out(classes, "classes, y = ")
        targets = [(None, _numbered("y", losses[0], outputs[0].units))]
    if targets != [(None, "y")]:
        lines += lay_out(_joined(targets), "y = ")
    if roles.weight:
        lines += lay_out(f'{table}[{literal(roles.weight)}].to_numpy("float32")', "w = ")
    script.add(*lines)
    structures = tuple(_structure(places) for places in (inputs, outputs))
    return Arrays(("x", "y", "w")[: 2 + bool(roles.weight)], (*structures, "array")[: 2 + bool(roles.weight)])


def _structure(places: Sequence[Place]) -> Structure:
    alone = len(places) == 1 and places[0].key is None
    if any(place.dtype == "string" for place in places):
        return "text" if alone else "texts"
    return "array" if alone else "dict"


def _joined(parts: Sequence[tuple[str | None, Expression]]) -> Expression:
    if len(parts) == 1 and parts[0][0] is None:
        return parts[0][1]
    return Group("", "{}", tuple((f"{literal(key)}: ", value) for key, value in parts))


def _input(place: Place) -> Expression:
    kind = place.dtype if place.dtype.startswith(("int", "uint", "bool")) else "float32"
    kind = "object" if place.dtype == "string" else kind
    if len(place.columns) == 1:
        return f"columns[{literal(place.columns[0])}].astype({literal(kind)})"
    joined = call(
        "np.concatenate", f"[columns[name] for name in {_flat(place.columns)}]", axis="1", dtype=literal(kind)
    )
    return joined


def _target(table: str, place: Place, known: TablePlan, loss: Any) -> Expression:
    columns = [_numbers(table, column, known, loss, place.units) for column in place.columns]
    return columns[0] if len(columns) == 1 else call("np.column_stack", sequence(list(columns)))


def _numbers(table: str, column: str, known: TablePlan, loss: Any, units: int | None) -> Expression:
    """A target as numbers: those of its classes, where its loss compares classes."""
    classes = _classes(table, column, known, loss)
    if classes is None:
        return f'{table}[{literal(column)}].to_numpy("float32")'
    return _numbered(f"{classes}[1]", loss, units)


def _classes(table: str, column: str, known: TablePlan, loss: Any) -> str | None:
    """The expression for the classes of a target and the number of each row; None where it has none."""
    name = loss_name(loss) if loss is not None else ""
    by_class = name in {SPARSE_LOSS, *ONE_HOT_LOSSES, *BINARY_LOSSES} and column in known.seen.whole
    is_words = known.seen.kinds[column] == "words"
    if not is_words and not by_class:
        return None
    kind = f".astype({known.seen.sorted_as(column)})" if is_words else ""
    return f"np.unique({table}[{literal(column)}]{kind}, return_inverse=True)"


def _numbered(numbers: str, loss: Any, units: int | None) -> Expression:
    """Numbers of classes as a loss compares them."""
    one_hot = loss is not None and loss_name(loss) in ONE_HOT_LOSSES
    return call("keras.utils.to_categorical", numbers, literal(units)) if one_hot else numbers


def _names(names: Sequence[str]) -> Expression:
    return sequence([literal(name) for name in names])


def _flat(names: Sequence[str]) -> str:
    return "[" + ", ".join(literal(name) for name in names) + "]"
