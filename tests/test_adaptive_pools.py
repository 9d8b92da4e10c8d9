"""AdaptiveMaxPooling for which TensorFlow divides by zero: refused, and nothing else is."""

import subprocess
import sys

import keras
import pytest
from conftest import tensorflow_only

from kerasviz.config import ModelFileError
from kerasviz.config.adaptivepools import check_adaptive_pools
from kerasviz.config.build import build_model

pytestmark = tensorflow_only("others compute such pools")
COMPUTE = """
import sys, keras
length, size = map(int, sys.argv[1:])
keras.layers.AdaptiveMaxPooling1D(size)(keras.ops.ones((1, length, 2)))
"""
DOCUMENT = """
import sys, keras
from kerasviz.config import ModelFileError
from kerasviz.config.build import build_model

model = keras.Sequential([keras.Input((6, 2)), keras.layers.AdaptiveMaxPooling1D(1, name="pool")])
try:
    build_model(keras.saving.serialize_keras_object(model))(keras.ops.ones((1, 6, 2)))
except ModelFileError as error:
    print(error)
"""


def layers(*sizes):
    for rank, size in enumerate(sizes, 1):
        yield getattr(keras.layers, f"AdaptiveMaxPooling{rank}D")(size, name="pool")


@pytest.mark.parametrize("layer", layers(1, (3, 1), (2, 1, 3)), ids=lambda layer: type(layer).__name__)
@pytest.mark.parametrize("within", [False, True])
def test_a_pool_to_one_place_is_refused_before_it_is_built(layer, within):
    shape = (*[6] * len(layer.output_size), 2)
    model = keras.Sequential([keras.Input((4, *shape) if within else shape)])
    model.add(keras.layers.TimeDistributed(layer) if within else layer)
    with pytest.raises(ModelFileError, match=r"pool.*end the kernel"):
        build_model(keras.saving.serialize_keras_object(model))


def test_a_pool_of_one_place_is_refused():
    layer = keras.layers.AdaptiveMaxPooling2D((3, 2))
    layer(keras.KerasTensor((None, 4, 1, 2)))
    with pytest.raises(ModelFileError, match="where a length or its output is 1"):
        check_adaptive_pools(layer)


@pytest.mark.parametrize(("length", "size"), [(6, 2), (6, 6), (2, 2), (2, 5)])
def test_any_other_pool_is_computed(length, size):
    layer = keras.layers.AdaptiveMaxPooling1D(size)
    assert layer(keras.ops.ones((1, length, 2))).shape == (1, size, 2)
    check_adaptive_pools(layer)


@pytest.mark.thorough
def test_a_document_with_such_a_pool_does_not_end_the_process():
    plain = subprocess.run([sys.executable, "-c", COMPUTE, "6", "1"], capture_output=True)
    ours = subprocess.run([sys.executable, "-c", DOCUMENT], capture_output=True, text=True)
    assert plain.returncode != 0, "Keras computes it today: check_adaptive_pools is not needed any more"
    assert ours.returncode == 0 and "pool" in ours.stdout
