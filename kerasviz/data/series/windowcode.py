"""Windows of a series, cut in a script."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.data.series.cut import GROUP, Cut
from kerasviz.data.series.filling import Fill, rows_code, values_code
from kerasviz.data.series.groups import numbers_code
from kerasviz.data.series.times import Times
from kerasviz.data.series.timeseries import TimeSeries, keys_of
from kerasviz.data.splits import by_group
from kerasviz.data.splits.rowcode import Rows
from kerasviz.writing.expressions import lay_out, literal, sequence
from kerasviz.writing.snippet import Snippet

_PARTS = {"training": ("x", "y"), "validation": ("x_val", "y_val"), "test": ("x_test", "y_test")}


def window_code(
    series: TimeSeries,
    inputs: Sequence[str],
    target: str,
    times: Times | None,
    groups: Sequence[str],
    cut: Cut,
    fill: Fill,
    there: Sequence[str],
) -> Snippet:
    """Writes what becomes of the DataFrame `table`.

    Args:
        series: What was made of it.
        inputs: Those that the target is predicted from.
        target: What is predicted.
        times: When the rows were.
        groups: The columns that tell several series apart.
        cut: How windows are cut.
        fill: Which gaps are filled.
        there: The parts that have windows: `training`, `validation`, `test`.
    """
    columns = list(series.columns)
    parts = _part_lines(series, cut)
    lines = [
        *lay_out(sequence([literal(name) for name in columns]), "columns = "),
        *_row_lines(series, times, groups, fill),
        *_stretch_lines(series, times is not None, fill),
        *parts.lines,
        f"rows = values[:, {literal_list([columns.index(name) for name in inputs])}]",
        f"target = values[:, {columns.index(target)}]",
    ]
    if cut.normalized:
        lines += [
            "seen = rows[(part == 0) & ~missing]  # what trains, and nothing else",
            "deviation = seen.std(axis=0)",
            "rows = (rows - seen.mean(axis=0)) / np.where(deviation > 0, deviation, 1)",
        ]
    lines += [*_start_lines(series, cut), *_window_lines(cut, there)]
    imports = ("import numpy as np", "import pandas as pd", *parts.imports)
    gives = {name: name for part in there for name in _PARTS[part]}
    return Snippet(tuple(lines), tuple(dict.fromkeys(imports)), gives, is_divided=True)


def _row_lines(series: TimeSeries, times: Times | None, groups: Sequence[str], fill: Fill) -> list[str]:
    """Rows in their order, and `values` of them."""
    when, number = keys_of(series.columns)
    added = {number: "number"} if groups else {}
    added |= {} if times is None else {when: "when"}
    lines = [*(numbers_code(groups) if groups else ()), *(() if times is None else times.code)]
    given = ", ".join(f"{key}={value}" for key, value in added.items())
    keys = literal_names([*added])
    if not added:
        lines.append("series = table[columns]")
    elif times is None:
        lines.append(f"series = table[columns].assign({given}).dropna(subset={keys})")
        lines.append(f'series = series.sort_values({keys}, kind="stable")')
    else:
        lines += [
            f"series = table[columns].assign({given})",
            f"series = series.dropna(subset={keys}).drop_duplicates()",
            f"series = series.drop_duplicates({keys}, keep=False).sort_values({keys})",
        ]
    if times is not None:
        late = _late_lines(series, when, number if groups else None)
        lines += late
        if series.has_new_rows:
            lines += [*rows_code(when, number if groups else None, fill), *late]
    if groups:
        lines += [
            f'number = series[{literal(number)}].to_numpy("int64")',
            "first = np.diff(number, prepend=-1) != 0  # of each series",
        ]
    return [*lines, 'values = series[columns].to_numpy("float64", na_value=np.nan)']


def _late_lines(series: TimeSeries, when: str, number: str | None) -> list[str]:
    """Where gaps in time lie."""
    if number is None:
        lines = [f"steps = series[{literal(when)}].diff()", "usual = steps.median()"]
    else:
        lines = [
            f"steps = series.groupby({literal(number)})[{literal(when)}].diff()",
            f'usual = steps.groupby(series[{literal(number)}]).transform("median")',
        ]
    return [*lines, f"late = (steps > {literal(series.gap)} * usual).to_numpy()"]


def _stretch_lines(series: TimeSeries, has_times: bool, fill: Fill) -> list[str]:
    """What no window crosses."""
    named = [*(["late"] if has_times else []), *([] if series.number is None else ["first"])]
    breaks, lines = " | ".join(named), list[str]()
    if fill.steps:
        lines.append(f"segment = pd.Series({f'np.cumsum({breaks})' if named else 'np.zeros(len(values))'})")
        lines += values_code(fill)
    return [
        *lines,
        "missing = ~np.isfinite(values).all(axis=1)",
        f"breaks = missing | {breaks}  # no window crosses one" if named else "breaks = missing.copy()",
        "breaks[1:] |= missing[:-1]",
        "stretch = np.where(missing, -1, np.cumsum(breaks))",
    ]


def _part_lines(series: TimeSeries, cut: Cut) -> Snippet:
    """`part`: 0 for rows that train, 1 for those that validate and 2 for those of the test."""
    if cut.split == "by_group":
        split = by_group.code(
            GROUP, cut.validation, cut.test, cut.seed, rows=Rows("len(number)", "", lambda name: "number")
        )
        held_out = [(name, at) for at, name in enumerate(("validation", "test"), 1) if name in split.gives]
        taken = [f"part[{split.gives[name]}] = {at}" for name, at in held_out]
        return Snippet((*split.lines, "part = np.zeros(len(number), dtype=int)", *taken), split.imports)
    size, place = "len(values)", "np.arange(len(values))"
    lines = []
    if series.number is not None:
        lines = [
            "begins = np.flatnonzero(first)",
            "sizes = np.diff(begins, append=len(values))",
            "place = np.arange(len(values)) - np.repeat(begins, sizes)",
            "sizes = np.repeat(sizes, sizes)",
        ]
        size, place = "sizes", "place"
    lines.append(f"part = ({place} >= np.round({size} * {literal(cut.training_share)})).astype(int)")
    if cut.test:
        lines.append(f"part += {place} >= np.round({size} * {literal(1 - cut.test)})")
    return Snippet(tuple(lines))


def _start_lines(series: TimeSeries, cut: Cut) -> list[str]:
    """`starts`: the first rows of windows."""
    lines = [f"starts = np.arange(len(values) - {cut.last})"]
    if cut.stride > 1:
        new = "np.diff(part, prepend=-1) != 0"
        new = new if series.number is None else f"first | ({new})"
        lines += [
            f"begins = np.where({new}, np.arange(len(values)), 0)",
            "place = np.arange(len(values)) - np.maximum.accumulate(begins)",
            f"starts = starts[place[: len(starts)] % {cut.stride} == 0]",
        ]
    lines += [
        f"ends = starts + {cut.last}",
        "whole = (stretch[starts] >= 0) & (stretch[starts] == stretch[ends])",
        "whole &= part[starts] == part[ends]",
    ]
    if series.ahead is not None:
        lines += [
            "ahead = (gaps & np.isfinite(values)).any(axis=1)  # was filled with what comes after it",
            f"whole &= ~ahead[ends] & ~ahead[starts + {cut.span - 1}]",
        ]
    return [*lines, "starts = starts[whole]"]


def _window_lines(cut: Cut, there: Sequence[str]) -> list[str]:
    given = ", ".join(f"({', '.join(_PARTS[part])})" for part in there)
    comma = "," if len(there) == 1 else ""
    numbers = ", ".join(str(list(_PARTS).index(part)) for part in there)
    return [
        "parts = []",
        f"for which in ({numbers}{comma}):",
        "    begins = starts[part[starts] == which][:, None]",
        f"    windows = rows[begins + np.arange({cut.length}) * {cut.sampling}]",
        f"    after = target[begins + {cut.span} + np.arange({cut.horizon})]",
        '    parts.append((windows.astype("float32"), after.astype("float32")))',
        f"{given}{comma} = parts",
    ]


def literal_names(names: Sequence[str]) -> str:
    """A list of names in one line."""
    return f"[{', '.join(map(literal, names))}]"


def literal_list(values: Sequence[int]) -> str:
    """A list of whole numbers in one line."""
    return f"[{', '.join(map(str, values))}]"
