"""A first model for the data: it is laid out without a word said, and trains well."""

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import DIGITS, except_on, few, tensorflow_only
from sklearn import datasets as public

from kerasviz.data import load
from kerasviz.data.dataset import Data, Stream
from kerasviz.models.firstmodel import first_model
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

RANDOM = np.random.default_rng(0)


def framed(x, y, names=None):
    frame = pd.DataFrame(x, columns=names or [f"c{at}" for at in range(x.shape[1])])
    return frame.assign(target=y)


def document(data, **plan):
    return {**DIGITS, "kerasviz": {"version": 1, "training": {"data": data, **plan}}}


def laid(data, namespace=None, **plan):
    chosen = {"class_name": data, "config": {}} if isinstance(data, str) else data
    return first_model(document(chosen, **plan), load(chosen, namespace or {}))


def of_frame(frame, **plan):
    return laid({"class_name": "dataframe", "config": {"name": "t"}}, {"t": frame}, **plan)


def trained(made, namespace, tmp_path, **fit_arguments):
    training = {**made["kerasviz"]["training"], "seed": 0}
    training["fit"] = {**training["fit"], **fit_arguments}
    keeper, plan = Keeper(tmp_path), read_plan({**made, "kerasviz": {"training": training}})
    run = Run("model", plan.epochs)
    fit(plan, keeper, run, namespace, lambda curves: curves and run.extend(curves), lambda _: None)
    curves = run.to_json()["curves"]["epoch"]
    return {name: series["y"][-1] for name, series in curves.items()}, keeper.model


@pytest.mark.thorough
def test_texts_without_blanks_are_learned_by_letter(tmp_path):
    good, bad = (
        "\u5f88\u597d\u5403\u5473\u9053\u8db3\u91cf\u5927",
        "\u592a\u96be\u5403\u4e86\u9001\u5f97\u6162",
    )
    letters = "\u6211\u4f60\u4ed6\u5929\u5730\u4eba\u548c\u5728\u6709\u4e0d"
    words = [(good if at % 2 else bad) + letters[at % 10] + letters[at // 10] for at in range(100)]
    frame = pd.DataFrame({"review": words, "label": np.arange(100) % 2})
    made, _ = of_frame(frame)
    steps = [*made["config"]["layers"], *made["kerasviz"]["training"]["preparation"]]
    (looked_up,) = [each["config"] for each in steps if each["class_name"] == "TextVectorization"]
    assert looked_up["split"] == "character"
    values, _ = trained(made, {"t": frame}, tmp_path, epochs=5)
    assert values["val_accuracy"] > 0.9


@tensorflow_only("text as an input")
def test_arrays_of_texts_without_blanks_are_learned_by_letter():
    source = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    words = np.array(["\u5f88\u597d\u5403\u5473\u9053", "\u592a\u96be\u5403\u4e86"] * 20)
    arrays, _ = laid(source, {"x": words, "y": np.arange(40) % 2})
    layers = {each["class_name"]: each["config"] for each in arrays["config"]["layers"]}
    assert layers["TextVectorization"]["split"] == "character"


@except_on("tensorflow", "takes text")
def test_arrays_of_text_are_refused_where_models_take_numbers_alone():
    source = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    with pytest.raises(RequestError, match="only the TensorFlow backend of Keras"):
        laid(source, {"x": np.array(["good", "bad"] * 20), "y": np.arange(40) % 2})


def test_columns_of_any_language_are_trained(tmp_path):
    """TensorFlow takes no letters in the names of layers but those of ASCII."""
    words = [f"{'muy bueno' if at % 2 else 'malo'} {at}, en verdad, y otra vez {at * 7}" for at in range(80)]
    frame = pd.DataFrame({"Descripci\u00f3n": words, "\u5e74\u9f84 (a\u00f1os)": range(80)})
    frame = frame.assign(**{"t\u00edtulo": np.arange(80) % 2, "\u4ef7\u683c": RANDOM.normal(size=80)})
    columns = {"target": ["t\u00edtulo", "\u4ef7\u683c"], "ignored": []}
    made, _ = of_frame(frame, columns=columns)
    assert {"titulo", "u4ef7u683c"} <= {each["config"]["name"] for each in made["config"]["layers"]}
    values, _ = trained(made, {"t": frame}, tmp_path, epochs=1)
    assert {"titulo_loss", "u4ef7u683c_loss"} <= set(values)


@pytest.mark.parametrize(
    ("name", "measure", "least"),
    [
        pytest.param("iris", "val_accuracy", 0.9, marks=pytest.mark.thorough),
        pytest.param("wine", "val_accuracy", 0.85, marks=pytest.mark.thorough),
        pytest.param("breast_cancer", "val_accuracy", 0.93, marks=pytest.mark.thorough),
        ("digits", "val_accuracy", 0.93),
        pytest.param("diabetes", "val_mean_absolute_error", -55, marks=pytest.mark.thorough),
    ],
)
def test_the_bundled_sets_are_learned(name, measure, least, tmp_path):
    made, reasons = laid(name)
    assert reasons and all(reason.endswith(".") for reason in reasons)
    got = trained(made, {}, tmp_path, **({"epochs": 8} if name == "digits" else {}))[0][measure]
    assert (got if least > 0 else -got) >= least


MILLIONS = public.make_regression(600, 8, noise=5.0, random_state=0)
KINDS = {
    "moons": (public.make_moons(600, noise=0.15, random_state=0), "val_accuracy", 0.93),
    "blobs": (public.make_blobs(600, 4, centers=4, random_state=0), "val_accuracy", 0.9),
    "classes": (
        public.make_classification(600, 12, n_informative=8, n_classes=3, class_sep=2, random_state=0),
        "val_accuracy",
        0.8,
    ),
    "friedman": (public.make_friedman1(600, noise=0.5, random_state=0), "val_mean_absolute_error", -2.2),
    "millions": (
        (MILLIONS[0] * 50 + 1000, MILLIONS[1] * 3000 + 1_500_000),
        "val_mean_absolute_error",
        -150_000,
    ),
}


@pytest.mark.parametrize(
    "kind",
    few(KINDS, 5),
)
def test_tables_of_public_kinds_are_learned(kind, tmp_path):
    (x, y), measure, least = KINDS[kind]
    frame = framed(x, y)
    made, _ = of_frame(frame)
    got = trained(made, {"t": frame}, tmp_path)[0][measure]
    assert (got if least > 0 else -got) >= least
    if kind == "millions":
        assert made["config"]["layers"][-1]["class_name"] == "Rescaling"


def test_a_rare_class_is_weighted_and_measured_by_what_is_missed(tmp_path):
    x, y = public.make_classification(1500, 6, weights=[0.96], class_sep=2, random_state=0)
    frame = framed(x, np.where(y == 1, "ill", "healthy")).assign(patient_id=np.arange(1500) // 3)
    made, _ = of_frame(frame)
    plan = made["kerasviz"]["training"]
    assert plan["split"] == {"class_name": "by_group", "config": {"column": "patient_id", "validation": 0.2}}
    assert plan["columns"]["ignored"] == ["patient_id"]
    assert plan["fit"]["class_weight"]["1"] > 5
    own, _ = of_frame(frame, fit={"class_weight": {"1": 2.0}})
    assert own["kerasviz"]["training"]["fit"]["class_weight"] == {"1": 2.0}
    assert made["compile_config"]["metrics"][1:] == ["recall", "precision"]
    assert made["compile_config"]["metrics"][0]["config"]["curve"] == "PR"
    got, _ = trained(made, {"t": frame}, tmp_path, epochs=5)
    assert got["val_recall"] > 0.8


REVIEWS = pd.DataFrame(
    {
        "review": [
            f"{a} {b}, really{chr(10)}{c} {number}th 😀"
            for number, (a, b, c) in enumerate(
                zip(
                    RANDOM.choice(["awful", "weak", "fine", "good", "superb"], 400),
                    RANDOM.choice(["the book", "das Buch", "le livre"], 400),
                    RANDOM.choice(["read it", "gelesen", "lu"], 400),
                    strict=True,
                )
            )
        ]
    }
)
STARS = ["awful", "weak", "fine", "good", "superb"]
REVIEWS["stars"] = [1 + STARS.index(review.split()[0]) for review in REVIEWS["review"]]


@except_on("tensorflow", "looks words up inside the model")
def test_words_are_looked_up_before_a_model_that_takes_numbers_alone(tmp_path):
    made, reasons = of_frame(REVIEWS)
    assert [layer["class_name"] for layer in made["config"]["layers"]][:2] == ["InputLayer", "Embedding"]
    assert any("the numbers of words" in reason for reason in reasons)
    got, _ = trained(made, {"t": REVIEWS}, tmp_path)
    assert got["val_accuracy"] > 0.9


@tensorflow_only("text as an input")
def test_words_are_looked_up_inside_the_model(tmp_path):
    made, _ = of_frame(REVIEWS)
    assert [layer["class_name"] for layer in made["config"]["layers"]][:3] == [
        "InputLayer",
        "TextVectorization",
        "Embedding",
    ]
    assert made["kerasviz"]["training"]["preparation"] == []
    got, model = trained(made, {"t": REVIEWS}, tmp_path)
    assert got["val_accuracy"] > 0.9
    model.save(tmp_path / "stars.keras")
    again = keras.saving.load_model(tmp_path / "stars.keras")
    stars = again.predict(keras.ops.convert_to_tensor([["superb livre 😀"], ["awful Buch"]]), verbose=0)
    assert stars.argmax(axis=1).tolist() == [4, 0]


@tensorflow_only("text as an input")
@pytest.mark.thorough
def test_a_text_whose_step_was_accepted_is_looked_up_inside_the_model(tmp_path):
    frame = REVIEWS.assign(pages=RANDOM.integers(50, 900, 400))
    steps = [
        {"class_name": "TextVectorization", "config": {"max_tokens": 20}, "columns": ["review"]},
        {"class_name": "Normalization", "config": {}, "columns": ["pages"]},
    ]
    made, _ = of_frame(frame, preparation=steps)
    assert made["kerasviz"]["training"]["preparation"] == steps[1:]
    words = {layer["class_name"]: layer["config"] for layer in made["config"]["layers"]}["TextVectorization"]
    assert words["max_tokens"] == 20 and len(words["vocabulary"]) == 18
    beside = [{**steps[0], "config": {"max_tokens": 20, "output_mode": "multi_hot"}}, steps[1]]
    made, _ = of_frame(frame, preparation=beside)
    assert made["kerasviz"]["training"]["preparation"] == beside
    assert made["config"]["layers"][0]["config"]["batch_shape"] == [None, 21]


@tensorflow_only("text as an input")
@pytest.mark.thorough
def test_text_and_columns_go_to_inputs_of_their_own(tmp_path):
    frame = REVIEWS.assign(pages=RANDOM.integers(50, 900, 400), price=REVIEWS["stars"] * 1e5 + 2e6)
    made, _ = of_frame(frame, columns={"target": ["stars", "price"]})
    got, model = trained(made, {"t": frame}, tmp_path, epochs=20)
    assert [tensor.name for tensor in model.inputs] == ["columns", "review"]
    assert got["val_stars_accuracy"] > 0.9 and got["val_price_mean_absolute_error"] < 5e4


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ((24, 3), "GRU"),
        pytest.param((600, 2), "Conv1D", marks=pytest.mark.thorough),
        pytest.param((32, 32, 3), "Conv2D", marks=pytest.mark.thorough),
        pytest.param((5,), "Dense", marks=pytest.mark.thorough),
    ],
)
def test_arrays_get_layers_by_their_shape(shape, kind, tmp_path):
    x = RANDOM.normal(100, 30, (80, *shape)).astype("float32")
    y = x.mean(axis=tuple(range(1, x.ndim))) * 1000
    made, _ = laid({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": x, "y": y})
    assert kind in [layer["class_name"] for layer in made["config"]["layers"]]
    got, _ = trained(made, {"x": x, "y": y}, tmp_path, epochs=1)
    assert np.isfinite(got["val_loss"])


@pytest.mark.thorough
def test_two_in_and_two_out(tmp_path):
    pictures = RANDOM.integers(0, 256, (60, 12, 12, 3)).astype("uint8")
    facts = RANDOM.normal(0, 1, (60, 4)).astype("float32")
    x = {"picture": pictures, "facts": facts}
    y = {"category": np.arange(60) % 3, "price": facts[:, 0] * 1000 + 5000}
    made, _ = laid({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": x, "y": y})
    got, model = trained(made, {"x": x, "y": y}, tmp_path, epochs=1)
    assert model.output_names == ["category", "price"]
    assert made["compile_config"]["loss_weights"]["price"] < 1e-5
    assert {"val_category_accuracy", "val_price_mean_absolute_error"} <= set(got)


def test_batches_are_looked_at_for_a_first_model():
    import tensorflow as tf

    x, y = RANDOM.integers(0, 256, (32, 40, 40, 3)).astype("uint8"), np.arange(32) % 4
    stream = Stream("pictures", tf.data.Dataset.from_tensor_slices((x, y)).batch(8), samples=32, classes=4)
    made, _ = first_model(document({"class_name": "pictures", "config": {}}), stream)
    names = [layer["class_name"] for layer in made["config"]["layers"]]
    assert (
        names[:3] == ["InputLayer", "Rescaling", "Conv2D"]
        and made["config"]["layers"][-1]["config"]["units"] == 4
    )


def test_samples_that_are_read_by_number_are_looked_at_for_a_first_model(tmp_path):
    rows = RANDOM.normal(size=(90, 2)).cumsum(axis=0)
    pd.DataFrame(rows, columns=["u", "v"]).to_csv(tmp_path / "sensors.csv", index=False)
    table = {"class_name": "csv", "config": {"file": "sensors.csv"}}
    series = {"class_name": "windows", "config": {"table": table, "length": 12, "horizon": 3}}
    made, _ = first_model(document(series), load(series, {}, tmp_path))
    layers = [layer["class_name"] for layer in made["config"]["layers"]]
    assert layers[:2] == ["InputLayer", "GRU"]
    assert made["config"]["layers"][0]["config"]["batch_shape"] == [None, 12, 2]


@tensorflow_only("text as an input")
def test_texts_in_folders_are_looked_at_for_a_first_model(tmp_path):
    for name in ("good", "bad"):
        (tmp_path / "said" / name).mkdir(parents=True)
        for at in range(8):
            (tmp_path / "said" / name / f"{at}.txt").write_text(f"{name} word{at}")
    texts = {"class_name": "texts", "config": {"path": "said"}}
    made, _ = first_model(document(texts), load(texts, {}, tmp_path))
    assert made["config"]["layers"][1]["class_name"] == "TextVectorization"


def test_data_without_targets_has_no_first_model():
    with pytest.raises(RequestError, match="no targets to learn"):
        first_model(document("digits"), Data("x", np.zeros((4, 2)), None))
