"""A loop of JAX or PyTorch measures what `fit` measures; where neither is installed, nothing is tried."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from interpreter import execute
from test_recipe_augmentation import mixed
from test_recipe_history import dropped, one_hot, stopped

from kerasviz.codegen import to_code


def seeded() -> dict[str, Any]:
    document = dropped()
    document["config"]["layers"][2]["config"]["seed"] = 7
    return document


@pytest.mark.thorough
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_loops_of_other_backends_repeat_fit(backend: str, tmp_path: Path) -> None:
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed: make backends")
    makers: list[Callable[[], dict[str, Any]]] = [seeded, stopped, one_hot, mixed]
    scripts = [to_code(make(), recipe=recipe) for make in makers for recipe in ("fit", backend)]
    assert (
        "PyTorch's only generator" in to_code(dropped(), recipe="torch")
        and "only generator" not in scripts[1]
    )
    assert not [script for script in scripts if "keras.src" in script]
    found = execute(scripts, tmp_path, KERAS_BACKEND=backend)
    for fitted, looped in zip(found[::2], found[1::2], strict=True):
        expected = {name: pytest.approx(values, rel=1e-5) for name, values in fitted["history"].items()}
        assert looped["history"] == expected
