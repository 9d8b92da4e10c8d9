"""What a model was asked for, told from loss, predictions and targets, and measured as by plain Keras."""

import keras
import numpy as np
import pytest
from keras import layers
from sklearn import metrics
from test_results import FOUR, of, samples_of

from kerasviz.insight.results.predicting import predict

RANDOM = np.random.default_rng(1)
STEPS = RANDOM.integers(1, 20, (50, 6))
PICTURES = RANDOM.random((40, 8, 8, 1)).astype("float32")


def compiled(loss, *made, measured=(), inputs=(4,)):
    model = keras.Sequential([keras.Input(inputs), *made])
    model.compile("sgd", loss, metrics=list(measured))
    return model


def evaluated(model, x, y):
    """Predicts, and checks predictions and metrics against plain Keras."""
    samples = samples_of(x, y)
    found = predict(samples, "test", model)
    np.testing.assert_allclose(found.outputs[0].values, model.predict(x, verbose=0), rtol=1e-5, atol=1e-6)
    assert found.metrics == pytest.approx(model.evaluate(x, y, verbose=0, return_dict=True), rel=1e-4)
    return found, samples


def test_several_labels_are_measured_one_by_one_and_at_a_threshold():
    y = (RANDOM.random((333, 3)) > 0.6).astype("float32")
    y[:5] = 1  # no sample has one label only by chance
    model = compiled("binary_crossentropy", layers.Dense(3, "sigmoid"), measured=["binary_accuracy"])
    found, samples = evaluated(model, FOUR, y)
    assert found.outputs[0].task.kind == "labels"
    values = model.predict(FOUR, verbose=0)
    for threshold in (None, 0.4):
        chosen = values > (0.5 if threshold is None else threshold)
        scores = of("per_class", found, samples, threshold=threshold)
        expected = metrics.precision_recall_fscore_support(y, chosen, zero_division=0)
        for row, *told in zip(scores["rows"], *expected, strict=True):
            assert [row["precision"], row["recall"], row["f1"], row["support"]] == pytest.approx(told)
        assert scores["accuracy"] == pytest.approx(metrics.accuracy_score(y, chosen))
        matrix = of("confusion", found, samples, threshold=threshold, label=1)
        assert matrix["counts"] == metrics.confusion_matrix(y[:, 1], chosen[:, 1], labels=[0, 1]).tolist()
        wrong = of("worst", found, samples, of=1, threshold=threshold)
        assert wrong["count"] == int((chosen[:, 1] != y[:, 1]).sum())
    curves = of("curves", found, samples, of=2)
    assert curves["auc"] == pytest.approx(metrics.roc_auc_score(y[:, 2], values[:, 2]))


def test_a_threshold_moves_the_matrix_of_two_classes():
    y = (FOUR.sum(axis=1) > 2).astype(int)
    model = compiled("binary_crossentropy", layers.Dense(1, "sigmoid"))
    found, samples = evaluated(model, FOUR, y)
    score = model.predict(FOUR, verbose=0).ravel()
    at = float(np.sort(score)[160:162].mean())
    matrix = of("confusion", found, samples, threshold=at)["counts"]
    assert matrix == metrics.confusion_matrix(y, score > at).tolist()
    missed = of("worst", found, samples, threshold=at, true=1, predicted_as=0)
    assert missed["count"] == matrix[1][0]


def test_a_loss_that_keras_does_not_name_is_told_by_its_targets():
    def own(true, said):
        return keras.ops.mean(keras.ops.square(said - keras.ops.cast(true, said.dtype)))

    y = (FOUR.sum(axis=1) > 2).astype("float32")[:, None]
    for loss in (own, "dice"):
        model = compiled(loss, layers.Dense(1, "sigmoid"))
        assert predict(samples_of(FOUR, y), "test", model).outputs[0].task.kind == "two"
    model = compiled("mse", layers.Dense(1, "sigmoid"))
    assert predict(samples_of(FOUR, y), "test", model).outputs[0].task.kind == "numbers"


def test_two_units_of_softmax_are_one_of_two():
    y = (FOUR.sum(axis=1) > 2).astype(int)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model = compiled(loss, layers.Dense(2), measured=["accuracy"])
    found, samples = evaluated(model, FOUR, y)
    assert found.outputs[0].task.kind == "two"
    matrix = of("confusion", found, samples)["counts"]
    assert matrix == metrics.confusion_matrix(y, model.predict(FOUR, verbose=0).argmax(axis=1)).tolist()


def test_padded_steps_do_not_count():
    x = STEPS * (np.arange(6) < RANDOM.integers(2, 7, (50, 1)))
    y = RANDOM.integers(0, 3, (50, 6))
    tagger = (
        layers.Embedding(20, 4, mask_zero=True),
        layers.LSTM(5, return_sequences=True),
        layers.Dense(3, "softmax"),
    )
    model = compiled("sparse_categorical_crossentropy", *tagger, measured=["accuracy"], inputs=(6,))
    found, samples = evaluated(model, x, y)
    chosen = model.predict(x, verbose=0).argmax(axis=-1)
    there = x != 0
    matrix = of("confusion", found, samples)
    assert matrix["counts"] == metrics.confusion_matrix(y[there], chosen[there], labels=range(3)).tolist()
    first = of("worst", found, samples)["samples"][0]
    wrong = ((chosen != y) & there).sum(axis=1)
    assert (first["wrong"], first["positions"]) == (wrong.max(), there[first["index"]].sum())
    assert first["true"] == " ".join(map(str, y[first["index"]][there[first["index"]]]))


def test_each_pixel_of_a_mask_is_one_of_two_or_of_several():
    for units, loss, activation in (
        (1, "binary_crossentropy", "sigmoid"),
        (3, "sparse_categorical_crossentropy", "softmax"),
    ):
        y = RANDOM.integers(0, max(2, units), (40, 8, 8, 1))
        model = compiled(
            loss, layers.Conv2D(units, 3, padding="same", activation=activation), inputs=(8, 8, 1)
        )
        found, samples = evaluated(model, PICTURES, y)
        values = model.predict(PICTURES, verbose=0)
        chosen = values > 0.5 if units == 1 else values.argmax(axis=-1)
        matrix = of("confusion", found, samples)["counts"]
        assert matrix == metrics.confusion_matrix(y.ravel(), chosen.ravel()).tolist()
        sample = of("worst", found, samples)["samples"][0]
        assert sample["wrong"] == (chosen.reshape(40, 64) != y.reshape(40, 64)).sum(axis=1).max()
        assert all(
            sample[name].startswith("data:image") for name in ("picture", "true_picture", "predicted_picture")
        )


@pytest.mark.parametrize("loss", ["binary_crossentropy", "mse"])
def test_what_is_rebuilt_is_compared_number_by_number(loss):
    model = compiled(loss, layers.Conv2D(1, 3, padding="same", activation="sigmoid"), inputs=(8, 8, 1))
    found, samples = evaluated(model, PICTURES, PICTURES)
    values = model.predict(PICTURES, verbose=0)
    measured = of("residuals", found, samples)
    assert measured["root_mean_squared_error"] == pytest.approx(
        np.sqrt(((values - PICTURES) ** 2).mean()), rel=1e-5
    )
    worst = of("worst", found, samples)["samples"][0]
    errors = np.sqrt(((values - PICTURES) ** 2).mean(axis=(1, 2, 3)))
    assert (worst["index"], worst["error"]) == (errors.argmax(), pytest.approx(errors.max(), rel=1e-5))
    assert worst["predicted_picture"]


def test_several_numbers_have_residuals_each():
    y = FOUR[:, :2] * [1, 100]
    model = compiled("mse", layers.Dense(2), measured=["mae"])
    found, samples = evaluated(model, FOUR, y)
    values = model.predict(FOUR, verbose=0)
    for column in (0, 1):
        one = of("residuals", found, samples, of=column)
        assert one["r2"] == pytest.approx(metrics.r2_score(y[:, column], values[:, column]), rel=1e-4)
        assert one["mean_absolute_error"] == pytest.approx(np.abs(values - y)[:, column].mean(), rel=1e-5)
    assert of("worst", found, samples, of=1)["samples"][0]["index"] == np.abs(values - y)[:, 1].argmax()


@pytest.mark.parametrize("as_dict", [False, True])
def test_each_output_has_its_own_results(as_dict):
    entrance = keras.Input((4,))
    kind, price = layers.Dense(3, "softmax", name="kind")(entrance), layers.Dense(1, name="price")(entrance)
    outputs = {"price": price, "kind": kind} if as_dict else [kind, price]
    model = keras.Model(entrance, outputs)
    losses = {"kind": "sparse_categorical_crossentropy", "price": "mse"}
    model.compile("sgd", losses)
    classes, prices = RANDOM.integers(0, 3, 333), FOUR.sum(axis=1)
    targets = {"kind": classes, "price": prices} if as_dict else [classes, prices]
    samples = samples_of(FOUR, targets, count=333)
    found = predict(samples, "test", model)
    assert found.metrics["loss"] == pytest.approx(
        model.evaluate(FOUR, targets, verbose=0, return_dict=True)["loss"], rel=1e-4
    )
    by_name = {each.name: each for each in found.outputs}
    assert {name: each.task.kind for name, each in by_name.items()} == {"kind": "classes", "price": "numbers"}
    predictions = model.predict(FOUR, verbose=0)
    for name, values in predictions.items() if as_dict else zip(("kind", "price"), predictions, strict=True):
        np.testing.assert_allclose(by_name[name].values, values, rtol=1e-5)


def test_rare_classes_are_counted_and_have_no_score_where_nothing_is_predicted():
    y = np.zeros(333, int)
    y[:3] = 1
    model = compiled(
        "binary_crossentropy", layers.Dense(1, "sigmoid", bias_initializer=keras.initializers.Constant(-9))
    )
    found, samples = evaluated(model, FOUR, y)
    rare = of("per_class", found, samples)["rows"][1]
    assert (rare["precision"], rare["recall"], rare["support"]) == (0, 0, 3)


def test_what_is_not_true_of_anything_is_predicted_all_the_same():
    model = compiled("sparse_categorical_crossentropy", layers.Dense(3, "softmax"))
    samples = samples_of(FOUR, None, count=333)
    found = predict(samples, "test", model)
    assert (found.metrics, found.outputs[0].task.is_known) == ({}, False)
    table = of("csv_file", found, samples)["text"].splitlines()
    chosen = model.predict(FOUR, verbose=0).argmax(axis=1)
    assert table[0] == "index,predicted,0,1,2"
    assert [line.split(",")[1] for line in table[1:]] == list(map(str, chosen))
    assert np.sum(of("confusion", found, samples)["counts"]) == 0
