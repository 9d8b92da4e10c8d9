"""What a data source writes as code loads what the source loads."""

from typing import Any

import numpy as np
import pytest

from kerasviz.data import code_of, load
from kerasviz.data.sources import SOURCES
from kerasviz.data.splits import code_of_split, parts_of
from kerasviz.data.splits.rowcode import Rows
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION, Samples
from kerasviz.protocol import RequestError
from kerasviz.writing.snippet import Snippet


def run(snippet: Snippet | None) -> dict[str, Any]:
    assert snippet is not None
    namespace: dict[str, Any] = {}
    exec("\n".join([*snippet.imports, *snippet.lines]), namespace)
    return {role: namespace[name] for role, name in snippet.gives.items()}


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if hasattr(source, "FACTS")])
def test_bundled_sets_are_the_same_number_by_number(name: str) -> None:
    made, data = run(code_of({"class_name": name})), load({"class_name": name}, {})
    for found, expected in ((made["x"], data.x), (made["y"], data.y)):
        assert found.dtype == expected.dtype
        np.testing.assert_array_equal(found, expected)


def test_arrays_are_named_and_no_name_becomes_code() -> None:
    snippet = code_of({"class_name": "arrays", "config": {"x": "pixels", "y": "labels"}})
    assert snippet is not None and snippet.gives == {"x": "pixels", "y": "labels"}
    for name in ("__import__('os')", 3, "a b"):
        with pytest.raises(RequestError, match="Expected the name of an array"):
            code_of({"class_name": "arrays", "config": {"x": "x", "y": name}})


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("share", {"validation": 0.25, "seed": 3}),
        ("share", {"validation": 0.2, "test": 0.1}),
        ("by_class", {"validation": 0.2, "test": 0.3, "seed": 1}),
        ("by_group", {"column": "patient", "test": 0.2, "seed": 2}),
        ("by_time", {}),
        ("by_time", {"column": "day", "validation": 0.15, "test": 0.15}),
        ("by_time", {"column": "day", "validation": 0, "test": 0.15}),
    ],
)
def test_splits_take_the_same_samples(name: str, config: dict[str, Any]) -> None:
    rng = np.random.default_rng(5)
    days = np.datetime64("2026-01-01") + rng.integers(0, 90, 300).astype("timedelta64[D]")
    days[rng.integers(0, 300, 9)] = np.datetime64("NaT")
    x = {"patient": rng.integers(0, 40, 300), "day": days}
    y = rng.integers(0, 3, 300)
    y[:5] = [7, 8, 8, 9, 9]  # too rare for a share of each
    chosen = {"class_name": name, "config": config}
    snippet = code_of_split(chosen, Rows("len(y)", "y", lambda column: f"x[{column!r}]"))
    namespace: dict[str, Any] = {"x": x, "y": y}
    exec("\n".join([*snippet.imports, *snippet.lines]), namespace)
    parts = parts_of(chosen, Samples(300, y, x.__getitem__))
    expected = {
        part: np.flatnonzero(parts == number)
        for number, part in ((TRAINING, "train"), (VALIDATION, "validation"), (TEST, "test"))
    }
    assert snippet.gives.keys() == {part for part, rows in expected.items() if len(rows)}
    for part, variable in snippet.gives.items():
        np.testing.assert_array_equal(namespace[variable], expected[part])
