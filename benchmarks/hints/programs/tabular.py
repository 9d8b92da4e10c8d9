"""Tables with classes, as courses and competitions have them."""

from __future__ import annotations

import keras
import numpy as np
import sklearn.datasets
from keras import Sequential, layers
from keras.layers import Dense, Dropout

from benchmarks.hints.programs.program import Made, drawn, program
from benchmarks.hints.programs.samples import adult, passengers

SCORES = keras.losses.SparseCategoricalCrossentropy


@program(
    without_weights="class-imbalance",
    repeated_first="validation-leak",
    target_kept="target-in-inputs",
)
def card_fraud(fault: str) -> Made:
    draw = drawn(41)
    y = (draw.random(6000) < 0.02) * 1
    x = draw.normal(size=(6000, 16)) + 0.7 * y[:, None] * (np.arange(16) < 8)
    if fault == "target kept":
        x[:, 5] = y + draw.normal(0, 0.01, 6000)
    x = x.astype("float32")
    model = Sequential([keras.Input((16,)), Dense(32, "relu"), Dropout(0.3), Dense(32, "relu"), Dropout(0.3)])
    model.add(Dense(1, "sigmoid"))
    metrics = ["accuracy"] if fault == "without weights" else ["Precision", "Recall"]
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=metrics)
    fit: dict = {"epochs": 8, "batch_size": 256}
    weight = {0: 1 / (y == 0).sum(), 1: 1 / (y == 1).sum()}
    if fault == "repeated first":
        rare = np.flatnonzero(y)
        order = np.concatenate([np.arange(6000), np.repeat(rare, 40)])
        return Made(model, x[order], y[order], fit={**fit, "epochs": 5})
    if fault == "without weights":
        return Made(model, x, y, fit=fit)
    return Made(
        model, x, y, fit={**fit, "class_weight": {key: value * 3000 for key, value in weight.items()}}
    )


@program(as_they_are="inputs-not-scaled", patience_of_none="stopped-too-early learning-rate-too-low")
def who_survived(fault: str) -> Made:
    columns, y = passengers()
    x = np.column_stack(list(columns.values()))
    if fault != "as they are":
        x = (x - x.mean(0)) / x.std(0)
    else:
        x[:, 3] *= 40
    model = Sequential(
        [keras.Input((5,)), Dense(32, "relu"), Dropout(0.2), Dense(16, "relu"), Dense(1, "sigmoid")]
    )
    rate = 3e-5 if fault == "patience of none" else 0.003
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    patience = 0 if fault == "patience of none" else 8
    stop = {"class_name": "EarlyStopping", "config": {"patience": patience, "restore_best_weights": True}}
    fit = {"epochs": 60, "batch_size": 32, "plan": {"callbacks": [stop]}}
    return Made(model, x.astype("float32"), y, fit=fit)


@program()
def passengers_by_columns(fault: str) -> Made:
    columns, y = passengers()
    inputs = {name: keras.Input((1,), name=name) for name in columns}
    encoded = [layers.Embedding(4, 4)(inputs["rank"]), layers.Embedding(2, 2)(inputs["sex"])]
    encoded = [layers.Flatten()(each) for each in encoded]
    for name in ("age", "fare", "kin"):
        values = columns[name]
        encoded.append(layers.Normalization(mean=values.mean(), variance=values.var())(inputs[name]))
    found = layers.Dropout(0.2)(layers.Dense(32, "relu")(layers.concatenate(encoded)))
    model = keras.Model(inputs, layers.Dense(1, "sigmoid")(found))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy", "AUC"])
    x = {name: values.astype("float32")[:, None] for name, values in columns.items()}
    return Made(model, x, y.astype("float32"), "other", {"epochs": 25})


@program()
def wide_and_deep(fault: str) -> Made:
    x, y = adult()
    x = ((x - x.mean(0)) / x.std(0)).astype("float32")
    wide, deep = keras.Input((5,), name="wide"), keras.Input((7,), name="deep")
    found = layers.BatchNormalization()(layers.Dense(32, "relu")(deep))
    found = layers.concatenate([wide, layers.Dense(16, "relu")(found)])
    model = keras.Model([wide, deep], layers.Dense(1, "sigmoid")(found))
    model.compile(keras.optimizers.Adagrad(0.05), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, [x[:, :5], x[:, 5:]], y, "other", {"epochs": 12})


@program(
    frozen="nothing-trainable",
    constant="zero-initialization @hidden",
    zeros="zero-initialization @hidden",
    hardly_moving="learning-rate-too-low",
    far_too_fast="learning-rate-too-high loss-not-finite",
    inside="softmax-inside @hidden",
)
def wine_course(fault: str) -> Made:
    x, y = sklearn.datasets.load_wine(return_X_y=True)
    first = {"constant": keras.initializers.Constant(0.05), "zeros": "zeros"}.get(fault, "glorot_uniform")
    bent = "softmax" if fault == "inside" else "relu"
    model = Sequential(
        [
            keras.Input((13,)),
            layers.Normalization(mean=x.mean(0).tolist(), variance=x.var(0).tolist(), name="scaled"),
            Dense(24, bent, kernel_initializer=first, name="hidden"),
            Dense(12, bent, kernel_initializer=first, name="second"),
            Dense(
                3,
                "softmax",
                kernel_initializer="zeros" if fault == "zeros" else "glorot_uniform",
                name="kind",
            ),
        ]
    )
    if fault == "frozen":
        model.trainable = False
        for layer in model.layers:
            layer.trainable = False
    rate = {"hardly moving": 1e-6, "far too fast": 1.5}.get(fault, 0.005)
    model.compile(keras.optimizers.Nadam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x.astype("float32"), y, fit={"epochs": 30, "batch_size": 8})


@program(
    not_shuffled="samples-not-shuffled", last_ones="validation-not-representative", moved_up="not-learning"
)
def flowers_in_order(fault: str) -> Made:
    x, y = sklearn.datasets.make_blobs(900, 6, centers=5, cluster_std=3.0, random_state=4)
    x = ((x - x.mean(0)) / x.std(0)).astype("float32")
    model = Sequential([keras.Input((6,)), Dense(24, "elu"), Dense(5)])
    model.compile("rmsprop", SCORES(from_logits=True), metrics=["accuracy"])
    fit: dict = {"epochs": 15, "batch_size": 16}
    if fault == "last ones":
        order = np.argsort(y, kind="stable")
        x, y = x[order], y[order]
        return Made(model, x, y, fit={**fit, "validation": 0.0, "validation_split": 0.2, "in_order": True})
    if fault == "moved up":
        y = np.random.default_rng(5).permutation(y)
    if fault == "not shuffled":
        held = (x[:180], y[:180])
        order = np.argsort(y[180:], kind="stable")
        x, y = x[180:][order], y[180:][order]
        return Made(
            model, x, y, fit={**fit, "shuffle": False, "validation": 0.0, "in_order": True}, held=held
        )
    return Made(model, x, y, fit=fit)


@program(sound=False, many_units="overfitting")
def few_patients(fault: str) -> Made:
    draw = drawn(42)
    x = draw.normal(size=(160, 30)).astype("float32")
    y = (x[:, 0] + x[:, 1] + draw.logistic(0, 0.8, 160) > 0) * 1
    model = Sequential([keras.Input((30,)), Dense(256, "relu"), Dense(256, "relu"), Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 120 if fault else 5, "validation": 0.4})


@program()
def logistic_regression(fault: str) -> Made:
    x, y = sklearn.datasets.load_breast_cancer(return_X_y=True)
    x = ((x - x.mean(0)) / x.std(0)).astype("float32")
    model = Sequential([keras.Input((30,)), Dense(1, "sigmoid", kernel_regularizer="l2")])
    model.compile(keras.optimizers.SGD(0.5), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 30})


@program()
def iris_as_it_is(fault: str) -> Made:
    x, y = sklearn.datasets.load_iris(return_X_y=True)
    model = Sequential([keras.Input((4,)), Dense(10, "relu"), Dense(10, "relu"), Dense(3, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x.astype("float32"), y, fit={"epochs": 150, "batch_size": 5})


@program()
def thirty_samples(fault: str) -> Made:
    x, y = sklearn.datasets.load_iris(return_X_y=True)
    some = drawn(43).permutation(150)[:30]
    model = Sequential(
        [keras.Input((4,)), layers.Normalization(mean=[5.8, 3.1, 3.8, 1.2], variance=[0.7, 0.2, 3.1, 0.6])]
    )
    model.add(Dense(6, "tanh"))
    model.add(Dense(3, "softmax"))
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x[some].astype("float32"), y[some], fit={"epochs": 40, "batch_size": 4})


@program()
def one_batch_by_heart(fault: str) -> Made:
    """To see whether it can learn at all, as debugging guides say."""
    draw = drawn(44)
    x, y = draw.normal(size=(32, 20)).astype("float32"), draw.integers(0, 4, 32)
    model = Sequential([keras.Input((20,)), Dense(64, "relu"), Dense(4, "softmax")])
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 60, "validation": 0.0})


@program()
def hardly_any_signal(fault: str) -> Made:
    """One in ten labels can be told; that is all there is."""
    draw = drawn(45)
    x = draw.normal(size=(4000, 8)).astype("float32")
    y = (0.55 * x[:, 0] - 0.45 * x[:, 3] + draw.logistic(0, 1, 4000) > 0) * 1
    model = Sequential([keras.Input((8,)), Dense(16, "relu"), Dropout(0.2), Dense(1, "sigmoid")])
    model.compile(keras.optimizers.Adam(0.002), "binary_crossentropy", metrics=["accuracy", "AUC"])
    return Made(model, x, y, fit={"epochs": 8, "batch_size": 64})


@program()
def soft_labels(fault: str) -> Made:
    """Mixup: rows and their one-hot classes are mixed."""
    x, y = sklearn.datasets.make_classification(
        1500, 20, n_informative=10, n_classes=4, class_sep=1.6, random_state=6
    )
    x, one = (x - x.mean(0)) / x.std(0), keras.utils.to_categorical(y)
    draw = drawn(46)
    share, order = draw.beta(0.4, 0.4, (1200, 1)), draw.permutation(1200)
    held = (x[1200:].astype("float32"), one[1200:])
    x = (share * x[:1200] + (1 - share) * x[:1200][order]).astype("float32")
    one = (share * one[:1200] + (1 - share) * one[:1200][order]).astype("float32")
    model = Sequential([keras.Input((20,)), Dense(64, "silu"), Dense(64, "silu"), Dense(4, "softmax")])
    rate = keras.optimizers.schedules.CosineDecay(0.004, 800)
    model.compile(
        keras.optimizers.AdamW(rate, weight_decay=0.005), "categorical_crossentropy", metrics=["accuracy"]
    )
    return Made(model, x, one, "classes", {"epochs": 20, "validation": 0.0}, held=held)


@program()
def ordinal(fault: str) -> Made:
    """Grades as cumulative yes or no: 2 of 4 is 1, 1, 0, 0."""
    draw = drawn(47)
    x = draw.normal(size=(1500, 6)).astype("float32")
    grade = np.digitize(x[:, 0] + 0.7 * x[:, 1] + draw.normal(0, 0.3, 1500), [-1.2, -0.3, 0.4, 1.3])
    y = (grade[:, None] > np.arange(4)).astype("float32")
    model = Sequential([keras.Input((6,)), Dense(24, "relu"), Dense(4, "sigmoid")])
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["binary_accuracy"])
    return Made(model, x, y, "labels", {"epochs": 20})


@program()
def two_units_for_two(fault: str) -> Made:
    x, y = sklearn.datasets.make_circles(800, noise=0.1, factor=0.45, random_state=7)
    model = Sequential([keras.Input((2,)), Dense(16, "tanh"), Dense(16, "tanh"), Dense(2, "softmax")])
    model.compile(
        keras.optimizers.SGD(0.3, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return Made(model, x.astype("float32"), y, fit={"epochs": 40})


@program()
def deep_with_shortcuts(fault: str) -> Made:
    x, y = sklearn.datasets.make_classification(
        1200, 16, n_informative=8, n_classes=3, class_sep=1.4, random_state=8
    )
    inputs = keras.Input((16,))
    found = layers.Dense(32)(inputs)
    for _ in range(8):
        side = layers.Dense(32, "relu")(layers.LayerNormalization()(found))
        found = layers.add([found, layers.Dense(32, kernel_initializer="zeros")(side)])
    model = keras.Model(inputs, layers.Dense(3, "softmax")(found))
    model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, ((x - x.mean(0)) / x.std(0)).astype("float32"), y, fit={"epochs": 20})


@program()
def experts(fault: str) -> Made:
    """A mixture: a softmax in the middle weighs what others say."""
    x, y = sklearn.datasets.make_moons(1000, noise=0.2, random_state=9)
    inputs = keras.Input((2,))
    gate = layers.Dense(4, "softmax", name="gate")(inputs)
    said = layers.Dense(4, "tanh")(layers.Dense(16, "relu")(inputs))
    model = keras.Model(inputs, layers.Dense(1, "sigmoid")(layers.multiply([gate, said])))
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x.astype("float32"), y, fit={"epochs": 40})


@program()
def distilled(fault: str) -> Made:
    """A small network learns the softened answers of a larger one."""
    x, y = sklearn.datasets.load_digits(return_X_y=True)
    x = (x / 16).astype("float32")
    near = np.exp(-((x[:, None, :] - np.stack([x[y == k].mean(0) for k in range(10)])) ** 2).sum(-1) / 2)
    soft = (near / near.sum(1, keepdims=True)).astype("float32")
    model = Sequential([keras.Input((64,)), Dense(32, "relu"), Dense(10, "softmax")])
    model.compile(keras.optimizers.Adam(0.005), "kl_divergence", metrics=["categorical_accuracy"])
    return Made(model, x, soft, "labels", {"epochs": 25})
