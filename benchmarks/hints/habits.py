"""More healthy trainings: habits of many kinds of work, of which each looks wrong to some simple rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
from keras import layers

from benchmarks.hints import datasets
from benchmarks.hints.healthy import BINARY, SPARSE, classified, compiled, dense, flat
from benchmarks.hints.training import Training, training

Layers = list[Any]


def chain(shape: tuple[int | None, ...], *made: Any, loss: Any, metrics: Any = (), **options: Any) -> Any:
    """A builder of a Sequential; layers are given as functions without arguments, so that each is new."""

    def build() -> keras.Model:
        dtype = options.get("dtype", "float32")
        body = [each() for each in made]
        rest = {key: value for key, value in options.items() if key != "dtype"}
        rest = {key: value() if callable(value) else value for key, value in rest.items()}
        return compiled(
            keras.Sequential([keras.Input(shape, dtype=dtype), *body]), loss, list(metrics), **rest
        )

    return build


def of(kind: Callable[..., Any], *args: Any, **kwargs: Any) -> Callable[[], Any]:
    """A layer to be made."""
    return lambda: kind(*args, **kwargs)


def habits() -> Iterator[Training]:
    """Makes all of them."""
    yield from _scaled_inside()
    yield from _other_activations()
    yield from _plans()
    yield from _other_goals()
    yield from _series()
    yield from _texts()
    yield from _pictures()
    yield from _tiny()
    yield from _from_weights()
    yield from _several()


def _scaled_inside() -> Iterator[Training]:
    """Large numbers that a layer brings into range, or that are meant."""
    pixels = datasets.digits(most=16 / 255)
    conv = (of(layers.Conv2D, 12, 3, activation="relu"), of(layers.Flatten), of(layers.Dense, 10, "softmax"))
    for name, first in {
        "pixels-to-minus-one": of(layers.Rescaling, 1 / 127.5, offset=-1.0),
        "pixels-normalized": of(layers.Normalization, axis=None, mean=78.0, variance=95.0**2),
        "pixels-batch-normalized": of(layers.BatchNormalization),
    }.items():
        build = chain((8, 8, 1), first, *conv, loss=SPARSE, metrics=["accuracy"], rate=0.002)
        yield training(name, "pictures", "classes", build, pixels, epochs=12)
    x, y = datasets.sklearn_set("wine", scaled=False)
    for name, first in {
        "wine-normalized": of(layers.Normalization, mean=x.mean(0).tolist(), variance=x.var(0).tolist()),
        "wine-batch-normalized": of(layers.BatchNormalization),
    }.items():
        ends = (of(layers.Dense, 16, "relu"), of(layers.Dense, 3, "softmax"))
        build = chain((13,), first, *ends, loss=SPARSE, metrics=["accuracy"], rate=0.005)
        yield training(name, "table", "classes", build, (x, y), epochs=60)
    x, y = datasets.prices(seed=11)
    ends = (of(layers.Dense, 32, "relu"), of(layers.Dense, 1), of(layers.Rescaling, 8e4, offset=2e5))
    build = chain((8,), *ends, loss="mae", metrics=["mae"], rate=0.003)
    yield training("scale-in-the-end", "table", "number", build, (x, y * 8e4 + 2e5), epochs=30)


def _other_activations() -> Iterator[Training]:
    """Units that are not relu, and deep networks that are made for it."""
    data = datasets.table(seed=12)
    for name, made in {
        "prelu": [of(layers.Dense, 32), of(layers.PReLU), of(layers.Dense, 32), of(layers.PReLU)],
        "elu": [of(layers.Dense, 32, "elu"), of(layers.Dense, 32, "elu")],
        "leaky": [
            of(layers.Dense, 32),
            of(layers.LeakyReLU, 0.2),
            of(layers.Dense, 32),
            of(layers.LeakyReLU),
        ],
        "selu": [
            *(of(layers.Dense, 32, "selu", kernel_initializer="lecun_normal") for _ in range(4)),
            of(layers.AlphaDropout, 0.05),
        ],
        "deep-relu": [of(layers.Dense, 32, "relu", kernel_initializer="he_normal") for _ in range(9)],
        "deep-tanh": [of(layers.Dense, 24, "tanh") for _ in range(5)],
        "sigmoids": [of(layers.Dense, 24, "sigmoid"), of(layers.Dense, 16, "sigmoid")],
        "normalized-between": [
            layer
            for _ in range(3)
            for layer in (
                of(layers.Dense, 32, use_bias=False),
                of(layers.BatchNormalization),
                of(layers.Activation, "relu"),
            )
        ],
        "deep-normalized-sigmoids": [
            layer
            for _ in range(6)
            for layer in (
                of(layers.Dense, 32),
                of(layers.BatchNormalization),
                of(layers.Activation, "sigmoid"),
            )
        ],
        "wide": [of(layers.Dense, 512, "relu")],
        "narrow-neck": [of(layers.Dense, 32, "relu"), of(layers.Dense, 4), of(layers.Dense, 32, "relu")],
    }.items():
        build = chain(
            (12,), *made, of(layers.Dense, 3, "softmax"), loss=SPARSE, metrics=["accuracy"], rate=3e-3
        )
        yield training(f"net-{name}", "table", "classes", build, data, epochs=30)


def _plans() -> Iterator[Training]:
    """Schedules, optimizers, batches and ends of many kinds."""
    schedules = keras.optimizers.schedules
    pixels = flat(datasets.digits())
    for name, optimizer in {
        "cosine": lambda: keras.optimizers.Adam(schedules.CosineDecay(0.005, 600)),
        "exponential": lambda: keras.optimizers.Adam(schedules.ExponentialDecay(0.01, 100, 0.8)),
        "momentum": lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        "adagrad": lambda: keras.optimizers.Adagrad(0.1),
        "adadelta": lambda: keras.optimizers.Adadelta(1.0),
        "adamw": lambda: keras.optimizers.AdamW(0.002, weight_decay=0.01),
        "fast-sgd": lambda: keras.optimizers.SGD(0.5),
        "lion": lambda: keras.optimizers.Lion(0.0005),
        "clipped": lambda: keras.optimizers.Adam(0.003, clipnorm=1.0),
    }.items():
        build = chain(
            (64,),
            of(layers.Dense, 48, "relu"),
            of(layers.Dense, 10, "softmax"),
            loss=SPARSE,
            metrics=["accuracy"],
            optimizer=optimizer,
        )
        yield training(f"plan-{name}", "pictures", "classes", build, pixels, epochs=15)
    stop = {"class_name": "EarlyStopping", "config": {"patience": 15, "restore_best_weights": True}}
    noisy = datasets.table(400, noise=0.2, seed=21)
    plan = {"callbacks": [stop]}
    yield classified("early-stopping", noisy, 3, epochs=200, units=(64, 64), plan=plan)
    slower = {"class_name": "ReduceLROnPlateau", "config": {"patience": 4}}
    yield classified(
        "slower-on-plateaus", datasets.table(seed=22), 3, epochs=40, plan={"callbacks": [slower]}
    )
    yield classified("single-samples", datasets.table(300, seed=23), 3, epochs=5, batch_size=1, rate=0.001)
    yield classified("whole-batches", datasets.table(500, seed=24), 3, epochs=300, batch_size=500, rate=0.01)
    yield classified("few-epochs", datasets.table(6000, seed=25), 3, epochs=3, rate=0.005)
    yield classified("one-epoch-of-many", datasets.table(12000, seed=26), 3, epochs=1, rate=0.005)
    yield classified("many-epochs", datasets.table(1500, noise=0.0, seed=27), 3, epochs=80, units=(16,))
    yield classified("not-validated", datasets.table(seed=28), 3, epochs=20, validation=0.0)


def _other_goals() -> Iterator[Training]:
    """Losses and targets that are not the usual ones, and right."""
    x, y = datasets.table(seed=31)
    hot = keras.utils.to_categorical(y)
    smooth = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    for name, last, loss in (
        ("smoothed", "softmax", smooth),
        ("one-against-rest", "sigmoid", BINARY),
        ("kl", "softmax", "kl_divergence"),
        ("focal", "softmax", "categorical_focal_crossentropy"),
    ):
        build = dense(12, (32, 32), (3, last), loss, ["accuracy"], rate=0.005)
        yield training(f"goal-{name}", "table", "classes", build, (x, hot), epochs=25)
    x, y = datasets.points("moons", seed=31)
    build = dense(2, (32, 32), (1, "tanh"), "hinge", [], rate=0.01)
    yield training("goal-hinge", "points", "other", build, (x, y * 2 - 1), epochs=30)
    scores = keras.losses.BinaryCrossentropy(from_logits=True)
    build = dense(2, (32, 32), (1, "linear"), scores, [], rate=0.01)
    yield training("goal-one-score", "points", "other", build, (x, y), epochs=30)
    x, y = datasets.rare(3000, share=0.05, seed=31)
    build = dense(10, (32,), (1, "sigmoid"), "binary_focal_crossentropy", ["AUC"], rate=0.003)
    yield training("goal-rare-focal", "table", "classes", build, (x, y), epochs=15)
    draw = np.random.default_rng(31)
    x = draw.normal(size=(1200, 6)).astype("float32")
    counts = draw.poisson(np.exp(0.7 * x[:, 0] - 0.5 * x[:, 1] + 0.5)).astype("float32")
    build = dense(6, (16,), (1, "exponential"), "poisson", [], rate=0.003)
    yield training("goal-counts", "table", "number", build, (x, counts), epochs=30)
    share = (1 / (1 + np.exp(-x @ draw.normal(size=6)))).astype("float32")
    for name, loss in (("mse", "mse"), ("crossentropy", BINARY)):
        build = dense(6, (16,), (1, "sigmoid"), loss, ["mae"], rate=0.005)
        yield training(f"goal-share-{name}", "table", "number", build, (x, share), epochs=25)
    build = dense(6, (24,), (1, "relu"), "mse", ["mae"], rate=0.005)
    yield training("goal-positive", "table", "number", build, (x, np.abs(x[:, 0] + x[:, 1]) + 0.5), epochs=30)
    far = (x, np.stack([x[:, 0] * x[:, 1], np.sin(x[:, 2]), x[:, 3]], 1))
    build = dense(6, (64, 64), (3, "linear"), "mse", ["mae"], rate=0.005)
    yield training("goal-three-numbers", "table", "number", build, far, epochs=40)
    build = dense(6, (32,), (3, "linear"), "cosine_similarity", [], rate=0.003)
    yield training(
        "goal-direction", "table", "other", build, (x, x[:, :3] @ draw.normal(size=(3, 3))), epochs=20
    )
    ratings = np.clip(np.round(3 + x[:, 0] + 0.5 * x[:, 1]), 1, 5).astype("float32")
    build = dense(6, (24,), (1, "linear"), "mse", ["mae"], rate=0.005)
    yield training("goal-ratings", "table", "number", build, (x, ratings), epochs=25)


def _series() -> Iterator[Training]:
    """Values in time, among them such that neither are shuffled nor stay where they were."""
    x, y = datasets.waves(seed=41)
    body = (of(layers.Bidirectional, layers.LSTM(12)), of(layers.Dense, 1))
    build = chain((24, 1), *body, loss="mse", metrics=["mae"], rate=0.01)
    yield training("series-both-ways", "series", "number", build, (x, y), epochs=10)
    body = (of(layers.Conv1D, 16, 3, activation="relu"), of(layers.GlobalMaxPooling1D), of(layers.Dense, 1))
    build = chain((24, 1), *body, loss="mse", metrics=["mae"], rate=0.01)
    yield training("series-convolved", "series", "number", build, (x, y), epochs=20)
    time = np.arange(1400)
    wave = np.sin(time / 25).astype("float32")
    windows = np.lib.stride_tricks.sliding_window_view(wave, 21)
    build = dense(20, (32,), (1, "linear"), "mse", ["mae"], rate=0.003)
    yield training(
        "series-slow-windows", "series", "number", build, (windows[:, :-1], windows[:, -1]), epochs=15
    )
    trend = (wave + time / 600 + np.random.default_rng(4).normal(0, 0.05, 1400)).astype("float32")
    windows = np.lib.stride_tricks.sliding_window_view(trend - trend[:1120].mean(), 21)
    build = chain((20, 1), of(layers.GRU, 16), of(layers.Dense, 1), loss="mse", metrics=["mae"], rate=0.005)
    data = (windows[:, :-1, None], windows[:, -1])
    yield training("series-trend", "series", "number", build, data, epochs=15, in_order=True, shuffle=False)
    body = (of(layers.GRU, 16, return_sequences=True), of(layers.TimeDistributed, layers.Dense(1)))
    build = chain((20, 1), *body, loss="mse", metrics=["mae"], rate=0.01)
    step = np.lib.stride_tricks.sliding_window_view(wave, 21)
    yield training(
        "series-each-step", "series", "other", build, (step[:, :-1, None], step[:, 1:, None]), epochs=8
    )


def _texts() -> Iterator[Training]:
    """Numbers of words, and counts of them."""
    x, y = datasets.words(1200, seed=51)

    def attention() -> keras.Model:
        inputs = keras.Input((20,), dtype="int32")
        found = layers.Embedding(200, 16)(inputs)
        found = layers.LayerNormalization()(found + layers.MultiHeadAttention(2, 8)(found, found))
        found = layers.GlobalAveragePooling1D()(layers.Dense(16, "relu")(found))
        outputs = layers.Dense(3, "softmax")(layers.Dropout(0.1)(found))
        return compiled(keras.Model(inputs, outputs), SPARSE, ["accuracy"], rate=0.003)

    yield training("words-attention", "text", "classes", attention, (x, y), epochs=8)
    body = (
        of(layers.Embedding, 200, 16),
        of(layers.Conv1D, 24, 3, activation="relu"),
        of(layers.GlobalMaxPooling1D),
        of(layers.Dense, 3, "softmax"),
    )
    build = chain((20,), *body, loss=SPARSE, metrics=["accuracy"], rate=0.005, dtype="int32")
    yield training("words-convolved", "text", "classes", build, (x, y), epochs=8)
    counts = np.stack([np.bincount(row, minlength=200) for row in x]).astype("float32")
    build = dense(200, (16,), (3, "softmax"), SPARSE, ["accuracy"], dropout=0.3, rate=0.003)
    yield training("words-counted", "text", "classes", build, (counts, y), epochs=12)


def _pictures() -> Iterator[Training]:
    """Networks for pictures beyond a classifier, and such that regularize much."""
    x, y = datasets.shapes(800, seed=61)

    def residual() -> keras.Model:
        inputs = keras.Input((16, 16, 1))
        found = layers.Conv2D(12, 3, padding="same", activation="relu")(inputs)
        for _ in range(2):
            side = layers.BatchNormalization()(layers.Conv2D(12, 3, padding="same")(found))
            found = layers.ReLU()(layers.add([found, side]))
        outputs = layers.Dense(3, "softmax")(layers.GlobalMaxPooling2D()(found))
        return compiled(keras.Model(inputs, outputs), SPARSE, ["accuracy"], rate=0.003)

    yield training("residual", "pictures", "classes", residual, (x, y), epochs=12)
    body = (
        of(layers.RandomTranslation, 0.1, 0.1),
        of(layers.Conv2D, 12, 3, activation="relu"),
        of(layers.MaxPooling2D),
        of(layers.SpatialDropout2D, 0.2),
        of(layers.Flatten),
        of(layers.Dense, 48, "relu"),
        of(layers.Dropout, 0.5),
        of(layers.Dense, 3, "softmax"),
    )
    build = chain((16, 16, 1), *body, loss=SPARSE, metrics=["accuracy"], rate=0.002)
    yield training("augmented", "pictures", "classes", build, (x, y), epochs=25)
    marked = (x > 0.65).astype("float32")
    body = (
        of(layers.Conv2D, 8, 3, padding="same", activation="relu"),
        of(layers.Conv2D, 1, 3, padding="same", activation="sigmoid"),
    )
    build = chain((16, 16, 1), *body, loss=BINARY, metrics=["accuracy"], rate=0.005)
    yield training("segmented", "pictures", "other", build, (x, marked), epochs=10)
    noise = np.random.default_rng(6).normal(0, 0.15, x.shape).astype("float32")
    body = (
        of(layers.Conv2D, 12, 3, padding="same", strides=2, activation="relu"),
        of(layers.Conv2DTranspose, 12, 3, padding="same", strides=2, activation="relu"),
        of(layers.Conv2D, 1, 3, padding="same", activation="sigmoid"),
    )
    build = chain((16, 16, 1), *body, loss="mse", metrics=["mae"], rate=0.003)
    yield training("denoised", "pictures", "picture", build, (x + noise, x), epochs=12)
    pixels = flat(datasets.digits())[0]
    centred = pixels - pixels.mean(axis=0)
    build = chain((64,), of(layers.Dense, 12), of(layers.Dense, 64), loss="mse", metrics=["mae"], rate=0.003)
    yield training("linear-autoencoder", "pictures", "picture", build, (centred, centred), epochs=20)
    body = (*(of(layers.Dense, n, "relu") for n in (32, 12, 32)), of(layers.Dense, 64, "sigmoid"))
    build = chain((64,), *body, loss=BINARY, rate=0.003)
    yield training("deep-autoencoder", "pictures", "picture", build, (pixels, pixels), epochs=25)


def _tiny() -> Iterator[Training]:
    """Hardly any data, as in lessons."""
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
    y = np.array([0, 1, 1, 0], "float32")
    for name, loss, activation in (("xor", BINARY, "relu"), ("xor-squared", "mse", "tanh")):
        build = dense(2, (8,), (1, "sigmoid"), loss, [], activation=activation, rate=0.05)
        yield training(name, "points", "other", build, (x, y), validation=0.0, epochs=300, batch_size=4)
    line = np.linspace(-1, 1, 20, dtype="float32")[:, None]
    build = dense(1, (), (1, "linear"), "mse", [], optimizer="sgd", rate=0.1)
    yield training("line-of-20", "table", "other", build, (line, 3 * line[:, 0] + 2), epochs=60, batch_size=4)
    x, y = datasets.sklearn_set("iris")
    yield classified("iris-of-30", (x[::5], y[::5]), 3, units=(8,), epochs=120, rate=0.01)


def _from_weights() -> Iterator[Training]:
    """Layers that stay as they are, since they were trained before."""
    x, y = flat(datasets.digits())
    first = y < 5
    base = keras.Sequential(
        [keras.Input((64,)), layers.Dense(48, "relu", name="known"), layers.Dense(32, "relu", name="known2")]
    )
    before = keras.Sequential([base, layers.Dense(5, "softmax")])
    keras.utils.set_random_seed(3)
    before.compile(keras.optimizers.Adam(0.003), SPARSE)
    before.fit(x[first], y[first], epochs=10, verbose=0)
    known = [layer.get_weights() for layer in base.layers]

    def build() -> keras.Model:
        model = keras.Sequential(
            [
                keras.Input((64,)),
                layers.Dense(48, "relu", name="known", trainable=False),
                layers.Dense(32, "relu", name="known2", trainable=False),
                layers.Dense(5, "softmax"),
            ]
        )
        return compiled(model, SPARSE, ["accuracy"], rate=0.005)

    keras.utils.set_random_seed(4)
    model = build()
    weights = [*known[0], *known[1], *model.layers[-1].get_weights()]
    rest = (x[~first], y[~first] - 5)
    yield training("frozen-base", "pictures", "classes", build, rest, epochs=20, weights=weights)

    def tuned() -> keras.Model:
        model = build()
        for layer in model.layers:
            layer.trainable = True
        model.compile(keras.optimizers.Adam(2e-5), SPARSE, metrics=["accuracy"])
        return model

    model = build()
    model.set_weights(weights)
    model.fit(*rest, epochs=15, verbose=0)
    again = model.get_weights()
    yield training("fine-tuned", "pictures", "classes", tuned, rest, epochs=5, weights=again)


@keras.saving.register_keras_serializable("benchmarks")
class OwnSteps(keras.Model):  # type: ignore[misc]
    """A model with a step of its own: half of each batch is trained on."""

    def train_step(self, data: Any) -> Any:
        """Passes half of a batch on."""
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        half = keras.ops.shape(x)[0] // 2 + 1
        return super().train_step((x[:half], y[:half]))


@keras.saving.register_keras_serializable("benchmarks")
def critic(y_true: Any, y_pred: Any) -> Any:
    """The loss of a critic of pictures, as of a Wasserstein GAN: it is below 0 where it does well."""
    return keras.ops.mean(y_true * y_pred) + 0.1 * keras.ops.mean(keras.ops.square(y_pred))


def _several() -> Iterator[Training]:
    """Several inputs or outputs, steps and losses of one's own."""
    draw = np.random.default_rng(71)
    users, items = draw.integers(0, 40, 2500), draw.integers(0, 60, 2500)
    taste = draw.normal(size=(40, 3)), draw.normal(size=(60, 3))
    liked = ((taste[0][users] * taste[1][items]).sum(1) + draw.normal(0, 0.2, 2500)).astype("float32")

    def recommending() -> keras.Model:
        both = [keras.Input((1,), dtype="int32", name=name) for name in ("user", "item")]
        found = [
            layers.Flatten()(layers.Embedding(size, 6)(each))
            for size, each in zip((40, 60), both, strict=True)
        ]
        return compiled(keras.Model(both, layers.Dot(1)(found)), "mse", ["mae"], rate=0.02)

    x = [users[:, None].astype("int32"), items[:, None].astype("int32")]
    yield training("several-recommending", "several", "other", recommending, (x, liked), epochs=20)
    x, y = datasets.table(seed=72)
    amount = (x[:, 0] * x[:, 1]).astype("float32")

    def two_goals() -> keras.Model:
        inputs = keras.Input((12,))
        found = layers.Dense(48, "relu")(inputs)
        outputs = [layers.Dense(3, "softmax", name="kind")(found), layers.Dense(1, name="amount")(found)]
        model = keras.Model(inputs, outputs)
        model.compile(keras.optimizers.Adam(0.005), [SPARSE, "mse"])
        return model

    yield training("several-goals", "several", "other", two_goals, (x, [y, amount]), epochs=25)

    def own_steps() -> keras.Model:
        inputs = keras.Input((12,))
        outputs = layers.Dense(3, "softmax")(layers.Dense(32, "relu")(inputs))
        return compiled(OwnSteps(inputs, outputs), SPARSE, ["accuracy"], rate=0.005)

    yield training("own-steps", "table", "other", own_steps, (x, y), epochs=20)
    real = datasets.shapes(500, seed=73)[0]
    made_up = draw.random((500, 16, 16, 1)).astype("float32")
    pictures = np.concatenate([real, made_up])
    sign = np.repeat(np.array([-1, 1], "float32"), 500)
    body = (
        of(layers.Conv2D, 8, 3, strides=2),
        of(layers.LeakyReLU, 0.2),
        of(layers.Flatten),
        of(layers.Dense, 1),
    )
    build = chain((16, 16, 1), *body, loss=critic, rate=0.001)
    yield training("own-critic", "pictures", "other", build, (pictures, sign[:, None]), epochs=8)
