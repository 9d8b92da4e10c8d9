"""Strided convolutions with a kernel of 1, of whose gradients TensorFlow may die."""

import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from conftest import few
from keras import layers

from kerasviz.backend.gradients import LossGradients
from kerasviz.backend.stridedconvolutions import needs_slices
from kerasviz.data.dataset import Data
from kerasviz.training.fitbatches import fit_batches
from kerasviz.training.run.run import Run

RANDOM = np.random.default_rng(0)
BACKEND = keras.backend.backend()


def halved(x, filters):
    return layers.Conv2D(filters, 1, strides=2, padding="same")(x)


def small_unet():
    image = keras.Input((16, 16, 3))
    down = [layers.Conv2D(8, 3, padding="same", activation="relu")(image)]
    for filters in (8, 16):
        maps = layers.BatchNormalization()(
            layers.SeparableConv2D(filters, 3, padding="same", activation="relu")(down[-1])
        )
        maps = layers.MaxPooling2D(3, strides=2, padding="same")(maps)
        down.append(layers.add([maps, halved(down[-1], filters)]))
    up = down[-1]
    for filters, beside in ((8, down[1]), (8, down[0])):
        up = layers.UpSampling2D()(layers.Conv2DTranspose(filters, 3, padding="same", activation="relu")(up))
        up = layers.concatenate([up, beside])
    model = keras.Model(image, layers.Conv2D(3, 1, activation="softmax")(up))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


class Own(layers.Layer):
    """A convolution of a user's, of images."""

    def __init__(self, way):
        super().__init__()
        self.way = way

    def build(self, shape):
        self.kernel = self.add_weight(shape=(1, 1, 4, 3) if self.way != "transposed" else (1, 1, 3, 4))

    def call(self, x):
        import tensorflow as tf

        if self.way == "tf":
            return tf.nn.conv2d(x, self.kernel, 2, "SAME")
        if self.way == "transposed":
            return keras.ops.conv_transpose(x, self.kernel, 2, padding="same")
        return keras.ops.conv(x, self.kernel, 2, padding="same")


def kinds():
    """Strided convolutions with a kernel of 1."""
    options = {"kernel_size": 1, "strides": 2, "use_bias": False}
    yield layers.Conv2D(3, **options)
    yield layers.Conv1D(3, **options)
    yield layers.Conv2DTranspose(3, **options)
    yield layers.Conv1DTranspose(3, **options, padding="same")
    yield from map(Own, ("keras", "tf", "transposed"))


def kernels_survived():
    """Asks for the gradients of all kinds, and compares them with NumPy's."""
    for layer in kinds():
        shape = (15,) if "1D" in type(layer).__name__ else (16, 15)
        model = keras.Sequential([keras.Input((*shape, 4)), layer])
        model.compile("sgd", "mse")
        every = (slice(None), *[slice(None, None, 2)] * len(shape))
        for count in (1, 3, 8):
            x = RANDOM.random((count, *shape, 4)).astype("float32")
            found = keras.ops.convert_to_numpy(model(x))
            (gradient,), _ = LossGradients(model)(x, np.zeros(found.shape, "float32"))
            slope = 2 * found / found.size
            is_transposed = layer.kernel.shape[-1] == 4
            seen, told = (x, slope[every]) if is_transposed else (x[every], slope)
            expected = np.tensordot(seen, told, axes=[range(1 + len(shape))] * 2)
            expected = expected.T if is_transposed else expected
            np.testing.assert_allclose(gradient[(0,) * len(shape)], expected, rtol=1e-3, atol=1e-6)
        assert needs_slices(model.layers)
    assert not needs_slices([layers.Conv2D(2, 1), layers.Conv2D(2, 3, strides=2)])
    training_survived()


def training_survived():
    """Trains, as a run does."""
    model = keras.Sequential([keras.Input((16, 16, 4)), layers.Conv2D(4, 3, padding="same")])
    model.add(layers.Conv2D(8, 1, strides=2))
    model.compile("sgd", "mse")
    x, y = RANDOM.random((40, 16, 16, 4)).astype("float32"), np.zeros((40, 8, 8, 8), "float32")
    for size in (1, 3):
        fit_batches(model, (x, y), [], {"batch_size": size}, Data("images", x, y), Run("model", 1))


def survived():
    """Asks for all gradients of a U-Net, as while it trains and after it; in a process of its own."""
    import tensorflow as tf
    from test_why import ask, weights_of

    from kerasviz.training.statistics.measuring import Measuring

    model = small_unet()
    x, y = RANDOM.random((3, 16, 16, 3)).astype("float32"), RANDOM.integers(0, 3, (3, 16, 16))
    for size in (1, 3):
        measuring = Measuring(model, (x[:size], y[:size]))
        for _ in range(2):
            measured = measuring.measure()
            assert all(each["gradients"] for each in measured.values() if each["weights"])

    before = keras.Model(model.inputs, model.layers[-1].input)

    @tf.function  # in a graph nobody computes the gradients of kernels
    def slope(image):
        maps = before(image, training=False) @ model.layers[-1].kernel[0, 0]
        return tf.gradients(tf.reduce_mean((maps + model.layers[-1].bias)[..., why["target"]]), image)[0]

    ask(model, [x[:1]], "integrated_gradients", steps=8)
    for _ in range(2):
        why = ask(model, [x[:1]], "saliency")
    expected = np.abs(slope(tf.constant(x[:1])))[0].max(axis=-1)
    np.testing.assert_allclose(weights_of(why["parts"][0]), expected, rtol=1e-3, atol=1e-7)


@pytest.mark.skipif(BACKEND != "tensorflow", reason="the fault is TensorFlow's")
@pytest.mark.parametrize("what", few(["kernels_survived", "survived"], 2))
def test_gradients_end_no_process(what) -> None:
    code = f"import test_stridedconvolutions as test; test.{what}()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("size, stride", [(8, 2), (7, 2), (7, 3), (9, (1, 2))])
def test_gradients_are_those_of_a_dense_layer_on_every_so_manieth_pixel(size, stride) -> None:
    image = keras.Input((size, size, 3))
    convolution, dense = layers.Conv2D(4, 1, strides=stride, padding="same"), layers.Dense(4)
    models = [
        keras.Model(image, convolution(image)),
        keras.Model(image, dense(image[:, :: convolution.strides[0], :: convolution.strides[1]])),
    ]
    convolution.set_weights([RANDOM.normal(size=(1, 1, 3, 4)), RANDOM.normal(size=4)])
    dense.set_weights([convolution.get_weights()[0][0, 0], convolution.get_weights()[1]])
    x = RANDOM.random((3, size, size, 3)).astype("float32")
    y = RANDOM.random(models[0](x).shape).astype("float32")
    found = []
    for model in models:
        model.compile("sgd", "mse")
        found.append([keras.ops.convert_to_numpy(each) for each in LossGradients(model)(x, y)[0]])
    np.testing.assert_allclose(found[0][0][0, 0], found[1][0], rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(found[0][1], found[1][1], rtol=1e-4, atol=1e-6)
