"""Results of a part of the data are what plain Keras and scikit-learn say of it."""

import inspect
import io

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import planned
from keras import layers
from sessionpage import SessionPage
from sklearn import metrics
from sklearn.calibration import calibration_curve

from kerasviz.data import load
from kerasviz.data.dataset import Data
from kerasviz.insight.results import result_of, room
from kerasviz.insight.results.predicting import predict
from kerasviz.insight.samples.samples import Samples
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError

RANDOM = np.random.default_rng(0)


def samples_of(x, y, names=(), count=None):
    count = len(y) if count is None else count
    parts = {"test": (Data("data", x, y), np.arange(count))}
    return Samples({"test": count}, tuple(names), False, parts, dict)


def of(class_name, evaluated, samples, **config):
    return result_of({"class_name": class_name, "config": config}, evaluated.outputs[0], samples)


def scores_of(predicted):
    """What was predicted: another pass differs in the last bits, by which neighbours change places."""
    return np.asarray(predicted.outputs[0].values)


def classifier(loss="sparse_categorical_crossentropy", activation="softmax", units=3, measured=("accuracy",)):
    model = keras.Sequential(
        [keras.Input((4,)), layers.Dense(8, "relu"), layers.Dropout(0.5), layers.Dense(units, activation)]
    )
    model.compile("sgd", loss, metrics=list(measured))
    return model


FOUR = RANDOM.random((333, 4)).astype("float32")
THREE = RANDOM.integers(0, 3, 333)
TWO = RANDOM.integers(0, 2, 333)


@pytest.mark.parametrize(
    ("model", "y", "kind"),
    [
        (classifier, THREE, "classes"),
        (lambda: classifier("categorical_crossentropy"), THREE, "classes"),
        (
            lambda: classifier(keras.losses.SparseCategoricalCrossentropy(from_logits=True), None),
            THREE,
            "classes",
        ),
        (lambda: classifier("binary_crossentropy", "sigmoid", 1), TWO, "two"),
        (lambda: classifier("mse", None, 1, ["mae", "root_mean_squared_error"]), FOUR.sum(axis=1), "numbers"),
        (lambda: classifier("mse", None, 2, []), FOUR[:, :2], "numbers"),
    ],
    ids=["sparse", "one_hot", "logits", "two", "numbers", "several_numbers"],
)
def test_predictions_and_metrics_are_those_of_plain_keras(model, y, kind):
    model = model()
    found = predict(samples_of(FOUR, y), "test", model)
    np.testing.assert_allclose(found.outputs[0].values, model.predict(FOUR, verbose=0), rtol=1e-5, atol=1e-6)
    targets = keras.utils.to_categorical(y) if model.loss == "categorical_crossentropy" else y
    expected = model.evaluate(FOUR, targets, verbose=0, return_dict=True)
    assert found.metrics == pytest.approx(expected, rel=1e-5)
    assert found.outputs[0].task.kind == kind


KINDS = {
    "two": ("binary_crossentropy", "sigmoid", 1, TWO[:, None]),
    "signs": ("hinge", "tanh", 1, np.where(THREE == 0, -1, 1)[:, None]),
    "one_hot": ("categorical_crossentropy", "softmax", 3, keras.utils.to_categorical(THREE)),
    "sparse": ("sparse_categorical_crossentropy", "softmax", 3, THREE[:, None]),
    "numbers": ("mse", None, 1, FOUR.sum(axis=1, keepdims=True)),
}


def those_of(module, base):
    """The classes of losses or metrics that Keras has, made with as little as they need."""
    needs = {"num_classes": 3, "target_class_ids": [0]}
    found = {}
    for name, each in inspect.getmembers(module, inspect.isclass):
        if issubclass(each, base) and each.__init__ is not base.__init__ and name != "MeanMetricWrapper":
            asked = inspect.signature(each.__init__).parameters
            half = {key: 0.5 for key in asked if key in ("recall", "precision", "specificity", "sensitivity")}
            found[name] = each(**{key: needs[key] for key in needs if key in asked}, **half)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("kind", KINDS)
def test_every_loss_and_metric_of_keras_is_that_of_evaluate(kind):
    loss, activation, units, y = KINDS[kind]
    metrics_of_keras = those_of(keras.metrics, keras.metrics.Metric).values()
    losses_of_keras = those_of(keras.losses, keras.losses.Loss).values()
    compared = 0
    for own_loss, measured in [
        *((loss, [each]) for each in metrics_of_keras),
        *((each, []) for each in losses_of_keras),
    ]:
        model = classifier(own_loss, activation, units, measured)
        try:
            expected = model.evaluate(FOUR, y, verbose=0, return_dict=True)
        except Exception:
            continue  # Keras does not compare these targets so
        try:
            found = predict(samples_of(FOUR, y), "test", model).metrics
        except RequestError:
            continue  # told before training
        several = {key: each for key, each in expected.items() if np.ndim(each) == 1}
        plain = {key: each for key, each in expected.items() if key not in several}
        plain.update({f"{key}[{at}]": one for key, each in several.items() for at, one in enumerate(each)})
        assert found == pytest.approx(plain, rel=1e-4, abs=1e-6, nan_ok=True), (own_loss, measured)
        compared += 1
    assert compared > 30


def test_a_loss_that_depends_on_the_batch_is_that_of_evaluate():
    model = classifier("dice", "sigmoid", 1, ["hinge", "f1_score"])
    y = TWO[:, None].astype("float32")
    expected = model.evaluate(FOUR, y, verbose=0, return_dict=True, batch_size=50)
    found = predict(samples_of(FOUR, y), "test", model, 50).metrics
    assert [found[name] for name in ("loss", "hinge", "f1_score[0]")] == pytest.approx(
        [expected["loss"], expected["hinge"], float(expected["f1_score"][0])], rel=1e-5
    )


def test_what_is_measured_leaves_no_trace_in_the_model():
    model = classifier()
    model.fit(FOUR, THREE, verbose=0)
    before = model.get_metrics_result()
    weights = [variable.numpy() for variable in model.variables]
    predict(samples_of(FOUR[:50], THREE[:50]), "test", model)
    assert model.get_metrics_result() == before
    for variable, value in zip(model.variables, weights, strict=True):
        np.testing.assert_array_equal(variable.numpy(), value)


def test_classes_are_counted_and_measured_as_scikit_learn_does():
    model, samples = classifier(), samples_of(FOUR, THREE, ["a", "b", "c"])
    predicted = predict(samples, "test", model)
    chosen = scores_of(predicted).argmax(axis=1)
    matrix = of("confusion", predicted, samples)
    assert matrix["counts"] == metrics.confusion_matrix(THREE, chosen, labels=range(3)).tolist()
    assert (matrix["classes"], matrix["left_out"]) == (["a", "b", "c"], 0)
    scores = of("per_class", predicted, samples)
    report = metrics.classification_report(
        THREE, chosen, target_names=["a", "b", "c"], output_dict=True, zero_division=0
    )
    for row in scores["rows"]:
        told = report[row["name"]]
        assert [row["precision"], row["recall"], row["f1"], row["support"]] == pytest.approx(
            [told["precision"], told["recall"], told["f1-score"], told["support"]]
        )
    assert scores["accuracy"] == pytest.approx(report["accuracy"])
    assert scores["mean"]["f1"] == pytest.approx(report["macro avg"]["f1-score"])


def test_the_worst_samples_come_first_and_a_cell_has_its_own():
    model, samples = classifier(), samples_of(FOUR, THREE)
    predicted = predict(samples, "test", model)
    values = scores_of(predicted)
    chosen = values.argmax(axis=1)
    wrong = np.flatnonzero(chosen != THREE)
    gap = values.max(axis=1) - values[np.arange(333), THREE]
    gallery = of("worst", predicted, samples)
    assert gallery["count"] == len(wrong)
    first = gallery["samples"][0]
    assert first["index"] == wrong[gap[wrong].argmax()]
    assert (first["true"], first["predicted"]) == (str(THREE[first["index"]]), str(chosen[first["index"]]))
    assert first["text"] == ", ".join(f"{number:.4g}" for number in FOUR[first["index"]])
    highest = np.sort(values, axis=1)
    unsure = of("worst", predicted, samples, order="unsure")["samples"]
    assert unsure[0]["index"] == (highest[:, -1] - highest[:, -2]).argmin()
    true, taken_for = int(THREE[wrong[0]]), int(chosen[wrong[0]])
    cell = of("worst", predicted, samples, true=true, predicted_as=taken_for)
    there = np.flatnonzero((THREE == true) & (chosen == taken_for))
    assert {each["index"] for each in cell["samples"]} == set(there[np.argsort(-gap[there])][:60].tolist())


def test_curves_and_thresholds_of_a_class_are_those_of_scikit_learn():
    model, samples = classifier("binary_crossentropy", "sigmoid", 1), samples_of(FOUR, TWO, ["no", "yes"])
    predicted = predict(samples, "test", model)
    found, score = of("curves", predicted, samples), scores_of(predicted).reshape(-1)
    assert found["auc"] == pytest.approx(metrics.roc_auc_score(TWO, score))
    assert found["average_precision"] == pytest.approx(metrics.average_precision_score(TWO, score))
    assert (found["of"], found["threshold"]) == (1, 0.5)
    for row in found["thresholds"][::20]:
        counts = metrics.confusion_matrix(TWO, score > row["at"], labels=[0, 1]).ravel()
        assert [row["rejected"], row["false_alarms"], row["missed"], row["hits"]] == counts.tolist()
    model, samples = classifier(), samples_of(FOUR, THREE)
    predicted = predict(samples, "test", model)
    several, score = of("curves", predicted, samples, of=2), scores_of(predicted)[:, 2]
    assert several["auc"] == pytest.approx(metrics.roc_auc_score(THREE == 2, score))
    happened, said = calibration_curve(THREE == 2, score, n_bins=10)
    assert several["calibration"]["x"] == pytest.approx(said.tolist())
    assert several["calibration"]["y"] == pytest.approx(happened.tolist())
    alone = of("curves", predict(samples_of(FOUR, THREE * 0), "test", model), samples, of=2)
    assert alone["auc"] is None


def test_numbers_are_compared_with_the_truth_and_the_farthest_come_first():
    model, y = classifier("mse", None, 1, []), FOUR.sum(axis=1)
    samples = samples_of(FOUR, y)
    predicted = predict(samples, "test", model)
    said = scores_of(predicted).reshape(-1)
    found = of("residuals", predicted, samples)
    assert found["r2"] == pytest.approx(metrics.r2_score(y, said), rel=1e-5, abs=1e-6)
    assert found["mean_absolute_error"] == pytest.approx(metrics.mean_absolute_error(y, said), rel=1e-5)
    assert found["mean_error"] == pytest.approx(float((said - y).mean()), rel=1e-4, abs=1e-6)
    assert sum(found["histogram"]["counts"]) == len(found["indices"]) == 333
    assert of("worst", predicted, samples)["samples"][0]["index"] == np.abs(said - y).argmax()


@pytest.mark.parametrize("units", [1, 3])
def test_shares_are_compared_with_shares_where_the_model_gives_logits(units):
    losses = keras.losses
    loss = (losses.BinaryCrossentropy if units == 1 else losses.CategoricalCrossentropy)(from_logits=True)
    model, y = classifier(loss, None, units, []), RANDOM.dirichlet([1] * max(units, 2), len(FOUR))[:, :units]
    samples = samples_of(FOUR, y)
    predicted = predict(samples, "test", model)
    squash = keras.ops.sigmoid if units == 1 else keras.ops.softmax
    expected = keras.ops.convert_to_numpy(squash(scores_of(predicted)))
    assert predicted.outputs[0].task.kind == "numbers"
    np.testing.assert_allclose(predicted.outputs[0].task.scores, expected, rtol=1e-5)


def test_predictions_are_a_csv_file():
    model, samples = classifier(), samples_of(FOUR, THREE, ["a", "b,c", "d"])
    table = pd.read_csv(io.StringIO(of("csv_file", predict(samples, "test", model), samples)["text"]))
    values = model.predict(FOUR, verbose=0)
    assert list(table.columns) == ["index", "true", "predicted", "a", "b,c", "d"]
    np.testing.assert_allclose(table[["a", "b,c", "d"]], values, rtol=1e-5, atol=1e-6)
    assert table["true"].tolist() == [["a", "b,c", "d"][number] for number in THREE]


def test_large_predictions_lie_in_a_file(monkeypatch):
    monkeypatch.setattr(room, "IN_MEMORY", 100)
    model = classifier()
    found = predict(samples_of(FOUR, THREE), "test", model)
    assert isinstance(found.outputs[0].values, np.memmap)
    np.testing.assert_allclose(found.outputs[0].values, model.predict(FOUR, verbose=0), rtol=1e-5, atol=1e-6)


def test_a_model_for_batches_of_one_size_predicts_all_samples():
    model = keras.Sequential([keras.Input((4,), batch_size=10), layers.Dense(3, "softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy")
    found = predict(samples_of(FOUR[:23], THREE[:23]), "test", model)
    np.testing.assert_allclose(
        found.outputs[0].values[20:], model.predict(FOUR[13:23], verbose=0)[7:], rtol=1e-5, atol=1e-6
    )


def test_a_session_evaluates_what_it_has_trained(tmp_path, digits):
    page = SessionPage(Session(tmp_path, "digits.keras.json"))
    ask = page.answer
    document = planned(digits)
    assert ask("result", class_name="confusion", config={})["code"] == "no_predictions"
    assert ask("evaluate", document=document, part="validation")["code"] == "untrained"
    assert page.trained(document)["error"] is None
    found = ask("evaluate", document=document, part="validation")
    assert (found["outputs"][0]["kind"], found["count"], found["epoch"]) == ("classes", 360, 2)
    assert found["metrics"][0]["name"] == "loss"
    validation = page.session.run.history.to_json()["epoch"]["val_loss"]["y"][-1]
    assert found["metrics"][0]["value"] == pytest.approx(validation, rel=1e-4)
    matrix = ask("result", class_name="confusion", config={})
    assert np.sum(matrix["counts"]) == 360
    gallery = ask("result", class_name="worst", config={})
    assert gallery["samples"][0]["picture"].startswith("data:image/png")
    data = load({"class_name": "digits", "config": {}}, {})
    sample = gallery["samples"][0]
    assert sample["true"] == str(data.y[1437 + sample["index"]])
    assert any(message["event"] == "evaluation" for message in page.heard)
    edited = {**document, "config": {**document["config"], "layers": document["config"]["layers"][:-1]}}
    assert ask("evaluate", document=edited, part="validation")["code"] == "untrained"
    for wrong in ({"class_name": "other", "config": {}}, {"class_name": "worst", "config": {"no": 1}}):
        assert ask("result", **wrong)["code"] == "bad_request"


def test_predictions_can_be_stopped():
    def stop(share):
        if share > 0:
            raise RequestError("stopped", "")

    model = classifier()
    with pytest.raises(RequestError):
        predict(samples_of(np.tile(FOUR, (10, 1)), np.tile(THREE, 10)), "test", model, go_on=stop)
