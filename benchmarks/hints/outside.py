"""Programs that others published with their faults, rebuilt from memory on data that comes with scikit-learn.

They stand for those in the benchmarks of AUTOTRAINER (vanishing, exploding and dying, oscillating and slow
trainings of Blob, Circle and MNIST), of UMLAUT (faults put into a classifier of pictures), and of
DeepLocalize and DeepFD (questions at StackOverflow). No rule was fitted to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
from keras import layers

from benchmarks.hints import datasets
from benchmarks.hints.habits import chain, of
from benchmarks.hints.healthy import BINARY, SPARSE, flat
from benchmarks.hints.training import Training, training

Outside = tuple[Training, tuple[str, ...]]
"""A training, and the codes of which each names its cause."""


def outside() -> Iterator[Outside]:
    """Makes all of them."""
    yield from _autotrainer()
    yield from _umlaut()
    yield from _questions()


def _made(name: str, causes: str, build: Any, data: Any, goal: Any = "classes", **options: Any) -> Outside:
    made = training(f"outside-{name}", "outside", goal, build, data, **options)
    return made, tuple(causes.split())


def _dense(inputs: int, hidden: list[Any], last: Any, loss: Any, optimizer: Callable[[], Any]) -> Any:
    return chain((inputs,), *hidden, last, loss=loss, metrics=["accuracy"], optimizer=optimizer)


def _autotrainer() -> Iterator[Outside]:
    blob, circle, pixels = datasets.points("blobs"), datasets.points("circles"), flat(datasets.digits())
    sgd, adam = keras.optimizers.SGD, keras.optimizers.Adam
    hidden = [of(layers.Dense, 32, "sigmoid") for _ in range(8)]
    build = _dense(2, hidden, of(layers.Dense, 4, "softmax"), SPARSE, lambda: sgd(0.01))
    yield _made("blob-vanishing", "vanishing-gradients", build, blob, epochs=20)
    wide = keras.initializers.RandomUniform(-8, 8)
    hidden = [of(layers.Dense, 32, "relu", kernel_initializer=wide) for _ in range(5)]
    build = _dense(2, hidden, of(layers.Dense, 4, "softmax"), SPARSE, lambda: sgd(0.01))
    yield _made("blob-exploding", "exploding-gradients loss-not-finite", build, blob, epochs=20)
    below = keras.initializers.RandomUniform(-1.0, -0.5)
    hidden = [of(layers.Dense, 16, "relu")] + [
        of(layers.Dense, 16, "relu", kernel_initializer=below) for _ in range(4)
    ]
    build = _dense(2, hidden, of(layers.Dense, 1, "sigmoid"), BINARY, lambda: adam(0.001))
    yield _made("circle-dying", "dead-units", build, circle, epochs=20)
    hidden = [of(layers.Dense, 32, "relu") for _ in range(2)]
    build = _dense(2, hidden, of(layers.Dense, 1, "sigmoid"), BINARY, lambda: sgd(30.0))
    yield _made("circle-oscillating", "learning-rate-too-high", build, circle, epochs=20)
    build = _dense(64, hidden, of(layers.Dense, 10, "softmax"), SPARSE, lambda: sgd(1e-5))
    yield _made("mnist-slow", "learning-rate-too-low", build, pixels, epochs=10)


def _umlaut() -> Iterator[Outside]:
    adam = keras.optimizers.Adam
    x, y = datasets.digits()

    def picture(last: Any, *, activation: str = "relu", dropout: float = 0.0, rate: float = 0.001) -> Any:
        body = [
            of(layers.Conv2D, 16, 3, activation=activation),
            of(layers.Flatten),
            of(layers.Dense, 64, activation),
            of(layers.Dropout, dropout),
        ]
        return chain((8, 8, 1), *body, last, loss=SPARSE, metrics=["accuracy"], optimizer=lambda: adam(rate))

    last = of(layers.Dense, 10, "softmax")
    yield _made("umlaut-not-normalized", "inputs-not-scaled", picture(last), (x * 255, y), epochs=8)
    yield _made("umlaut-high-rate", "learning-rate-too-high", picture(last, rate=1.0), (x, y), epochs=10)
    low = picture(last, rate=1e-7)
    yield _made("umlaut-low-rate", "learning-rate-too-low", low, (x, y), epochs=10)
    scores = picture(of(layers.Dense, 10))
    yield _made("umlaut-no-softmax", "output-does-not-fit-loss", scores, (x, y), epochs=10)
    linear = picture(last, activation="linear")
    yield _made("umlaut-linear", "no-nonlinearity", linear, (x, y), epochs=10)
    dropped = picture(last, dropout=0.9)
    yield _made("umlaut-dropout", "regularization-too-strong", dropped, (x, y), epochs=10)
    made, causes = _made("umlaut-same-validation", "validation-leak", picture(last), (x, y), epochs=10)
    yield made.changed("same", validation=(made.x[:300], made.y[:300])), causes
    made, causes = _made("umlaut-overfitting", "overfitting", picture(last), (x, y), epochs=120)
    labels = made.y[:80].copy()
    labels[::4] = (labels[::4] + 3) % 10
    yield made.changed("few", x=made.x[:80], y=labels), causes


def _questions() -> Iterator[Outside]:
    sgd, adam = keras.optimizers.SGD, keras.optimizers.Adam
    pixels = flat(datasets.digits())
    x, y = datasets.sklearn_set("breast_cancer")
    relu = [of(layers.Dense, 16, "relu")]
    build = _dense(30, relu, of(layers.Dense, 1, "softmax"), BINARY, adam)
    yield _made("same-class-always", "output-does-not-fit-loss", build, (x, y), epochs=15)
    build = _dense(64, [of(layers.Dense, 32, "relu")], of(layers.Dense, 10, "relu"), SPARSE, lambda: sgd(0.1))
    yield _made("relu-at-the-end", "output-does-not-fit-loss", build, pixels, epochs=10)
    hot = keras.utils.to_categorical(pixels[1])
    sigmoids = [of(layers.Dense, 32, "sigmoid")]
    build = _dense(64, sigmoids, of(layers.Dense, 10, "softmax"), "mse", lambda: sgd(0.01))
    yield _made("squares-of-digits", "loss-does-not-fit-task", build, (pixels[0], hot), "labels", epochs=10)
    build = _dense(
        64, [of(layers.Dense, 32, "relu")], of(layers.Dense, 10, "softmax"), BINARY, lambda: sgd(0.01)
    )
    yield _made("binary-of-digits", "loss-does-not-fit-task", build, (pixels[0], hot), "labels", epochs=10)
    build = _dense(64, relu, of(layers.Dense, 10, "softmax"), SPARSE, keras.optimizers.Adadelta)
    yield _made("adadelta-today", "learning-rate-too-low", build, pixels, epochs=10)
    build = _dense(30, relu, of(layers.Dense, 1, "sigmoid"), BINARY, adam)
    yield _made("minus-one-and-one", "targets-out-of-range", build, (x, y * 2 - 1), epochs=15)
    build = _dense(30, relu, of(layers.Dense, 1), "mae", adam)
    yield _made("amounts-of-two", "loss-does-not-fit-task", build, (x, y), epochs=15)
    holes = x.copy()
    holes[::50, 3] = np.nan
    build = _dense(30, relu, of(layers.Dense, 1, "sigmoid"), BINARY, adam)
    yield _made("empty-cells", "inputs-not-finite", build, (holes, y), epochs=10)
    x, y = datasets.prices(seed=3)
    build = _dense(8, [of(layers.Dense, 16, "relu")], of(layers.Dense, 1, "sigmoid"), "mse", adam)
    dear = (x, (y * 40 + 200).astype("float32"))
    yield _made("sigmoid-of-prices", "output-does-not-fit-loss", build, dear, "number", epochs=15)
    x, y = datasets.waves()
    body = (of(layers.LSTM, 16), of(layers.Dense, 1))
    build = chain((24, 1), *body, loss="mse", optimizer=adam)
    stock = (x * 900 + 4000, (y * 900 + 4000).astype("float32"))
    yield _made("stock-as-it-is", "inputs-not-scaled targets-not-scaled", build, stock, "number", epochs=10)
    x, y = datasets.sklearn_set("wine", scaled=False)
    build = _dense(13, [of(layers.Dense, 10, "relu")], of(layers.Dense, 3, "softmax"), SPARSE, adam)
    yield _made("wine-as-it-is", "inputs-not-scaled", build, (x, y), epochs=20)
    pair = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
    hidden = [of(layers.Dense, 8, "relu")]
    build = _dense(2, hidden, of(layers.Dense, 1, "sigmoid"), BINARY, lambda: sgd(0.01))
    fit = {"epochs": 5, "batch_size": 4, "validation": 0.0}
    yield _made("xor-of-five-epochs", "stopped-too-early", build, (pair, np.array([0, 1, 1, 0])), **fit)


def tutorials() -> Iterator[Training]:
    """Healthy programs, as in tutorials of Keras, rebuilt in the same way."""
    x, y = datasets.digits()
    body = (
        of(layers.Conv2D, 32, 3, padding="same", activation="relu"),
        of(layers.MaxPooling2D, 2),
        of(layers.Conv2D, 64, 3, padding="same", activation="relu"),
        of(layers.MaxPooling2D, 2),
        of(layers.Flatten),
        of(layers.Dropout, 0.5),
        of(layers.Dense, 10, "softmax"),
    )
    hot = keras.utils.to_categorical(y)
    build = chain((8, 8, 1), *body, loss="categorical_crossentropy", metrics=["accuracy"])
    yield training("tutorial-convnet", "outside", "labels", build, (x, hot), epochs=15, batch_size=128)
    flats = flat((x, y))
    body = (of(layers.Dense, 128, "relu"), of(layers.Dropout, 0.2), of(layers.Dense, 10))
    scores = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    build = chain((64,), *body, loss=scores, metrics=["accuracy"])
    yield training("tutorial-beginner", "outside", "classes", build, flats, epochs=5)
    x, y = datasets.sklearn_set("diabetes")
    body = (of(layers.Dense, 64, "relu"), of(layers.Dense, 64, "relu"), of(layers.Dense, 1))
    build = chain((10,), *body, loss="mse", metrics=["mae"], optimizer="rmsprop")
    yield training("tutorial-amounts", "outside", "number", build, (x, (y / 50).astype("float32")), epochs=30)
    x, y = datasets.words(2000, length=40, classes=2, seed=91)
    body = (of(layers.Embedding, 200, 32), of(layers.LSTM, 32), of(layers.Dense, 1, "sigmoid"))
    build = chain((40,), *body, loss=BINARY, metrics=["accuracy"], dtype="int32")
    yield training("tutorial-reviews", "outside", "classes", build, (x, y), epochs=4)
    x, y = datasets.rare(4000, share=0.03, seed=91)
    weight = {0: 0.515, 1: 16.7}
    body = (of(layers.Dense, 64, "relu"), of(layers.Dropout, 0.3), of(layers.Dense, 1, "sigmoid"))
    build = chain((10,), *body, loss=BINARY, metrics=["AUC", "Recall"])
    yield training("tutorial-fraud", "outside", "classes", build, (x, y), epochs=10, class_weight=weight)
    wave = (20 + 8 * np.sin(np.arange(3000) / 30)).astype("float32")
    wave = wave + np.random.default_rng(9).normal(0, 1, 3000).astype("float32")
    wave = (wave - wave[:2400].mean()) / wave[:2400].std()
    windows = np.lib.stride_tricks.sliding_window_view(wave, 33)
    body = (of(layers.LSTM, 32), of(layers.Dense, 1))
    build = chain((32, 1), *body, loss="mse", metrics=["mae"])
    data = (windows[:, :-1, None], windows[:, -1])
    yield training("tutorial-weather", "outside", "number", build, data, epochs=5, in_order=True)
    x, y = datasets.sklearn_set("iris", scaled=False)
    build = chain((4,), of(layers.Dense, 8, "relu"), of(layers.Dense, 3, "softmax"), loss=SPARSE, rate=0.01)
    yield training("tutorial-iris", "outside", "classes", build, (x, y), epochs=100, batch_size=5)
    x, y = datasets.sklearn_set("breast_cancer")
    build = chain((30,), of(layers.Dense, 1, "sigmoid"), loss=BINARY, metrics=["accuracy"], rate=0.01)
    yield training("tutorial-logistic", "outside", "classes", build, (x, y), epochs=40)
    body = (of(layers.Dense, 32, "relu"), of(layers.Dense, 64, "sigmoid"))
    build = chain((64,), *body, loss=BINARY)
    yield training("tutorial-autoencoder", "outside", "picture", build, (flats[0], flats[0]), epochs=40)
    line = np.linspace(-3, 3, 200, dtype="float32")[:, None]
    build = chain((1,), of(layers.Dense, 1), loss="mse", optimizer="sgd")
    yield training("tutorial-line", "outside", "number", build, (line, 2 * line[:, 0] - 1), epochs=50)
