"""Questions at Stack Overflow, as in the benchmarks of DeepLocalize and DeepFD, told again on other data."""

from __future__ import annotations

import keras
import numpy as np
import sklearn.datasets
from keras import Sequential, layers
from keras.layers import Activation, Dense, Dropout
from keras.optimizers import SGD, RMSprop

from benchmarks.hints.programs.program import Made, drawn, program
from benchmarks.hints.programs.samples import adult, letters, logic, packets


@program(
    sound=False,
    mean_absolute_error="loss-does-not-fit-task",
    softmax="output-does-not-fit-loss",
)
def xor_of_four(fault: str) -> Made:
    x, y = logic()
    model = Sequential([keras.Input((2,))])
    model.add(Dense(4, kernel_initializer="glorot_uniform"))
    model.add(Activation("tanh"))
    model.add(Dense(1, kernel_initializer="glorot_uniform"))
    model.add(Activation("softmax" if fault == "softmax" else "sigmoid"))
    loss = "mean_absolute_error" if fault == "mean absolute error" else "mse"
    model.compile(SGD(0.5, momentum=0.9), loss)
    return Made(model, x, y, "classes", {"epochs": 400, "batch_size": 4, "validation": 0.0})


@program(one_unit="output-does-not-fit-loss")
def ones_and_zeros(fault: str) -> Made:
    draw = drawn(11)
    y = draw.random(600) < 0.5
    x = np.repeat(y[:, None], 64, axis=1).astype("float32") + draw.normal(0, 0.5, (600, 64)).astype("float32")
    model = Sequential([keras.Input((64,))])
    for _ in range(2):
        model.add(Dense(50))
        model.add(Activation("relu"))
        model.add(Dropout(0.2))
    model.add(Dense(1))
    model.add(Activation("softmax" if fault else "sigmoid"))
    model.compile(RMSprop(), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y.astype("int64"), fit={"epochs": 3, "batch_size": 8})


@program(
    as_it_is="inputs-not-scaled targets-not-scaled",
    softmax="output-does-not-fit-loss",
    sigmoid="output-does-not-fit-loss targets-out-of-range",
)
def weighted_sum(fault: str) -> Made:
    draw = drawn(12)
    x = draw.random((2000, 3)) * 10000
    y = x @ [2.0, 1.0, 0.5] + 2.2
    if fault != "as it is":
        x, y = x / 10000 - 0.5, (y - y.mean()) / y.std()
    model = Sequential([keras.Input((3,))])
    model.add(Dense(8, "tanh", kernel_initializer="uniform"))
    model.add(Dense(8, "tanh", kernel_initializer="uniform"))
    model.add(Dense(1, {"softmax": "softmax", "sigmoid": "sigmoid"}.get(fault, "linear")))
    model.compile(SGD(0.1, momentum=0.9, nesterov=True), "mean_squared_error", metrics=["mae"])
    return Made(model, x.astype("float32"), y.astype("float32"), "number", {"epochs": 12, "batch_size": 32})


@program(squares="loss-does-not-fit-task", as_amounts="loss-does-not-fit-task")
def letter_recognition(fault: str) -> Made:
    x, y = letters()
    one = keras.utils.to_categorical(y)
    model = Sequential([keras.Input((16,)), layers.BatchNormalization()])
    for _ in range(2):
        model.add(Dense(64, "tanh"))
        model.add(Dropout(0.3))
    if fault == "as amounts":
        model.add(Dense(1))
        model.compile("adam", "mse", metrics=["accuracy"])
        return Made(model, x, y.astype("float32"), "number", {"epochs": 12})
    model.add(Dense(one.shape[1], "linear" if fault else "softmax"))
    model.compile("adam", "mse" if fault else "categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x, one, "classes", {"epochs": 12, "batch_size": 16})


@program(
    softmax="output-does-not-fit-loss loss-does-not-fit-task",
    squares_of_softmax="output-does-not-fit-loss loss-does-not-fit-task",
    tanh="output-does-not-fit-loss",
)
def several_labels(fault: str) -> Made:
    x, y = sklearn.datasets.make_multilabel_classification(2500, 20, n_classes=4, n_labels=2, random_state=3)
    x = ((x - x.mean(0)) / x.std(0)).astype("float32")
    model = Sequential([keras.Input((20,))])
    for _ in range(2):
        model.add(Dense(32))
        model.add(Activation("relu"))
        model.add(Dropout(0.2))
    model.add(Dense(4))
    model.add(Activation({"tanh": "tanh", "": "sigmoid"}.get(fault, "softmax")))
    loss = {"softmax": "categorical_crossentropy", "squares of softmax": "mean_squared_error"}
    model.compile(keras.optimizers.Adam(0.003), loss.get(fault, "binary_crossentropy"))
    return Made(model, x, y.astype("float32"), "labels", {"epochs": 20, "batch_size": 20})


@program(shuffled_alone="not-learning", slow="learning-rate-too-low stopped-too-early")
def bits_to_bits(fault: str) -> Made:
    x = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype("float32")
    x = np.tile(x, (4, 1))
    y = drawn(13).permutation(x) if fault == "shuffled alone" else x.copy()
    model = Sequential([keras.Input((8,)), Dense(16, "relu"), Dense(8, "sigmoid")])
    model.compile(SGD(0.01) if fault == "slow" else "adam", "binary_crossentropy", metrics=["accuracy"])
    fit = {"epochs": 15 if fault == "slow" else 60, "batch_size": 50}
    return Made(model, x, y, "labels", fit)


@program(
    relu_in_the_end="output-does-not-fit-loss",
    as_it_is="inputs-not-scaled",
    one_of_each_class="output-does-not-fit-loss targets-out-of-range loss-does-not-fit-task",
)
def network_packets(fault: str) -> Made:
    x, y = packets(scaled=fault != "as it is", classes=4 if fault == "one of each class" else 2)
    model = Sequential([keras.Input((11,))])
    model.add(Dense(12, kernel_initializer="normal"))
    model.add(Activation("relu"))
    model.add(Dense(12, kernel_initializer="normal"))
    model.add(Activation("relu"))
    model.add(Dense(1, kernel_initializer="normal"))
    model.add(Activation("relu" if fault == "relu in the end" else "sigmoid"))
    model.compile("Adam", "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 20, "batch_size": 8})


@program(few_large_batches="stopped-too-early learning-rate-too-low")
def many_units(fault: str) -> Made:
    x, y = sklearn.datasets.load_digits(return_X_y=True)
    one = keras.utils.to_categorical(y)
    model = Sequential([keras.Input((64,))])
    for units in (300, 60):
        model.add(Dense(units))
        model.add(Activation("relu"))
        model.add(Dropout(0.1))
    model.add(Dense(10))
    model.add(Activation("softmax"))
    model.compile(SGD(0.01, momentum=0.9), "categorical_crossentropy", metrics=["accuracy"])
    fit = {"epochs": 5, "batch_size": 1000} if fault else {"epochs": 15, "batch_size": 16}
    return Made(model, (x / 16).astype("float32"), one, fit=fit)


@program(
    relu="output-does-not-fit-loss",
    sigmoid="output-does-not-fit-loss",
    linear="output-does-not-fit-loss",
    pixels_to_255="inputs-not-scaled",
)
def expert_mnist(fault: str) -> Made:
    x, y = sklearn.datasets.load_digits(return_X_y=True)
    x = x * (255 / 16 if fault == "pixels to 255" else 1 / 16)
    some = keras.initializers.Constant(0.1)
    model = Sequential([keras.Input((64,)), layers.Reshape((8, 8, 1))])
    model.add(layers.Conv2D(16, 3, padding="same", activation="relu", bias_initializer=some))
    model.add(layers.MaxPooling2D(padding="same"))
    model.add(layers.Conv2D(32, 3, padding="same", activation="relu", bias_initializer=some))
    model.add(layers.MaxPooling2D(padding="same"))
    model.add(layers.Flatten())
    model.add(Dense(128, "relu", bias_initializer=some))
    model.add(Dropout(0.5))
    model.add(Dense(10))
    if fault != "linear":
        model.add(Activation({"relu": "relu", "sigmoid": "sigmoid"}.get(fault, "softmax")))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    one = keras.utils.to_categorical(y)
    return Made(model, x.astype("float32"), one, fit={"epochs": 8, "batch_size": 50})


@program(as_it_is="inputs-not-scaled")
def adult_income(fault: str) -> Made:
    x, y = adult()
    if not fault:
        x = (x - x.mean(0)) / x.std(0)
    model = Sequential([keras.Input((x.shape[1],)), Dense(21), Activation("relu"), Dense(2)])
    model.add(Activation("softmax"))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Made(
        model, x.astype("float32"), keras.utils.to_categorical(y), fit={"epochs": 20, "batch_size": 100}
    )


@program(
    sigmoid="output-does-not-fit-loss targets-out-of-range",
    relu="output-does-not-fit-loss",
    tanh="output-does-not-fit-loss targets-out-of-range",
)
def straight_line(fault: str) -> Made:
    draw = drawn(14)
    x = draw.uniform(-2, 2, (400, 1)).astype("float32")
    y = (3 * x[:, 0] - 1 + draw.normal(0, 0.1, 400)).astype("float32")
    model = Sequential([keras.Input((1,)), Dense(5), Activation("tanh"), Dense(1)])
    if fault:
        model.add(Activation(fault))
    model.compile(SGD(0.05), "mean_squared_error")
    return Made(model, x, y, "number", {"epochs": 60})


@program(too_fast="learning-rate-too-high targets-not-scaled loss-not-finite")
def parabola(fault: str) -> Made:
    draw = drawn(15)
    x = np.arange(0.0, 5.0, 0.01, dtype="float32").reshape(-1, 1)
    y = 5 * x**2 + draw.normal(size=x.shape) ** 3
    if not fault:
        x, y = x / 2.5 - 1, (y - y.mean()) / y.std()
    model = Sequential(
        [keras.Input((1,)), Dense(50), Activation("relu"), Dense(30, kernel_initializer="uniform")]
    )
    model.add(Activation("relu"))
    model.add(Dense(1))
    model.compile(SGD(0.1), "mse", metrics=["mae"])
    return Made(model, x, y[:, 0].astype("float32"), "number", {"epochs": 40})


@program(
    far_and_whole="inputs-not-scaled targets-not-scaled",
    one_batch="stopped-too-early learning-rate-too-low",
)
def squares(fault: str) -> Made:
    x = np.arange(-100, 100, 0.25).reshape(-1, 1)
    y = x[:, 0] ** 2
    if fault != "far and whole":
        x, y = x / 50, y / 4000
    model = Sequential([keras.Input((1,)), Dense(50, "tanh"), Dense(50, "elu"), Dense(1)])
    model.compile("adam", "mse")
    fit = {"epochs": 60} if fault != "one batch" else {"epochs": 15, "batch_size": 800}
    return Made(model, x.astype("float32"), y.astype("float32"), "number", fit)


@program(
    sigmoid="output-does-not-fit-loss",
    slow="learning-rate-too-low",
    two_epochs="stopped-too-early",
)
def iris_of_questions(fault: str) -> Made:
    x, y = sklearn.datasets.load_iris(return_X_y=True)
    model = Sequential([keras.Input((4,)), Dense(8, kernel_initializer="normal"), Activation("relu")])
    model.add(Dense(3, kernel_initializer="normal"))
    model.add(Activation("sigmoid" if fault == "sigmoid" else "softmax"))
    rate = 1e-5 if fault == "slow" else 0.005
    model.compile(keras.optimizers.Adam(rate), "categorical_crossentropy", metrics=["accuracy"])
    fit = {"epochs": 2 if fault == "two epochs" else 80, "batch_size": 5 if fault != "two epochs" else 32}
    return Made(model, x.astype("float32"), keras.utils.to_categorical(y), fit=fit)


@program(
    two_units="learning-rate-too-low stopped-too-early", halved="learning-rate-too-low stopped-too-early"
)
def two_uniforms(fault: str) -> Made:
    draw = drawn(16)
    x = np.concatenate([draw.uniform(0.2, 0.4, (500, 1)), draw.uniform(0.5, 0.7, (500, 1))]).astype("float32")
    y = keras.utils.to_categorical(np.repeat([0, 1], 500))
    model = Sequential([keras.Input((1,)), Dense(2 if fault == "two units" else 16), Activation("sigmoid")])
    model.add(Dense(2))
    model.add(Activation("softmax"))
    model.compile(SGD(0.01) if fault else keras.optimizers.Adam(0.02), "categorical_crossentropy")
    return Made(model, x, y, fit={"epochs": 5 if fault else 30, "batch_size": 32})


@program(
    from_one="targets-out-of-range",
    minus_one="targets-out-of-range",
    not_a_number="inputs-not-finite",
    logarithm="inputs-not-finite",
)
def breast_cancer(fault: str) -> Made:
    x, y = sklearn.datasets.load_breast_cancer(return_X_y=True)
    x = (x - x.mean(0)) / x.std(0)
    if fault == "not a number":
        x[drawn(1).random(x.shape) < 0.001] = np.nan
    if fault == "logarithm":
        x[:, 3] = np.log(np.maximum(x[:, 3], 0))
    y = {"from one": y + 1, "minus one": 2 * y - 1}.get(fault, y)
    model = Sequential([keras.Input((30,)), Dense(16, "relu"), Dense(8, "relu"), Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x.astype("float32"), y, fit={"epochs": 20, "batch_size": 16})


@program(
    linear_first="no-nonlinearity",
    sigmoid="output-does-not-fit-loss",
    large_penalty="regularization-too-strong",
)
def spiral_network(fault: str) -> Made:
    draw = drawn(17)
    label = draw.integers(0, 3, 900)
    radius = np.sqrt(draw.random(900)) * 2
    angle = radius * 2 + label * 2 * np.pi / 3 + draw.normal(0, 0.1, 900)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype("float32")
    bent = None if fault == "linear first" else "relu"
    penalty = keras.regularizers.L2(1.0 if fault == "large penalty" else 1e-5)
    model = Sequential([keras.Input((2,))])
    for _ in range(2):
        model.add(Dense(40, kernel_regularizer=penalty))
        if bent:
            model.add(Activation(bent))
    model.add(Dense(3, kernel_regularizer=penalty))
    model.add(Activation("sigmoid" if fault == "sigmoid" else "softmax"))
    model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x, keras.utils.to_categorical(label), fit={"epochs": 40})
