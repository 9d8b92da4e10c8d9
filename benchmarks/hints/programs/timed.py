"""Series in time: windows, forecasts, sensors, tags for each step."""

from __future__ import annotations

import keras
import numpy as np
from keras import Sequential, layers
from keras.layers import GRU, LSTM, Bidirectional, Conv1D, Dense, SimpleRNN

from benchmarks.hints.programs.program import Made, drawn, program
from benchmarks.hints.programs.samples import movements, travellers, weather


def _windows(values: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    cut = np.lib.stride_tricks.sliding_window_view(values, length + 1, axis=0)
    cut = np.moveaxis(cut, -1, 1)
    return cut[:, :-1].astype("float32"), cut[:, -1].astype("float32")


@program(as_they_are="inputs-not-scaled targets-not-scaled", sgd_of_a_millionth="learning-rate-too-low")
def airline(fault: str) -> Made:
    months = travellers()
    if fault != "as they are":
        months = (months - months.min()) / (months.max() - months.min())
    x, y = _windows(months[:, None], 12)
    model = Sequential([keras.Input((12, 1)), LSTM(16), Dense(1)])
    rate = 1e-6 if fault == "sgd of a millionth" else 0.01
    model.compile(keras.optimizers.Adam(rate), "mean_squared_error")
    fit = {"epochs": 30, "batch_size": 4, "in_order": True, "shuffle": False}
    return Made(model, x, y[:, 0], "number", fit)


@program()
def weather_next_day(fault: str) -> Made:
    values = weather()
    values = (values - values[:2000].mean(0)) / values[:2000].std(0)
    x, _ = _windows(values, 48)
    y = values[48 + 12 :, 0].astype("float32")
    model = Sequential([keras.Input((24, 3)), GRU(16, dropout=0.1, recurrent_dropout=0.1), Dense(1)])
    model.compile(keras.optimizers.RMSprop(0.003), "mae", metrics=["mse"])
    return Made(model, x[: len(y), ::2], y, "number", {"epochs": 6, "batch_size": 64, "in_order": True})


@program(pressure_as_it_is="inputs-not-scaled")
def warm_or_not(fault: str) -> Made:
    values = weather()
    warm = values[:, 0].copy()
    if not fault:
        values = (values - values.mean(0)) / values.std(0)
    x, _ = _windows(values, 24)
    y = (warm[24:] > warm[23:-1]) * 1
    model = Sequential(
        [keras.Input((24, 3)), Conv1D(16, 5, activation="relu"), layers.GlobalAveragePooling1D()]
    )
    model.add(Dense(1, "sigmoid"))
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 10, "batch_size": 64})


@program(
    one_unit_softmax="output-does-not-fit-loss",
    numbers_of_kinds="loss-does-not-fit-task",
    exploding="learning-rate-too-high loss-not-finite exploding-gradients",
    labels_moved="not-learning",
)
def kinds_of_movement(fault: str) -> Made:
    x, y = movements()
    model = Sequential([keras.Input(x.shape[1:]), Conv1D(16, 5, activation="relu"), layers.MaxPooling1D(2)])
    model.add(GRU(24))
    if fault in ("one unit softmax", "numbers of kinds"):
        model.add(Dense(1, "softmax" if fault == "one unit softmax" else None))
        model.compile("adam", "mse", metrics=["accuracy"])
        return Made(model, x, y.astype("float32"), "number", {"epochs": 8})
    model.add(Dense(4, "softmax"))
    rate = 0.7 if fault == "exploding" else 0.004
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    y = drawn(71).permutation(y) if fault == "labels moved" else y
    return Made(model, x, y, fit={"epochs": 10})


@program()
def convolved_over_time(fault: str) -> Made:
    x, y = movements(500)
    inputs = keras.Input(x.shape[1:])
    found = inputs
    for _ in range(3):
        found = Conv1D(24, 3, padding="same")(found)
        found = layers.ReLU()(layers.BatchNormalization()(found))
    model = keras.Model(inputs, Dense(4, "softmax")(layers.GlobalAveragePooling1D()(found)))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["sparse_categorical_accuracy"])
    slower = {
        "class_name": "ReduceLROnPlateau",
        "config": {"factor": 0.5, "patience": 5, "monitor": "val_loss"},
    }
    return Made(model, x, y, fit={"epochs": 30, "plan": {"callbacks": [slower]}})


@program()
def dilated(fault: str) -> Made:
    wave = np.sin(np.arange(1500) / 9) + 0.4 * np.sin(np.arange(1500) / 2.3) + drawn(72).normal(0, 0.1, 1500)
    x, y = _windows(wave[:, None], 32)
    inputs = keras.Input((32, 1))
    found = Conv1D(16, 2, padding="causal")(inputs)
    for rate in (1, 2, 4, 8):
        gate = Conv1D(16, 2, padding="causal", dilation_rate=rate, activation="sigmoid")(found)
        some = Conv1D(16, 2, padding="causal", dilation_rate=rate, activation="tanh")(found)
        found = layers.add([found, layers.multiply([gate, some])])
    model = keras.Model(inputs, Dense(1)(layers.Flatten()(found[:, -1:, :])))
    model.compile(keras.optimizers.Adam(0.003), "mse", metrics=["mae"])
    return Made(model, x, y[:, 0], "number", {"epochs": 10})


@program()
def several_steps_ahead(fault: str) -> Made:
    values = weather(2000)[:, :1]
    values = (values - values.mean()) / values.std()
    cut = np.lib.stride_tricks.sliding_window_view(values[:, 0], 36).astype("float32")
    model = Sequential([keras.Input((24, 1)), Bidirectional(LSTM(12)), Dense(12)])
    model.compile(keras.optimizers.Adam(0.005), "mse", metrics=["mae"])
    return Made(
        model, cut[:, :24, None], cut[:, 24:], "number", {"epochs": 8, "batch_size": 64, "in_order": True}
    )


@program()
def tags_of_steps(fault: str) -> Made:
    """Whether a running sum is above 0, at each step; short series have zeros behind them."""
    draw = drawn(73)
    x = draw.normal(size=(800, 15, 2)).astype("float32")
    lengths = draw.integers(6, 16, 800)
    x[np.arange(15) >= lengths[:, None]] = 0
    y = (np.cumsum(x.sum(-1), 1) > 0).astype("int64")
    model = Sequential([keras.Input((15, 2)), layers.Masking(), LSTM(16, return_sequences=True)])
    model.add(layers.TimeDistributed(Dense(2, "softmax")))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, "other", {"epochs": 12})


@program(
    hundred_steps="vanishing-gradients not-learning stopped-too-early", without_activation="no-nonlinearity"
)
def what_was_first(fault: str) -> Made:
    """Whether the first value was positive."""
    length = 120 if fault == "hundred steps" else 10
    x = drawn(74).normal(size=(1000, length, 1)).astype("float32")
    y = (x[:, 0, 0] > 0) * 1
    if fault == "without activation":
        y = (x[:, 0, 0] * x[:, 1, 0] > 0) * 1
        model = Sequential(
            [keras.Input((10, 1)), layers.Flatten(), Dense(32), Dense(32), Dense(1, "sigmoid")]
        )
    else:
        model = Sequential([keras.Input((length, 1)), SimpleRNN(16), Dense(1, "sigmoid")])
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 10})
