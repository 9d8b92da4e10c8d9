"""Numbers to be predicted: prices, counts, shares, bounds, and lines on purpose."""

from __future__ import annotations

import keras
import numpy as np
import sklearn.datasets
from keras import Sequential, layers
from keras.layers import Dense, Dropout

from benchmarks.hints.programs.program import Made, drawn, program
from benchmarks.hints.programs.samples import cars, houses


@keras.saving.register_keras_serializable("strangers")
class Pinball(keras.losses.Loss):
    """The loss of a quantile (Koenker and Bassett, 1978)."""

    def __init__(self, share: float = 0.9, name: str = "pinball", **options: object) -> None:
        super().__init__(name=name, **options)
        self.share = share

    def call(self, y_true: object, y_pred: object) -> object:
        """Costs more below the quantile than above it."""
        left = y_true - y_pred
        return keras.ops.mean(keras.ops.maximum(self.share * left, (self.share - 1) * left), axis=-1)

    def get_config(self) -> dict:
        """Its share."""
        return {**super().get_config(), "share": self.share}


@program(
    dollars="targets-not-scaled inputs-not-scaled",
    columns_as_they_are="inputs-not-scaled",
    relu_of_centred="output-does-not-fit-loss targets-out-of-range",
    copy_of_price="target-in-inputs",
)
def house_prices(fault: str) -> Made:
    x, y = houses()
    if fault != "columns as they are":
        x = (x - x.mean(0)) / x.std(0)
    y = y if fault == "dollars" else (y - y.mean()) / y.std()
    if fault == "copy of price":
        x = np.column_stack([x, y * 1.19 + drawn(1).normal(0, 0.005, len(y))])
    model = Sequential([keras.Input((x.shape[1],)), Dense(64, "relu"), Dense(32, "relu")])
    model.add(Dense(1, "relu" if fault == "relu of centred" else None))
    model.compile("adam", "mse", metrics=["mae"])
    return Made(model, x.astype("float32"), y.astype("float32"), "number", {"epochs": 20, "batch_size": 32})


@program()
def logarithm_of_prices(fault: str) -> Made:
    x, y = houses()
    model = Sequential([keras.Input((6,)), layers.BatchNormalization(), Dense(48, "relu"), Dense(1)])
    model.compile(keras.optimizers.Adam(0.01), "mae", metrics=["mse"])
    return Made(model, x.astype("float32"), np.log1p(y).astype("float32"), "number", {"epochs": 40})


@program(
    too_slow="learning-rate-too-low",
    too_fast="learning-rate-too-high loss-not-finite",
    as_they_are="inputs-not-scaled",
    nearly_all_dropped="regularization-too-strong @dropped",
    penalty="regularization-too-strong",
)
def miles_for_a_gallon(fault: str) -> Made:
    x, y = cars()
    first = layers.Normalization(mean=x.mean(0).tolist(), variance=x.var(0).tolist(), name="scaled")
    penalty = keras.regularizers.L2(3.0) if fault == "penalty" else None
    model = Sequential([keras.Input((6,)), *([] if fault == "as they are" else [first])])
    model.add(Dense(64, "relu", kernel_regularizer=penalty))
    model.add(Dense(64, "relu", kernel_regularizer=penalty))
    model.add(Dropout(0.95 if fault == "nearly all dropped" else 0.0, name="dropped"))
    model.add(Dense(1))
    rate = {"too slow": 1e-6, "too fast": 3.0}.get(fault, 0.002)
    model.compile(keras.optimizers.Adam(rate), "mean_absolute_error", metrics=["mse"])
    return Made(model, x.astype("float32"), y.astype("float32"), "number", {"epochs": 60})


@program()
def horsepower_alone(fault: str) -> Made:
    """A line through one column, as the first part of the guide on regression."""
    x, y = cars()
    power = x[:, 2:3]
    model = Sequential(
        [keras.Input((1,)), layers.Normalization(mean=power.mean(), variance=power.var()), Dense(1)]
    )
    model.compile(keras.optimizers.Adam(0.1), "mean_absolute_error")
    return Made(model, power.astype("float32"), y.astype("float32"), "number", {"epochs": 60})


@program()
def celsius(fault: str) -> Made:
    """Seven temperatures, a unit, and a rate that is right for it."""
    x = np.array([-40, -10, 0, 8, 15, 22, 38], "float32")[:, None]
    model = Sequential([keras.Input((1,)), Dense(1)])
    model.compile(keras.optimizers.Adam(0.1), "mean_squared_error")
    return Made(model, x, x[:, 0] * 1.8 + 32, "number", {"epochs": 500, "validation": 0.0})


@program()
def twice_minus_one(fault: str) -> Made:
    x = np.array([-1, 0, 1, 2, 3, 4], "float32")[:, None]
    model = Sequential([keras.Input((1,)), Dense(1)])
    model.compile("sgd", "mean_squared_error")
    return Made(model, x, x[:, 0] * 2 - 1, "number", {"epochs": 300, "validation": 0.0})


@program()
def progression_of_diabetes(fault: str) -> Made:
    x, y = sklearn.datasets.load_diabetes(return_X_y=True)
    model = Sequential([keras.Input((10,)), layers.Rescaling(20.0), Dense(16, "relu"), Dense(1)])
    model.compile(keras.optimizers.Adam(0.01), "huber", metrics=["mae"])
    return Made(model, x.astype("float32"), (y / 77).astype("float32"), "number", {"epochs": 25})


@program()
def boston(fault: str) -> Made:
    """Prices in thousands of dollars, about 22, and columns scaled."""
    x, y = houses(500)
    x = ((x - x.mean(0)) / x.std(0)).astype("float32")
    model = Sequential([keras.Input((6,)), Dense(64, "relu"), Dense(64, "relu"), Dense(1)])
    model.compile("rmsprop", "mse", metrics=["mae"])
    return Made(model, x, (y / 1e4).astype("float32"), "number", {"epochs": 80, "batch_size": 16})


@program(linear="output-does-not-fit-loss", negative="targets-out-of-range")
def claims(fault: str) -> Made:
    """Counts, by the loss of Poisson."""
    draw = drawn(51)
    x = draw.normal(size=(2500, 6)).astype("float32")
    y = draw.poisson(np.exp(0.6 * x[:, 0] - 0.4 * x[:, 2] + 0.3)).astype("float32")
    if fault == "negative":
        y = (y - y.mean()) / y.std()
    model = Sequential(
        [keras.Input((6,)), Dense(24, "relu"), Dense(1, "linear" if fault == "linear" else "exponential")]
    )
    model.compile(keras.optimizers.Adam(0.003), "poisson")
    return Made(model, x, y, "number", {"epochs": 15})


@program()
def upper_bound(fault: str) -> Made:
    draw = drawn(52)
    x = draw.uniform(-2, 2, (2000, 1)).astype("float32")
    y = np.sin(2 * x[:, 0]) + draw.exponential(0.3, 2000)
    model = Sequential([keras.Input((1,)), Dense(32, "relu"), Dense(32, "relu"), Dense(1)])
    model.compile(keras.optimizers.Adam(0.005), Pinball(0.9))
    return Made(model, x, y.astype("float32"), "other", {"epochs": 25})


@program()
def sparse_line(fault: str) -> Made:
    """Most columns say nothing, so a penalty on sizes is right."""
    x, y = sklearn.datasets.make_regression(600, 40, n_informative=5, noise=8, random_state=10)
    y = (y - y.mean()) / y.std()
    model = Sequential([keras.Input((40,)), Dense(1, kernel_regularizer=keras.regularizers.L1(0.02))])
    model.compile(keras.optimizers.Adam(0.01), "mse", metrics=["mae"])
    return Made(model, x.astype("float32"), y.astype("float32"), "number", {"epochs": 40})


@program()
def share_of_clicks(fault: str) -> Made:
    draw = drawn(53)
    x = draw.normal(size=(1500, 5)).astype("float32")
    share = 1 / (1 + np.exp(-(x[:, 0] - x[:, 1] * x[:, 2] - 2)))
    model = Sequential([keras.Input((5,)), Dense(32, "relu"), Dense(32, "relu"), Dense(1, "sigmoid")])
    model.compile(keras.optimizers.Adam(0.004), "binary_crossentropy", metrics=["mae"])
    return Made(model, x, share.astype("float32"), "number", {"epochs": 25})


@program()
def waiting_times(fault: str) -> Made:
    draw = drawn(54)
    x = draw.normal(size=(1500, 4)).astype("float32")
    y = draw.gamma(3, np.exp(0.5 * x[:, 0]) / 3).astype("float32")
    model = Sequential([keras.Input((4,)), Dense(16, "swish"), Dense(1, "softplus")])
    model.compile(keras.optimizers.RMSprop(0.003), "mean_squared_logarithmic_error")
    return Made(model, x, y, "number", {"epochs": 25})


@program()
def arm_of_two_joints(fault: str) -> Made:
    draw = drawn(55)
    angle = draw.uniform(-1.5, 1.5, (2000, 2))
    y = np.column_stack(
        [np.cos(angle[:, 0]) + np.cos(angle.sum(1)), np.sin(angle[:, 0]) + np.sin(angle.sum(1))]
    )
    model = Sequential([keras.Input((2,)), Dense(48, "tanh"), Dense(48, "tanh"), Dense(2)])
    model.compile(keras.optimizers.Adam(0.005), "mse")
    return Made(model, angle.astype("float32"), y.astype("float32"), "number", {"epochs": 25})


@program()
def curve_in_one_batch(fault: str) -> Made:
    """As networks for equations are trained: all points at once, very many epochs."""
    x = np.linspace(-1, 1, 200, dtype="float32")[:, None]
    y = (np.sin(5 * x[:, 0]) * np.exp(-x[:, 0])).astype("float32")
    model = Sequential([keras.Input((1,)), *(Dense(20, "tanh") for _ in range(4)), Dense(1)])
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Made(model, x, y, "number", {"epochs": 400, "batch_size": 200, "validation": 0.0})


@program(test_scaled_alone="validation-not-representative", test_as_it_is="validation-not-representative")
def strength_of_concrete(fault: str) -> Made:
    draw = drawn(57)
    raw = draw.lognormal(4, 0.5, (1200, 5))
    y = 0.08 * raw[:, 0] - 0.05 * raw[:, 1] + 3 * np.log(raw[:, 2]) + draw.normal(0, 1.5, 1200)
    y = ((y - y.mean()) / y.std()).astype("float32")
    here, there = raw[:900], raw[900:]
    held = (there - here.mean(0)) / here.std(0)
    wrong = {"test scaled alone": there / 5000, "test as it is": there}.get(fault, held)
    model = Sequential([keras.Input((5,)), Dense(48, "relu"), Dense(1)])
    model.compile(keras.optimizers.Adam(0.003), "mse", metrics=["mae"])
    x = ((here - here.mean(0)) / here.std(0)).astype("float32")
    good = (held.astype("float32"), y[900:])
    fit = {"epochs": 20, "validation": 0.0}
    return Made(model, x, y[:900], "number", fit, held=(wrong.astype("float32"), y[900:]), judged_by=good)
