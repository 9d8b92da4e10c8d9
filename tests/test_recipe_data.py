"""What a data source writes as code loads what the source loads."""

from typing import Any

import numpy as np
import pytest

from kerasviz.data import code_of, load
from kerasviz.data.sources import SOURCES
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
    for name in ("__import__('os')", 3, None, "a b"):
        with pytest.raises(RequestError, match="Expected the name of an array"):
            code_of({"class_name": "arrays", "config": {"x": "x", "y": name}})
