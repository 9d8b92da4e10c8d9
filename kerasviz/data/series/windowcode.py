"""Windows of a series, cut in a script."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.data.series.cut import Cut
from kerasviz.data.series.times import Times
from kerasviz.data.series.timeseries import TimeSeries, time_key
from kerasviz.writing.expressions import Expression, lay_out, literal, sequence
from kerasviz.writing.snippet import Snippet

_PARTS = {"training": ("x", "y"), "validation": ("x_val", "y_val"), "test": ("x_test", "y_test")}


def window_code(
    series: TimeSeries,
    inputs: Sequence[str],
    target: str,
    times: Times | None,
    cut: Cut,
    there: Sequence[str],
) -> Snippet:
    """Writes what becomes of the DataFrame `table`.

    Args:
        series: What was made of it.
        inputs: Those that the target is predicted from.
        target: What is predicted.
        times: When the rows were.
        cut: How windows are cut.
        there: The parts that have windows: `training`, `validation`, `test`.
    """
    columns = list(series.columns)
    names: list[Expression] = [literal(name) for name in columns]
    lines = lay_out(sequence(names), "columns = ")
    if times is None:
        lines.append("series = table[columns]")
    else:
        key = time_key(columns)
        lines += times.code
        lines += [
            f"series = table[columns].assign({key}=when).dropna(subset=[{literal(key)}]).drop_duplicates()",
            f"series = series.drop_duplicates({literal(key)}, keep=False).sort_values({literal(key)})",
        ]
    lines += [
        'values = series[columns].to_numpy("float64", na_value=np.nan)',
        "missing = ~np.isfinite(values).all(axis=1)",
        "breaks = missing.copy()  # no window crosses one",
        "breaks[1:] |= missing[:-1]",
    ]
    if times is not None:
        lines += [
            f"steps = series[{literal(time_key(columns))}].diff()",
            f"breaks |= (steps > {literal(series.gap)} * steps.median()).to_numpy()",
        ]
    lines += [
        "stretch = np.where(missing, -1, np.cumsum(breaks))",
        f"rows = values[:, {literal_list([columns.index(name) for name in inputs])}]",
        f"target = values[:, {columns.index(target)}]",
        f"train_end = round(len(rows) * {literal(cut.training_share)})",
    ]
    if cut.normalized:
        lines += [
            "seen = rows[:train_end][~missing[:train_end]]  # what trains, and nothing else",
            "deviation = seen.std(axis=0)",
            "rows = (rows - seen.mean(axis=0)) / np.where(deviation > 0, deviation, 1)",
        ]
    ends = {"training": "(0, train_end)", "validation": "(train_end, len(rows))", "test": ""}
    if cut.test:
        lines.append(f"test_begins = round(len(rows) * {literal(1 - cut.test)})")
        ends = {**ends, "validation": "(train_end, test_begins)", "test": "(test_begins, len(rows))"}
    bounds = ", ".join(ends[part] for part in there)
    given = ", ".join(f"({', '.join(_PARTS[part])})" for part in there)
    comma = "," if len(there) == 1 else ""
    lines += [
        "parts = []",
        f"for first, end in ({bounds}{comma}):",
        f"    starts = np.arange(first, end - {cut.span + cut.horizon - 1}, {cut.stride})",
        f"    whole = stretch[starts] == stretch[starts + {cut.span + cut.horizon - 1}]",
        "    starts = starts[(stretch[starts] >= 0) & whole][:, None]",
        f"    windows = rows[starts + np.arange({cut.length}) * {cut.sampling}]",
        f"    after = target[starts + {cut.span} + np.arange({cut.horizon})]",
        '    parts.append((windows.astype("float32"), after.astype("float32")))',
        f"{given}{comma} = parts",
    ]
    gives = {name: name for part in there for name in _PARTS[part]}
    return Snippet(tuple(lines), ("import numpy as np", "import pandas as pd"), gives, is_divided=True)


def literal_list(values: Sequence[int]) -> str:
    """A list of whole numbers in one line."""
    return f"[{', '.join(map(str, values))}]"
