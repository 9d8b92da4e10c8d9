"""Figures of runs: what is drawn, how, and in which order."""

import keras
import numpy as np
import pytest

from kerasviz import LiveCharts, plot

HISTORY = {
    "accuracy": [0.1, 0.5],
    "loss": [2.0, 1.0],
    "val_accuracy": [0.2, 0.4],
    "val_loss": [2.1, 1.2],
}


def test_loss_comes_first_training_is_solid_and_validation_dashed():
    figure = plot(HISTORY)
    assert [trace.name for trace in figure.data] == ["loss", "val_loss", "accuracy", "val_accuracy"]
    assert [trace.line.dash for trace in figure.data] == ["solid", "dash"] * 2
    assert [trace.yaxis for trace in figure.data] == ["y", "y", "y2", "y2"]
    assert figure.data[0].line.color == figure.data[1].line.color
    assert list(figure.data[0].x) == [1, 2]


def test_what_fit_returns_is_drawn_and_so_is_what_live_charts_saw():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    charts = LiveCharts()
    history = model.fit(np.ones((8, 2)), np.ones(8), epochs=3, verbose=0, callbacks=[charts])
    for figure in (plot(history), plot(history.history), plot(charts)):
        assert list(figure.data[0].x) == [1, 2, 3]
        assert list(figure.data[0].y) == history.history["loss"]


def test_the_name_of_a_metric_is_text():
    assert plot({"loss": [1.0], "<b>x</b>": [1.0]}).data[1].name == "&lt;b&gt;x&lt;/b&gt;"
    formula = plot({"loss": [1.0], "$\\href{javascript:0}{x}$": [1.0]}).data[1].name
    assert "$" not in formula and formula.startswith("&#36;")


def test_what_is_no_run_is_refused():
    with pytest.raises(TypeError, match="list"):
        plot([1, 2])
    with pytest.raises(ValueError, match="epoch"):
        plot({})
