"""Trainings that are as they should be, among them those that simple rules take for faulty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import keras
from keras import layers

from benchmarks.hints import datasets
from benchmarks.hints.training import Training, training

SPARSE, BINARY = "sparse_categorical_crossentropy", "binary_crossentropy"


def compiled(
    model: keras.Model, loss: Any, metrics: list[Any], optimizer: Any = "adam", rate: float | None = None
) -> keras.Model:
    """Compiles a model; `rate` is of the optimizer named."""
    chosen = keras.optimizers.get(optimizer)
    if rate is not None:
        chosen.learning_rate = rate
    model.compile(chosen, loss, metrics=metrics)
    return model


def dense(
    inputs: int, units: tuple[int, ...], last: tuple[int, str], loss: Any, metrics: list[Any], **options: Any
) -> Callable[[], keras.Model]:
    """A network of Dense layers.

    Args:
        inputs: Columns.
        units: Of the hidden layers.
        last: Units and activation of the output.
        loss: As `compile` takes it.
        metrics: As `compile` takes them.
        **options: `activation`, `dropout`, `normalization`, `l2` of the hidden layers; the rest is for
            `compiled`.
    """
    activation, l2 = options.pop("activation", "relu"), options.pop("l2", None)
    dropout, normalization = options.pop("dropout", 0), options.pop("normalization", False)

    def build() -> keras.Model:
        model = keras.Sequential([keras.Input((inputs,))])
        for width in units:
            regularizer = keras.regularizers.L2(l2) if l2 else None
            model.add(layers.Dense(width, activation, kernel_regularizer=regularizer))
            if normalization:
                model.add(layers.BatchNormalization())
            if dropout:
                model.add(layers.Dropout(dropout))
        model.add(layers.Dense(last[0], last[1]))
        return compiled(model, loss, metrics, **options)

    return build


def convolutional(side: int, classes: int, *, rescaling: float | None = None) -> Callable[[], keras.Model]:
    """Two convolutions and a classifier; with `rescaling`, pixels are divided in the model."""

    def build() -> keras.Model:
        first = [layers.Rescaling(rescaling)] if rescaling else []
        return compiled(
            keras.Sequential(
                [
                    keras.Input((side, side, 1)),
                    *first,
                    layers.Conv2D(8, 3, activation="relu"),
                    layers.MaxPooling2D(2),
                    layers.Conv2D(16, 3, padding="same", activation="relu"),
                    layers.GlobalAveragePooling2D(),
                    layers.Dense(32, "relu"),
                    layers.Dense(classes, "softmax"),
                ]
            ),
            SPARSE,
            ["accuracy"],
            rate=0.003,
        )

    return build


def recurrent(kind: type[layers.Layer], units: int = 16) -> Callable[[], keras.Model]:
    """A recurrent layer that predicts the next value."""

    def build() -> keras.Model:
        model = keras.Sequential([keras.Input((24, 1)), kind(units), layers.Dense(1)])
        return compiled(model, "mse", ["mae"], rate=0.005)

    return build


def reading(kind: str) -> Callable[[], keras.Model]:
    """Words to a class, by their mean or by a recurrent layer."""

    def build() -> keras.Model:
        body = layers.GlobalAveragePooling1D() if kind == "mean" else layers.GRU(16)
        model = keras.Sequential(
            [
                keras.Input((20,), dtype="int32"),
                layers.Embedding(200, 16),
                body,
                layers.Dense(16, "relu"),
                layers.Dense(3, "softmax"),
            ]
        )
        return compiled(model, SPARSE, ["accuracy"], rate=0.01)

    return build


def squeezing() -> keras.Model:
    """An autoencoder of the digits."""
    model = keras.Sequential(
        [keras.Input((64,)), layers.Dense(24, "relu"), layers.Dense(64, "sigmoid")], name="autoencoder"
    )
    return compiled(model, "mse", ["mae"], rate=0.003)


def warming_up() -> keras.Model:
    """A rate that grows first and falls then."""
    rate = keras.optimizers.schedules.CosineDecay(
        1e-5, decay_steps=600, warmup_target=0.005, warmup_steps=100
    )
    model = dense(64, (64,), (10, "softmax"), SPARSE, ["accuracy"])()
    model.compile(keras.optimizers.Adam(rate), SPARSE, metrics=["accuracy"])
    return model


def flat(data: datasets.Arrays) -> datasets.Arrays:
    """Pictures as rows of numbers."""
    return data[0].reshape(len(data[0]), -1), data[1]


def classified(name: str, data: datasets.Arrays, classes: int, **options: Any) -> Training:
    """A table or points with classes."""
    columns = int(data[0].shape[1])
    domain = "points" if columns == 2 else "table"
    of_training = ("epochs", "batch_size", "class_weight", "plan", "validation")
    fit = {key: options.pop(key) for key in of_training if key in options}
    units = options.pop("units", (32, 32))
    last, loss = ((1, "sigmoid"), BINARY) if classes == 2 else ((classes, "softmax"), SPARSE)
    build = dense(columns, units, last, loss, ["accuracy"], **{"rate": 0.003, **options})
    return training(name, domain, "classes", build, data, **{"epochs": 20, **fit})


def healthy() -> Iterator[Training]:
    """Makes all of them."""
    for seed in range(3):
        for kind, classes in (("moons", 2), ("circles", 2), ("blobs", 4), ("spiral", 3)):
            epochs = 60 if kind == "spiral" else 30
            data = datasets.points(kind, seed=seed)
            yield classified(f"{kind}-{seed}", data, classes, epochs=epochs, rate=0.01)
        yield classified(f"table-{seed}", datasets.table(seed=seed), 3)
        data = datasets.prices(seed=seed)
        build = dense(8, (32, 32), (1, "linear"), "mse", ["mae"], rate=0.003)
        yield training(f"prices-{seed}", "table", "number", build, data, epochs=25)
        build = convolutional(16, 3)
        yield training(f"shapes-{seed}", "pictures", "classes", build, datasets.shapes(seed=seed), epochs=20)
        yield training(
            f"waves-{seed}", "series", "number", recurrent(layers.GRU), datasets.waves(seed=seed), epochs=12
        )
        for kind in ("mean", "gru"):
            build = reading(kind)
            yield training(
                f"words-{kind}-{seed}", "text", "classes", build, datasets.words(seed=seed), epochs=8
            )
        build = dense(12, (32,), (5, "sigmoid"), BINARY, ["binary_accuracy"], rate=0.005)
        yield training(f"marks-{seed}", "table", "labels", build, datasets.marks(seed=seed), epochs=20)
    yield from _of_scikit_learn()
    yield from _misjudged()


def _of_scikit_learn() -> Iterator[Training]:
    for name, classes in (("breast_cancer", 2), ("wine", 3), ("iris", 3)):
        yield classified(name, datasets.sklearn_set(name), classes, units=(16,), epochs=40)
    x, y = datasets.sklearn_set("diabetes")
    build = dense(10, (16,), (1, "linear"), "mse", ["mae"], rate=0.003)
    scaled = (x, ((y - y.mean()) / y.std()).astype("float32"))
    yield training("diabetes", "table", "number", build, scaled, epochs=20)
    pixels = flat(datasets.digits())
    for optimizer, rate in (("adam", 0.002), ("sgd", 0.1), ("rmsprop", 0.001)):
        build = dense(64, (64,), (10, "softmax"), SPARSE, ["accuracy"], optimizer=optimizer, rate=rate)
        yield training(f"digits-{optimizer}", "pictures", "classes", build, pixels, epochs=12)
    yield training("digits-cnn", "pictures", "classes", convolutional(8, 10), datasets.digits(), epochs=15)


def _misjudged() -> Iterator[Training]:
    """Healthy, though a simple rule says otherwise."""
    build = convolutional(16, 3, rescaling=1 / 255)
    data = datasets.shapes(most=255.0)
    yield training("pixels-rescaled-inside", "pictures", "classes", build, data, epochs=20)
    pixels = flat(datasets.digits())
    for name, options in {
        "much-dropout": {"dropout": 0.5, "rate": 0.003},  # validation above training
        "normalized": {"normalization": True},
        "tanh": {"activation": "tanh"},
        "some-l2": {"l2": 1e-4},
        "gelu": {"activation": "gelu"},
    }.items():
        build = dense(64, (64, 64), (10, "softmax"), SPARSE, ["accuracy"], **options)
        yield training(f"digits-{name}", "pictures", "classes", build, pixels, epochs=15)
    yield training("warm-up", "pictures", "classes", warming_up, pixels, epochs=15)
    yield training(
        "large-batch",
        "pictures",
        "classes",
        dense(64, (64,), (10, "softmax"), SPARSE, ["accuracy"], rate=0.01),
        pixels,
        epochs=40,
        batch_size=512,
    )
    yield training("autoencoder", "pictures", "picture", squeezing, (pixels[0], pixels[0]), epochs=15)
    # a straight line is right for data that lies on one
    linear = datasets.prices(linear=True)
    yield training(
        "line", "table", "number", dense(8, (), (1, "linear"), "mse", ["mae"], rate=0.02), linear, epochs=25
    )
    logistic = datasets.points("blobs", noise=0)
    yield classified("logistic", logistic, 4, units=(), rate=0.02)
    yield classified("easy", (datasets.table(seed=5)[0], (datasets.table(seed=5)[0][:, 0] > 0) * 1), 2)
    yield classified("noisy-labels", datasets.table(noise=0.3, seed=7), 3, epochs=8, dropout=0.2)
    data = datasets.rare()
    yield classified("rare-but-clear", data, 2, epochs=15)
    yield classified("rare-weighted", datasets.rare(share=0.08, seed=2), 2, class_weight={0: 0.54, 1: 6.25})
    build = dense(8, (32,), (1, "linear"), "huber", ["mae"], rate=0.005)
    yield training("huber", "table", "number", build, datasets.prices(noise=0.8, seed=4), epochs=20)
    build = recurrent(layers.LSTM, 24)
    yield training("lstm", "series", "number", build, datasets.waves(seed=8), epochs=15)
    yield from _more_misjudged()


def _more_misjudged() -> Iterator[Training]:
    """Numbers of a usual size that nobody scaled, raw scores, and classes one-hot."""
    sixteen = datasets.digits(most=1.0)
    yield training("digits-to-16", "pictures", "classes", convolutional(8, 10), sixteen, epochs=15)
    x, y = datasets.prices(seed=6)
    build = dense(8, (32, 32), (1, "linear"), "mse", ["mae"], rate=0.01)
    yield training("around-20", "table", "number", build, (x, y * 9 + 22), epochs=40)
    scores = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    build = dense(64, (64,), (10, "linear"), scores, ["accuracy"], rate=0.002)
    yield training("raw-scores", "pictures", "classes", build, flat(datasets.digits()), epochs=12)
    x, y = datasets.table(seed=8)
    build = dense(12, (32,), (3, "softmax"), "categorical_crossentropy", ["accuracy"], rate=0.003)
    yield training("one-hot", "table", "labels", build, (x, keras.utils.to_categorical(y)), epochs=20)
