"""Tables become arrays: by steps that learn from the training rows alone, in memory and by parts alike."""

import itertools

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import computed

from kerasviz.data.batches import Batches
from kerasviz.data.dataset import Data, Stream, Table
from kerasviz.data.preparation import prepared
from kerasviz.data.preparation import rowblocks as blocks_of
from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preview.look import Purpose, look
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.protocol import RequestError

N = 400
RANDOM = np.random.default_rng(0)


def houses(n=N):
    """House prices as people have them: an id, a date, categories, missing values, a decimal comma."""
    random = np.random.default_rng(1)
    area = random.normal(120, 30, n).round(1)
    city = random.choice(["Bonn", "Köln", "Ulm"], n)
    rooms = random.integers(1, 8, n).astype(float)
    price = area * 3000 + (city == "Köln") * 200_000 + rooms * 10_000
    rooms[random.random(n) < 0.1] = np.nan
    return pd.DataFrame(
        {
            "id": np.arange(1, n + 1),
            "sold": pd.Timestamp("2020-01-01") + pd.to_timedelta(random.integers(0, 900, n), "D"),
            "area": area,
            "rooms": rooms,
            "city": city,
            "heated": random.random(n) < 0.5,
            "tax": [f"{value:,.2f}".replace(",", " ").replace(".", ",") for value in area * 11.3],
            "note": pd.Series([None] * n, dtype=object),
            "country": "DE",
            "price": price,
        }
    )


def table(frame, parts=1):
    cuts = [int(cut) for cut in np.linspace(0, len(frame), parts + 1)]
    return Table(
        "houses.csv",
        tuple(frame.columns),
        lambda: iter([frame.iloc[a:b] for a, b in itertools.pairwise(cuts)]),
    )


def arrays(frame, columns=None, steps=None, split=None, parts=1, **options):
    return prepared(table(frame, parts), columns or {}, steps, split, **options)


def model_of(*inputs, outputs=(("out", 1),), loss="mse", **compiled):
    tensors = [keras.Input(shape, name=name, dtype=dtype) for name, shape, dtype in inputs]
    flat = [tensor for tensor in tensors if tensor.dtype != "string"]
    joined = keras.layers.Concatenate()(flat) if len(flat) > 1 else flat[0]
    made = [keras.layers.Dense(units, name=name)(joined) for name, units in outputs]
    model = keras.Model(tensors, made if len(made) > 1 else made[0])
    model.compile("adam", loss, **compiled)
    return model


def test_a_table_of_houses_is_prepared_without_a_word_said():
    data = arrays(houses())
    said = "\n".join(data.notes)
    assert "'price' seems to be what is to be predicted" in said
    assert "'id' only numbers the rows" in said
    assert "'country' is always the same" in said
    assert "'note' is empty" in said
    assert "'tax': numbers with a decimal comma" in said
    assert "'rooms': the median stands for missing values, and a second number says where" in said
    # sold: elapsed, month and weekday as circles; rooms with an indicator; city: three and the unknown
    assert data.x.shape == (N, 5 + 1 + 2 + 4 + 1 + 1)
    assert data.x.dtype == np.float32 and np.isfinite(data.x).all()
    np.testing.assert_allclose(data.y, houses()["price"], rtol=1e-6)


def test_what_is_learned_is_learned_from_the_training_rows_alone():
    frame = houses()
    frame.loc[300:, "area"] += 1000.0
    frame.loc[300:, "city"] = "Mars"
    split = {"class_name": "by_time", "config": {"validation": 0.25}}
    steps = [
        {"class_name": "fill", "config": {"by": "mean"}, "columns": ["rooms"]},
        {"class_name": "Normalization", "config": {}, "columns": ["area", "rooms"]},
        {"class_name": "StringLookup", "config": {"output_mode": "one_hot"}, "columns": ["city"]},
    ]
    columns = {"target": ["price"], "ignored": ["id", "sold", "heated", "tax", "note", "country"]}
    data = arrays(frame, columns, steps, split)
    train = frame.iloc[:300]
    filled = frame["rooms"].fillna(train["rooms"].mean())
    for at, values in ((0, frame["area"]), (1, filled)):
        expected = (values - values[:300].mean()) / values[:300].std(ddof=0)
        got = np.concatenate([data.x[:, at], data.validation.x[:, at]])
        np.testing.assert_allclose(got, expected, rtol=1e-4, atol=1e-4)
    assert data.x.shape[1] == 2 + 4  # no place for Mars
    np.testing.assert_array_equal(data.validation.x[:, 2], 1)  # unknown
    same = arrays(frame, columns, steps, None, validation_split=0.25)
    np.testing.assert_array_equal(same.x, np.concatenate([data.x, data.validation.x]))


@pytest.mark.parametrize("parts", [2, 7])
def test_a_table_in_parts_gives_what_one_in_memory_gives(parts, monkeypatch):
    monkeypatch.setattr(blocks_of, "BLOCK", 64)
    split = {"class_name": "share", "config": {"validation": 0.2, "test": 0.1}}
    whole, read = arrays(houses(), split=split), arrays(houses(), split=split, parts=parts)
    assert isinstance(read.x, np.memmap) and not isinstance(whole.x, np.memmap)
    for one, other in ((whole, read), (whole.validation, read.validation), (whole.test, read.test)):
        np.testing.assert_array_equal(one.x, other.x)
        np.testing.assert_array_equal(one.y, other.y)
    assert [len(part.x) for part in (read, read.validation, read.test)] == [280, 80, 40]


def test_classes_in_words_are_numbered_and_named():
    frame = houses()[["area", "rooms", "city"]]
    data = arrays(frame, {"target": "city"}, model=model_of(("x", (3,), "float32"), loss="mse"))
    assert data.class_names == ["Bonn", "Köln", "Ulm"] and data.classes == 3
    np.testing.assert_array_equal(np.array(data.class_names)[data.y], frame["city"])
    assert "Bonn = 0, Köln = 1, Ulm = 2" in "\n".join(data.notes)


def test_stars_are_labels_from_0_where_the_loss_compares_classes():
    frame = pd.DataFrame({"area": RANDOM.random(N), "stars": RANDOM.integers(1, 6, N)})
    classes = arrays(frame, model=model_of(("x", (1,), "float32"), loss="sparse_categorical_crossentropy"))
    np.testing.assert_array_equal(classes.y, frame["stars"] - 1)
    assert "1 = 0, 2 = 1" in "\n".join(classes.notes) and classes.class_names[0] == "1"
    numbers = arrays(frame, model=model_of(("x", (1,), "float32")))
    np.testing.assert_array_equal(numbers.y, frame["stars"])
    assert numbers.class_names is None


def test_rows_without_a_target_are_left_out_and_weights_come_along():
    frame = pd.DataFrame({"a": np.arange(10.0), "w": np.arange(10.0) / 10, "y": [np.nan, *range(9)]})
    data = arrays(frame, {"target": ["y"], "weight": "w"}, [])
    np.testing.assert_array_equal(data.x[:, 0], np.arange(1, 10))
    np.testing.assert_allclose(data.sample_weight, np.arange(1, 10) / 10)
    assert "1 row without a target or weight is left out." in data.notes


def test_inputs_take_columns_by_name_and_the_rest_is_joined():
    frame = houses()[["area", "rooms", "city", "price"]]
    model = model_of(("city", (1,), "string"), ("numbers", (3,), "float32"))
    data = arrays(frame, model=model)
    assert data.x["city"][:, 0].tolist() == frame["city"].tolist()
    assert data.x["numbers"].shape == (N, 3)
    chosen = arrays(frame, {"inputs": {"numbers": ["rooms"]}}, model=model_of(("numbers", (2,), "float32")))
    assert chosen.x.shape == (N, 2)
    assert "No input takes 'area', 'city'." in chosen.notes


def test_targets_go_to_outputs_by_name():
    frame = houses()[["area", "rooms", "city", "price"]]
    model = model_of(
        ("x", (3,), "float32"),
        outputs=(("price", 1), ("kind", 3)),
        loss={"price": "mse", "kind": "sparse_categorical_crossentropy"},
    )
    data = arrays(frame, {"target": ["city", "price"], "outputs": {"kind": ["city"]}}, model=model)
    assert {key: value.dtype.name for key, value in data.y.items()} == {"price": "float32", "kind": "int32"}
    np.testing.assert_allclose(data.y["price"], frame["price"], rtol=1e-6)


STEP = {"class_name": "Normalization", "config": {}, "columns": ["city"]}


@pytest.mark.parametrize(
    ("columns", "steps", "model", "said"),
    [
        ({"target": ["cost"]}, None, None, "The data has no column 'cost'. Its columns are 'area'"),
        ({"ignored": ["area", "rooms", "city"]}, None, None, "No column is left to learn from"),
        ({}, [], None, "Column 'city' holds text or dates, but the model takes numbers"),
        ({}, [STEP], None, "The step Normalization takes numbers, but 'city' holds text"),
        ({}, [{**STEP, "class_name": "Normalize"}], None, "Received: 'Normalize'"),
        ({}, [{**STEP, "class_name": "fill", "config": {"with": 1}}], None, "fill has other arguments"),
        ({}, [{**STEP, "config": {"axes": 1}}], None, "Keras does not take the arguments of the step Norm"),
        ({}, [{**STEP, "class_name": "StringLookup", "config": {"vocabulary": "/etc/passwd"}}], None, "file"),
        ({}, None, (("x", (5,), "float32"),), "expects 5 values for each sample, but the columns give 7"),
        ({}, None, (("a", (5,), "float32"), ("b", (5,), "float32")), "Which columns go to the input 'a'?"),
    ],
)
def test_what_does_not_go_is_said(columns, steps, model, said):
    with pytest.raises(RequestError) as refused:
        arrays(houses()[["area", "rooms", "city", "price"]], columns, steps, model=model and model_of(*model))
    assert said in refused.value.error["message"]


def step(name, values, train=None, **config):
    from kerasviz.data.preparation.chains import changed
    from kerasviz.data.preparation.ownsteps import make_step

    made = make_step({"class_name": name, "config": config}, "c")
    seen = values if train is None else train
    if made.learns:
        made.see(seen[: len(seen) // 2])
        made.see(seen[len(seen) // 2 :])
        made.finish()
    again = make_step({"class_name": name, "config": made.config()}, "c")
    got = changed([made], values)
    if not isinstance(made, KerasLayer) or name == "Normalization":
        assert not again.learns
        np.testing.assert_array_equal(changed([again], values), got)  # its config has what it learned
    return got


def test_missing_values_are_filled():
    values = np.array([1.0, np.nan, 3.0, np.inf, 100.0])
    assert step("fill", values).tolist() == [1, 3, 3, 3, 100]
    assert step("fill", values, by="mean").tolist() == [1, 104 / 3, 3, 104 / 3, 100]
    assert step("fill", values, by="constant", constant="7").tolist() == [1, 7, 3, 7, 100]
    assert step("fill", values, indicator=True)[:, 1].tolist() == [0, 1, 0, 1, 0]
    words = np.array(["b", None, "a", "b"], dtype=object)
    assert step("fill", words, by="most_frequent").tolist() == ["b", "b", "a", "b"]


def test_the_median_of_many_numbers_is_found_in_little_memory(monkeypatch):
    monkeypatch.setattr("kerasviz.data.preparation.fill.KEPT", 100)
    values = np.append(RANDOM.permutation(5000).astype("float64"), np.nan)
    assert abs(step("fill", values)[-1] - 2500) < 700


def test_dates_become_numbers():
    values = np.array(["2021-01-01", "2020-12-31", "NaT"], "datetime64[ns]")
    assert step("dates", values, parts=["year", "day"], cyclic=False)[:2].tolist() == [[2021, 1], [2020, 31]]
    assert step("dates", values, parts=["elapsed"])[:2].tolist() == [1, 0]
    circle = step("dates", values, parts=["month", "day_of_week"])
    np.testing.assert_allclose(circle[0, :2], circle[1, :2], atol=0.6)  # December is beside January
    assert np.isnan(circle[2]).all()
    words = np.array(["2021-03-01 10:00", "soon", None], dtype=object)
    np.testing.assert_array_equal(step("dates", words, parts=["hour"], cyclic=False), [10, np.nan, np.nan])
    with pytest.raises(RequestError, match="not 'weak'"):
        step("dates", values, parts=["weak"])


def test_decimal_text_becomes_numbers():
    words = np.array(["1.234,50", "-3,5 €", "12 000", None, "?"], dtype=object)
    np.testing.assert_array_equal(step("decimal_text", words), [1234.5, -3.5, 12000, np.nan, np.nan])
    assert step("decimal_text", words[:1], decimal=".", thousands=",").tolist() == [1.2345]


def test_layers_of_keras_are_steps():
    numbers = RANDOM.normal(5, 3, 500)
    got = step("Normalization", numbers)
    np.testing.assert_allclose([got.mean(), got.std()], [0, 1], atol=1e-5)
    layer = keras.layers.Normalization()
    layer.adapt(numbers[:, None])
    np.testing.assert_allclose(got, computed(layer(numbers[:, None])), atol=1e-5)
    assert set(step("Discretization", numbers, num_bins=4).ravel().tolist()) == {0, 1, 2, 3}
    assert step("Rescaling", numbers[:2], scale=2.0).ravel().tolist() == pytest.approx(numbers[:2] * 2)
    words = np.array(["a", "b", None, "b"], dtype=object)
    assert step("StringLookup", words).ravel().tolist() == [2, 1, 3, 1]
    assert step("StringLookup", np.array([53111.0, np.nan, 53111.0])).shape == (3, 1)
    assert step("IntegerLookup", np.array([7.0, 7.0, 9.0])).ravel().tolist() == [1, 1, 2]
    texts = np.array(["good book", "bad book", None], dtype=object)
    assert step("TextVectorization", texts, output_sequence_length=3).shape == (3, 3)


def proposed(frame, **chosen):
    return look(table(frame), Purpose(chosen))["proposed"]


def test_what_suits_a_table_is_proposed_with_reasons():
    found = proposed(houses())
    assert found["columns"] == {"target": ["price"], "ignored": ["id", "note", "country"], "weight": None}
    assert [step["class_name"] for step in found["preparation"]] == [
        "decimal_text",
        "dates",
        "fill",
        "Normalization",
        "StringLookup",
    ]
    assert found["split"] == {"class_name": "share", "config": {"seed": 0, "validation": 0.2}}
    assert (found["loss"], found["metrics"]) == ("mean_squared_error", ["mean_absolute_error"])
    assert all(reason.endswith(".") for reason in found["reasons"])
    city = proposed(houses(), target=["city"])
    assert (city["loss"], city["split"]["class_name"]) == ("sparse_categorical_crossentropy", "by_class")
    same = arrays(houses(), found["columns"], found["preparation"])
    np.testing.assert_array_equal(same.x, arrays(houses()).x)


@pytest.mark.parametrize(
    ("columns", "target"),
    [  # public tables whose target is not the last column, or that have a name for it twice
        ("carat cut color clarity depth table price x y z", "price"),
        ("mpg cylinders displacement horsepower weight acceleration model_year origin name", "mpg"),
        ("total_bill tip sex smoker day time size", "tip"),
        (
            "longitude latitude total_rooms median_income median_house_value ocean_proximity",
            "median_house_value",
        ),
        ("id diagnosis radius_mean texture_mean area_mean", "diagnosis"),
        ("satisfaction_level projects left promotion sales salary", "left"),
        ("Age Attrition BusinessTravel DailyRate YearsAtCompany", "Attrition"),
        ("Sales CompPrice Income Advertising Price ShelveLoc", "Sales"),
        ("species island bill_length_mm sex", "species"),
        ("age job marital default housing loan y", "y"),
        ("age workclass fnlwgt education income", "income"),
        ("age sex cp trestbps chol thal target", "target"),
        ("school sex G1 G2 G3", "G3"),
        ("ID LIMIT_BAL SEX PAY_0 default.payment.next.month", "default.payment.next.month"),
        ("survived pclass name sex age embarked", "survived"),
    ],
)
def test_the_target_of_well_known_tables_is_found(columns, target):
    frame = pd.DataFrame({name: RANDOM.permutation(N) * 1.5 for name in columns.split()})
    assert proposed(frame)["columns"]["target"] == [target]


def test_a_rare_class_and_rows_of_one_patient_are_seen():
    patient = RANDOM.integers(1000, 1100, N)
    frame = pd.DataFrame(
        {"patient_id": patient, "dose": RANDOM.random(N), "ill": (np.arange(N) < 8).astype(int)}
    )
    found = proposed(frame)
    assert found["columns"] == {"target": ["ill"], "ignored": ["patient_id"], "weight": None}
    assert found["split"]["class_name"] == "by_group" and found["split"]["config"]["column"] == "patient_id"
    area, *others = found["metrics"]
    assert (area["class_name"], area["config"]["curve"], others) == ("AUC", "PR", ["recall", "precision"])
    assert (
        "Guessing the most frequent one every time gives an accuracy of 98.0%, which is nothing"
        in "\n".join(found["reasons"])
    )
    assert found["class_weight"] == {"0": 0.5102, "1": 25.0}
    assert (
        proposed(frame.assign(w=1.0), target=["ill"], weight="w")["class_weight"] is None
    )  # Keras takes one of both


def test_rows_that_are_moments_are_split_by_time():
    hours = pd.date_range("2024-01-01", periods=N, freq="h")
    assert proposed(pd.DataFrame({"t": hours, "a": RANDOM.random(N), "y": RANDOM.random(N)}))["split"] == {
        "class_name": "by_time",
        "config": {"column": "t", "validation": 0.2},
    }


def planned_steps(*chosen):
    return [{"class_name": name, "config": config} for name, config in chosen]


def test_arrays_go_through_steps_that_learn_from_those_that_train():
    x = RANDOM.normal(5, 2, (100, 3))
    x[80:] += 100
    got = prepared(
        Data("d", x, x[:, 0]), {}, planned_steps(("Normalization", {})), None, validation_split=0.2
    )
    np.testing.assert_allclose(got.x[:80].mean(axis=0), 0, atol=1e-5)
    split = {"class_name": "by_time", "config": {"validation": 0.2}}
    held = prepared(Data("d", {"a": x}, x[:, 0]), {}, planned_steps(("Normalization", {})), split)
    np.testing.assert_allclose(held.validation.x["a"], got.x[80:], rtol=1e-6)


INVERTED = planned_steps(
    ("Rescaling", {"scale": 1 / 255}), ("RandomInvert", {"factor": 1.0, "value_range": [0, 1]})
)


def test_arrays_are_augmented_batch_by_batch_and_only_those_that_train():
    x, y = RANDOM.integers(0, 256, (20, 4, 4, 3)).astype("float32"), np.arange(20)
    got = prepared(Data("d", x, y), {}, INVERTED, None, validation_split=0.2)
    np.testing.assert_allclose(got.validation.x, x[16:] / 255, rtol=1e-6)
    assert got.y.tolist() == list(range(16))
    epoch = 0

    def batch(seed, index):
        order = SampleOrder(16, 8, None, lambda: epoch)
        return Batches((got.x, got.y), order, lambda x, number: got.augment(x, seed, number))[index][0]

    first = batch(1, 0)
    changed = ~np.isclose(first, x[:8] / 255, atol=1e-6).all(axis=(1, 2, 3))
    assert changed.any()
    np.testing.assert_array_equal(batch(1, 0), first)
    assert not np.array_equal(batch(2, 0), first)
    epoch = 1
    assert not np.array_equal(batch(1, 0), first)
    grey = prepared(Data("d", x[..., 0], y), {}, planned_steps(("RandomFlip", {})), None)
    flipped, before = grey.augment(grey.x, 1, 0), np.sort(grey.x.reshape(20, -1))
    np.testing.assert_array_equal(np.sort(flipped.reshape(20, -1)), before)  # each stays at its place
    with pytest.raises(RequestError, match="RandomCrop gives samples another shape"):
        crop = planned_steps(("RandomCrop", {"height": 2, "width": 2}))
        prepared(Data("d", x, y), {}, crop, None, validation_split=0.2)


def test_batches_go_through_steps_and_only_training_is_augmented():
    import tensorflow as tf

    x, y = RANDOM.integers(0, 256, (16, 4, 4, 3)).astype("float32"), np.arange(16)
    batches = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
    got = prepared(Stream("s", batches, validation=batches), {}, INVERTED, None)
    train, held = (np.concatenate([a for a, _ in part]) for part in (got.batches, got.validation))
    np.testing.assert_allclose(held, x / 255, rtol=1e-6)
    inverted = np.isclose(train, 1 - x / 255, atol=1e-6)
    assert inverted.all(axis=(1, 2, 3)).any()
    normal = prepared(Stream("s", batches), {}, planned_steps(("Normalization", {})), None)
    np.testing.assert_allclose(
        np.concatenate([a for a, _ in normal.batches]).mean(axis=(0, 1, 2)), 0, atol=1e-4
    )
    once = (batch for batch in batches)
    with pytest.raises(RequestError, match="Normalization would use them up"):
        prepared(Stream("s", once), {}, planned_steps(("Normalization", {})), None)


def test_a_name_of_each_row_is_no_target():
    cars = pd.DataFrame({"mpg": RANDOM.random(N), "name": [f"car {at // 2}" for at in range(N)]})
    assert proposed(cars)["columns"]["target"] == ["mpg"]
    sizes = pd.DataFrame(RANDOM.random((N, 4)), columns=["price", "x", "y", "z"])
    assert proposed(sizes)["columns"]["target"] == ["price"]
    assert proposed(cars, target=["name"])["split"]["class_name"] == "share"
