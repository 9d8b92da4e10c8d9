"""Pictures: convolutions, augmentation, masks, points, reconstruction, and layers taken over."""

from __future__ import annotations

import keras
import numpy as np
import sklearn.datasets
from keras import Sequential, layers
from keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D

from benchmarks.hints.programs.program import Made, drawn, program
from benchmarks.hints.programs.samples import textures


def _digits() -> tuple[np.ndarray, np.ndarray]:
    x, y = sklearn.datasets.load_digits(return_X_y=True)
    return (x / 16).reshape(-1, 8, 8, 1).astype("float32"), y


@program(
    without_softmax="output-does-not-fit-loss",
    softmax_twice="output-does-not-fit-loss",
    too_fast="learning-rate-too-high loss-not-finite dead-units",
    all_zero="inputs-constant",
    one_epoch_of_one_batch="stopped-too-early",
    dropped="regularization-too-strong @dropout",
    trained_and_measured_alike="validation-leak",
)
def first_convnet(fault: str) -> Made:
    x, y = _digits()
    if fault == "all zero":
        x = x * 0
    model = Sequential([keras.Input((8, 8, 1))])
    model.add(Conv2D(32, 3, activation="relu", padding="same"))
    model.add(MaxPooling2D(2))
    model.add(Conv2D(64, 3, activation="relu", padding="same"))
    model.add(Flatten())
    model.add(Dropout(0.97 if fault == "dropped" else 0.5, name="dropout"))
    model.add(Dense(10, None if fault == "without softmax" else "softmax"))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=fault == "softmax twice")
    model.compile(keras.optimizers.Adam(0.5 if fault == "too fast" else 0.001), loss, metrics=["accuracy"])
    fit = {"epochs": 8, "batch_size": 32}
    if fault == "one epoch of one batch":
        fit = {"epochs": 1, "batch_size": 1500}
    if fault == "trained and measured alike":
        return Made(model, x, y, fit={**fit, "validation": 0.0}, held=(x[:400], y[:400]))
    return Made(model, x, y, fit=fit)


@program(
    as_they_are="inputs-not-scaled",
    validation_as_it_is="validation-not-representative",
    labels_of_others="not-learning",
    plain_and_linear="no-nonlinearity",
)
def stripes_and_dots(fault: str) -> Made:
    x, y = textures()
    inside = [] if fault else [layers.Rescaling(1 / 127.5, offset=-1)]
    bent = None if fault == "plain and linear" else "relu"
    model = Sequential([keras.Input((16, 16, 3)), *inside])
    model.add(Conv2D(16, 3, activation=bent))
    if fault != "plain and linear":
        model.add(MaxPooling2D())
    model.add(Conv2D(24, 3, activation=bent))
    model.add(layers.GlobalAveragePooling2D())
    model.add(Dense(32, bent))
    model.add(Dense(4, "softmax"))
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    fit = {"epochs": 12, "batch_size": 32}
    if fault == "as they are" or not fault:
        return Made(model, x, y, fit=fit)
    some = x.astype("float32") / 255
    if fault == "labels of others":
        return Made(model, some, np.roll(y, 7), fit=fit)
    if fault == "validation as it is":
        held = (x[480:].astype("float32"), y[480:])
        return Made(
            model,
            some[:480],
            y[:480],
            fit={**fit, "validation": 0.0},
            held=held,
            judged_by=(some[480:], y[480:]),
        )
    return Made(model, some, y, fit=fit)


@program()
def augmented_and_normalized(fault: str) -> Made:
    x, y = textures(500)
    model = Sequential([keras.Input((16, 16, 3)), layers.Rescaling(1 / 255), layers.RandomContrast(0.1)])
    for units in (16, 32):
        model.add(Conv2D(units, 3, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.Activation("relu"))
        model.add(MaxPooling2D())
    model.add(layers.GlobalMaxPooling2D())
    model.add(Dropout(0.4))
    model.add(Dense(4))
    model.compile(keras.optimizers.Adam(0.004), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return Made(model, x, y, fit={"epochs": 12})


@program()
def separable_and_squeezed(fault: str) -> Made:
    x, y = textures(500)
    inputs = keras.Input((16, 16, 3))
    found = layers.Rescaling(1 / 255)(inputs)
    for units in (16, 24):
        found = layers.SeparableConv2D(units, 3, padding="same", activation="relu")(found)
        gate = layers.GlobalAveragePooling2D()(found)
        gate = Dense(units, "sigmoid")(Dense(4, "relu")(gate))
        found = layers.multiply([found, layers.Reshape((1, 1, units))(gate)])
        found = MaxPooling2D()(found)
    model = keras.Model(inputs, Dense(4, "softmax")(layers.GlobalMaxPooling2D()(found)))
    model.compile(keras.optimizers.Adam(0.006), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 18})


@program()
def residual_blocks(fault: str) -> Made:
    x, y = _digits()
    inputs = keras.Input((8, 8, 1))
    found = Conv2D(16, 3, padding="same")(inputs)
    for _ in range(3):
        side = layers.Activation("relu")(layers.BatchNormalization()(found))
        side = Conv2D(16, 3, padding="same")(side)
        found = layers.add([found, side])
    model = keras.Model(inputs, Dense(10, "softmax")(Flatten()(found)))
    rate = keras.optimizers.schedules.PiecewiseConstantDecay([200, 300], [0.01, 0.005, 0.001])
    model.compile(
        keras.optimizers.SGD(rate, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return Made(model, x, y, fit={"epochs": 8})


@program()
def masks(fault: str) -> Made:
    """Few pixels are marked; each is a yes or no."""
    draw = drawn(61)
    x = draw.normal(0, 0.2, (300, 16, 16, 1)).astype("float32")
    y = np.zeros_like(x)
    for picture, mask in zip(x, y, strict=True):
        top, left = draw.integers(0, 12, 2)
        picture[top : top + 4, left : left + 4] += 0.8
        mask[top : top + 4, left : left + 4] = 1
    inputs = keras.Input((16, 16, 1))
    first = Conv2D(12, 3, padding="same", activation="relu")(inputs)
    deep = Conv2D(16, 3, padding="same", activation="relu")(MaxPooling2D()(first))
    found = layers.concatenate([first, layers.UpSampling2D()(deep)])
    model = keras.Model(inputs, Conv2D(1, 1, activation="sigmoid")(found))
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, "other", {"epochs": 10, "batch_size": 16})


@program(in_pixels="output-does-not-fit-loss targets-out-of-range")
def where_it_is(fault: str) -> Made:
    """The place of a spot, as shares of the sides."""
    draw = drawn(62)
    place = draw.uniform(2, 14, (800, 2))
    grid = np.arange(16)
    far = (grid[None, :, None] - place[:, 0, None, None]) ** 2 + (
        grid[None, None, :] - place[:, 1, None, None]
    ) ** 2
    x = (np.exp(-far / 4) + draw.normal(0, 0.05, far.shape))[..., None].astype("float32")
    y = (place if fault else place / 16).astype("float32")
    model = Sequential([keras.Input((16, 16, 1)), Conv2D(8, 3, strides=2, activation="relu"), Flatten()])
    model.add(Dense(32, "relu"))
    model.add(Dense(2, "sigmoid"))
    model.compile(keras.optimizers.Adam(0.003), "mse")
    return Made(model, x, y, "number", {"epochs": 15})


@program(
    whole_range="output-does-not-fit-loss targets-out-of-range inputs-not-scaled",
    far_too_narrow="regularization-too-strong",
)
def compressed_digits(fault: str) -> Made:
    x = _digits()[0].reshape(-1, 64)
    x = x * 255 if fault == "whole range" else x
    penalty = keras.regularizers.L1(0.5 if fault == "far too narrow" else 1e-6)
    model = Sequential(
        [keras.Input((64,)), Dense(16, "relu", activity_regularizer=penalty), Dense(64, "sigmoid")]
    )
    loss = "mse" if fault else "binary_crossentropy"
    model.compile(keras.optimizers.Adam(0.005), loss)
    return Made(model, x, x.copy(), "picture", {"epochs": 25, "batch_size": 64})


@program()
def noise_taken_away(fault: str) -> Made:
    clean = _digits()[0]
    noisy = np.clip(clean + drawn(63).normal(0, 0.25, clean.shape), 0, 1).astype("float32")
    model = Sequential([keras.Input((8, 8, 1))])
    model.add(Conv2D(16, 3, padding="same", activation="relu"))
    model.add(MaxPooling2D())
    model.add(layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu"))
    model.add(Conv2D(1, 3, padding="same", activation="sigmoid"))
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy")
    return Made(model, noisy, clean, "picture", {"epochs": 15})


@program()
def main_components(fault: str) -> Made:
    """A linear autoencoder is what it should be."""
    x = _digits()[0].reshape(-1, 64)
    x = x - x.mean(0)
    model = Sequential([keras.Input((64,)), Dense(8, use_bias=False), Dense(64, use_bias=False)])
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Made(model, x, x.copy(), "picture", {"epochs": 30})


@program()
def class_and_oddness(fault: str) -> Made:
    x, y = _digits()
    inputs = keras.Input((8, 8, 1))
    found = Dense(48, "relu")(Flatten()(Conv2D(16, 3, activation="relu")(inputs)))
    outputs = {
        "which": Dense(10, "softmax", name="which")(found),
        "odd": Dense(1, "sigmoid", name="odd")(found),
    }
    model = keras.Model(inputs, outputs)
    losses = {"which": "sparse_categorical_crossentropy", "odd": "binary_crossentropy"}
    model.compile("adam", losses, loss_weights={"which": 1.0, "odd": 0.5}, metrics={"which": ["accuracy"]})
    return Made(model, x, {"which": y, "odd": (y % 2).astype("float32")}, "other", {"epochs": 8})


@program()
def true_or_false_pictures(fault: str) -> Made:
    """Least squares of a discriminator: 0 for false ones, 1 for true ones, no activation at the end."""
    real = _digits()[0].reshape(-1, 64)
    draw = drawn(64)
    false = np.clip(real[draw.permutation(len(real))] + draw.normal(0, 0.3, real.shape), 0, 1).astype(
        "float32"
    )
    x, y = np.concatenate([real, false]), np.r_[np.ones(len(real)), np.zeros(len(false))].astype("float32")
    model = Sequential(
        [keras.Input((64,)), Dense(64), layers.LeakyReLU(0.2), Dense(32), layers.LeakyReLU(0.2), Dense(1)]
    )
    model.compile(keras.optimizers.Adam(0.0005, beta_1=0.5), "mse")
    return Made(model, x, y, "other", {"epochs": 10, "batch_size": 64})


@program(frozen_too="nothing-trainable", never_trained="nothing-trainable")
def taken_over(fault: str) -> Made:
    """A network that knows some digits, frozen, and a new layer for others."""
    x, y = _digits()
    base = Sequential(
        [keras.Input((8, 8, 1)), Conv2D(24, 3, activation="relu"), Flatten(), Dense(48, "relu")], name="base"
    )
    if fault != "never trained":
        old = Sequential([keras.Input((8, 8, 1)), base, Dense(5, "softmax")])
        old.compile("adam", "sparse_categorical_crossentropy")
        old.fit(x[y < 5], y[y < 5], epochs=6, verbose=0)
    base.trainable = False
    model = Sequential([keras.Input((8, 8, 1)), base, Dense(5, "softmax")])
    if fault == "frozen too":
        model.layers[-1].trainable = False
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    fit = {"epochs": 10}
    if fault != "never trained":
        fit["weights"] = model.get_weights()
    return Made(model, x[y > 4], y[y > 4] - 5, fit=fit)


@program()
def tuned_with_care(fault: str) -> Made:
    """All layers of a trained network once more, at a very low rate."""
    x, y = _digits()
    model = Sequential(
        [keras.Input((8, 8, 1)), Conv2D(24, 3, activation="relu"), Flatten(), Dense(10, "softmax")]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x[:900], y[:900], epochs=12, verbose=0)
    model.compile(keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 4, "weights": model.get_weights()})


@program(
    sigmoids="vanishing-gradients",
    tiny_weights="vanishing-gradients",
    huge_weights="exploding-gradients loss-not-finite",
    dead="dead-units",
    saturated="saturated-units exploding-gradients",
)
def deep_digits(fault: str) -> Made:
    x, y = _digits()
    bent = {"sigmoids": "sigmoid", "tiny weights": "tanh", "saturated": "tanh"}.get(fault, "relu")
    first = {
        "tiny weights": keras.initializers.RandomNormal(stddev=0.005),
        "huge weights": keras.initializers.RandomUniform(-4, 4),
        "saturated": keras.initializers.RandomNormal(stddev=6),
        "dead": keras.initializers.RandomUniform(-0.8, -0.2),
        "sigmoids": "glorot_uniform",
    }.get(fault, "he_normal")
    model = Sequential([keras.Input((8, 8, 1)), Flatten()])
    for _ in range(9):
        model.add(Dense(40, bent, kernel_initializer=first))
    model.add(Dense(10, "softmax"))
    model.compile(
        keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return Made(model, x, y, fit={"epochs": 15})


@program()
def normal_picture(fault: str) -> Made:
    """One class: distances to a centre become small (Ruff et al., 2018, Deep SVDD)."""
    x, y = _digits()
    some = x[y == 3].reshape(-1, 64)
    model = Sequential([keras.Input((64,)), Dense(32, "relu", use_bias=False), Dense(4, use_bias=False)])
    model.compile(keras.optimizers.Adam(0.001), "mse")
    centre = np.tile(np.array([0.5, -0.5, 0.5, 0.5], "float32"), (len(some), 1))
    return Made(model, some, centre, "other", {"epochs": 15})


@program()
def hundred_classes(fault: str) -> Made:
    draw = drawn(65)
    middle = draw.normal(size=(100, 32))
    y = draw.integers(0, 100, 5000)
    x = (middle[y] + draw.normal(0, 0.7, (5000, 32))).astype("float32")
    model = Sequential([keras.Input((32,)), Dense(128, "relu"), Dense(100, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 6, "batch_size": 64})


@program(sound=False, sixty_pictures="overfitting")
def too_few_pictures(fault: str) -> Made:
    x, y = _digits()
    y = y.copy()
    wrong = drawn(66).random(len(y)) < 0.25
    y[wrong] = drawn(67).integers(0, 10, wrong.sum())
    model = Sequential(
        [keras.Input((8, 8, 1)), Conv2D(64, 3, activation="relu"), Flatten(), Dense(256, "relu")]
    )
    model.add(Dense(10, "softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(
        model, x[:180], y[:180], fit={"epochs": 60 if fault else 3, "validation": 0.5, "batch_size": 8}
    )
