"""A run with a seed begins with the numbers that its script begins with."""

import json

import keras
import numpy as np
import pytest
from conftest import few
from everykind import MODELS

from kerasviz.backend.isolation import draw_from
from kerasviz.codegen import to_code
from kerasviz.codegen.running import run_code
from kerasviz.models.building import build_model


@pytest.mark.parametrize("make", few(MODELS, 3), ids=lambda make: make.__name__)
def test_seeded_weights_are_those_of_the_code(make):
    document = json.loads(make().to_json())
    document.pop("compile_config", None)
    made = build_model(document, seed=7)
    source, namespace = to_code(document), {}
    with draw_from(7):
        exec(source, namespace)
    expected = namespace["model"]
    assert made.get_config() == build_model(document).get_config()
    assert len(made.variables) == len(expected.variables)
    for one, other in zip(made.variables, expected.variables, strict=True):
        np.testing.assert_array_equal(keras.ops.convert_to_numpy(one), keras.ops.convert_to_numpy(other))


@pytest.mark.parametrize(
    "source",
    [
        "import os\nmodel = os.listdir()",
        "import keras\nmodel = keras.__loader__",
        "model = [x for x in (1,)]",
        "model = lambda: 1",
        "if 1:\n    model = 2",
        "model = 2 ** 9",
        "model = open('x')",
    ],
)
def test_nothing_but_what_makes_a_model_is_run(source):
    with pytest.raises((ValueError, KeyError)):
        run_code(source, "model")
