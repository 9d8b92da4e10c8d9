"""Batches that come one after the other: understood as they are, or refused with the way out."""

import warnings
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import few, layer, planned, small_network, tensorflow_only

from kerasviz import preview
from kerasviz.data import load
from kerasviz.data.datavariables import list_variables
from kerasviz.data.streams.fitstream import fit_stream
from kerasviz.execution.thread import DISK
from kerasviz.models.firstmodel import first_model
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves, RequestError
from kerasviz.training.fit import fit
from kerasviz.training.fitlimits import fit_limits
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(60, 4)).astype("float32")
Y = (X[:, 0] > 0).astype("int32") + (X[:, 1] > 0).astype("int32")
ROWS = tf.data.Dataset.from_tensor_slices((X, Y))


class Rows(keras.utils.PyDataset):
    def __init__(self, count: int | None = 6, **more: Any) -> None:
        super().__init__(**more)
        self.count, self.epochs = count, 0

    @property
    def num_batches(self) -> int | None:
        return self.count

    def __getitem__(self, index: int) -> Any:
        return X[index * 10 % 60 : index * 10 % 60 + 10], Y[index * 10 % 60 : index * 10 % 60 + 10]

    def on_epoch_end(self) -> None:
        self.epochs += 1


def generated(count: int = 6) -> Any:
    return (Rows()[index] for index in range(count))


@pytest.fixture
def train(tmp_path):
    def train(batches: Any, validation: Any = None, drawn: Any = None, **fitting: Any) -> Run:
        names = {"batches": "rows"} if validation is None else {"batches": "rows", "validation": "held_out"}
        data = {"class_name": "batches", "config": names}
        callbacks, seed = fitting.pop("callbacks", []), fitting.pop("seed", None)
        fitting = {"epochs": 2, **fitting}
        plan = read_plan(
            planned(drawn or small_network(), fit=fitting, data=data, callbacks=callbacks, seed=seed), "fresh"
        )
        run = Run(plan.model_name, plan.epochs)
        namespace = {"rows": batches, "held_out": validation}
        run.model = None

        def heard(curves: Curves | None) -> None:
            run.history.extend(curves or Curves(batch={}, epoch={}))

        run.end(fit(plan, Keeper(tmp_path), run, namespace, heard, DISK.submit))
        run.model = namespace[run.model_name]
        return run

    return train


def model(loss: Any = "sparse_categorical_crossentropy", shape: Any = (4,), units: int = 3) -> keras.Model:
    made = keras.Sequential(
        [keras.Input(shape, name="in"), keras.layers.Flatten(), keras.layers.Dense(units, name="out")]
    )
    made.compile("sgd", loss)
    return made


def fitted(batches: Any, made: keras.Model | None = None) -> Any:
    loaded = load({"class_name": "batches", "config": {"batches": "rows"}}, {"rows": batches})
    return fit_stream(loaded, made or model(), 8, 0.0)


def refused(batches: Any, made: keras.Model | None = None) -> str:
    with pytest.raises(RequestError) as error:
        fitted(batches, made)
    return str(error.value)


@pytest.mark.parametrize(
    ("batches", "steps"),
    few([(ROWS.batch(10), 6), (ROWS.batch(10).prefetch(2), 6), (Rows(), 6), (Rows(workers=2), 6)], 3),
)
def test_each_kind_of_batches_trains_and_is_counted(train, batches, steps):
    run = train(batches, ROWS.batch(30))
    curves = run.history.to_json()
    assert (run.state, run.step, run.steps_per_epoch, run.epoch) == ("finished", 2 * steps, steps, 2)
    assert curves["batch"]["loss"]["x"] == list(range(1, 2 * steps + 1))
    assert set(curves["epoch"]) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert run.notes == []


def test_nothing_is_taken_of_a_pipeline_before_fit_takes_it():
    """Else its shuffling moved on, and a run gave other numbers than the same code in a cell."""

    def made():
        return ROWS.shuffle(60, seed=3).batch(60)

    seen, plain = next(iter(fitted(made()).batches)), next(iter(made()))
    np.testing.assert_array_equal(seen[1], plain[1])


def test_an_endless_one_asks_for_steps_and_proposes_one_pass(train):
    with pytest.raises(RequestError, match=r"never end.*steps_per_epoch.*: 6 are one pass") as error:
        train(ROWS.shuffle(60).batch(10).repeat().prefetch(2))
    assert error.value.error["fix"]["edits"] == [{"edit": "fit", "arguments": {"steps_per_epoch": 6}}]
    with pytest.raises(RequestError, match=r"never end.*: 6 are one pass"):
        train(ROWS.repeat().batch(10))
    with pytest.raises(RequestError, match="for example to 100"):
        train(Rows(None))
    with pytest.raises(RequestError, match="for example to 100"):
        train(ROWS.repeat().filter(lambda x, y: y > 0).batch(10))
    run = train(ROWS.batch(10).repeat(), steps_per_epoch=4)
    assert (run.step, run.steps_per_epoch) == (8, 4)
    assert train(Rows(None), steps_per_epoch=3).step == 6
    with pytest.raises(RequestError, match=r"validation never end.* to 6"):
        train(ROWS.batch(10), ROWS.batch(10).repeat())


def test_a_generator_is_used_up(train):
    with pytest.raises(RequestError, match="rows is a Python generator, which gives each batch once"):
        train(generated())
    run = train(generated(), epochs=1)
    assert run.step == 6 and "used up by training" in run.notes[0]
    assert train(generated(), steps_per_epoch=3).step == 6


def test_single_samples_are_put_in_batches():
    for rows in (ROWS, (pair for pair in zip(X, Y, strict=True))):
        stream = fitted(rows)
        assert stream.notes[-1] == "rows gives single samples. They are put in batches of 8."
        x, y = next(iter(stream.batches))
        assert (x.shape, y.shape) == ((8, 4), (8,))


@tensorflow_only("it takes text as an input")
def test_a_batch_of_single_values_is_no_sample():
    texts = tf.data.Dataset.from_tensor_slices((np.array(["a b", "c"] * 8), Y[:16])).batch(8)
    entry = keras.Input((1,), dtype="string")
    words = keras.layers.TextVectorization(output_mode="multi_hot", vocabulary=["a", "b"])
    made = keras.Model(entry, keras.layers.Dense(3)(words(entry)))
    made.compile("sgd", "sparse_categorical_crossentropy")
    made.fit(fitted(texts, made).batches, verbose=0)


def test_what_a_model_takes_otherwise_is_changed_in_each_batch():
    square = model("categorical_crossentropy", (2, 2))
    for rows in (ROWS.batch(10), Rows(), generated()):
        stream = fitted(rows, square)
        assert stream.notes[-2:] == [
            "rows: samples reshaped from (4,) to (2, 2).",
            "rows: classes made one-hot, as categorical_crossentropy expects them.",
        ]
        first = (
            stream.batches[0]
            if isinstance(stream.batches, keras.utils.PyDataset)
            else next(iter(stream.batches))
        )
        assert np.shape(first[0]) == (10, 2, 2)
        np.testing.assert_array_equal(np.argmax(first[1], axis=-1), Y[:10])


REFUSED = {
    "another shape": (
        tf.data.Dataset.from_tensor_slices((X[:, :3], Y)).batch(10),
        "Layer 'in' expects samples of shape (4,), but those of rows have the shape (3,)",
    ),
    "no targets": (tf.data.Dataset.from_tensor_slices(X).batch(10), "inputs without targets"),
    "text": (
        tf.data.Dataset.from_tensor_slices((X, Y.astype(str))).batch(10),
        "Batches of rows: y must hold numbers, but y holds text",
    ),
    "one-hot": (
        tf.data.Dataset.from_tensor_slices((X, np.eye(3)[Y])).batch(10),
        "expects one class number, but y holds 3 values for each",
    ),
    "a class too many": (((X, Y + 1) for _ in range(2)), "numbered from 0, but y has classes 1 to 3"),
    "four parts": (ROWS.map(lambda x, y: (x, y, y, y)).batch(10), "Received: 4 parts"),
    "two inputs": (
        ROWS.map(lambda x, y: ((x, x), y)).batch(10),
        "The model has 1 input (in), but x holds 2 arrays",
    ),
    "nothing": ((pair for pair in ()), "rows gives no batches"),
    "a function": (generated, "If it makes a generator, call it in a cell"),
    "an array": (X, "rows gives no batches: it is of type ndarray"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_does_not_go_with_the_model_is_said_before_training(kind):
    rows, said = REFUSED[kind]
    assert said in refused(rows)


def test_inputs_and_outputs_by_name_with_weights(tmp_path):
    left, right = keras.Input((4,), name="left"), keras.Input((2,), name="right")
    joined = keras.layers.concatenate([left, right])
    outputs = {
        "kind": keras.layers.Dense(3, name="kind")(joined),
        "price": keras.layers.Dense(1, name="price")(joined),
    }
    made = keras.Model({"left": left, "right": right}, outputs)
    made.compile(
        "sgd", {"kind": keras.losses.SparseCategoricalCrossentropy(from_logits=True), "price": "mse"}
    )
    x, y = {"left": X, "right": X[:, :2]}, {"kind": Y, "price": X[:, 0]}
    weights = {"kind": np.ones(60, "float32"), "price": np.full(60, 2.0, "float32")}
    stream = fitted(tf.data.Dataset.from_tensor_slices((x, y, weights)).batch(20), made)
    _, targets, given = next(iter(stream.batches))
    assert targets["price"].shape == (20, 1) and given["price"].numpy().tolist() == [2.0] * 20
    made.fit(stream.batches, verbose=0)
    assert "the inputs of the model are 'left' and 'right'" in refused(
        tf.data.Dataset.from_tensor_slices(({"left": X, "rigth": X}, y)).batch(20), made
    )


def test_what_batches_do_not_allow_is_said_with_the_reason(train):
    run = train(ROWS.batch(10), batch_size=5, shuffle=True, steps_per_epoch=9)
    assert run.notes == [
        "batch_size is not used: rows gives batches, which have their size already.",
        "validation_split is not used: rows gives batches, from which no share can be held out. Choose "
        "batches for validation on the Train tab.",
        "shuffle is not used: rows gives its batches in an order of its own.",
        "An epoch has 6 batches and not 9: rows has no more.",
    ]
    with pytest.raises(RequestError, match="beside which there can't be weights of classes"):
        train(ROWS.map(lambda x, y: (x, y, 1.0)).batch(10), class_weight={"0": 2.0, "1": 1.0, "2": 1.0})
    with pytest.raises(RequestError, match="class_weight does not work with a Python generator"):
        train(generated(), epochs=1, class_weight={"0": 2.0})
    assert train(ROWS.batch(10), class_weight={"0": 2.0, "1": 1.0, "2": 1.0}).state == "finished"
    stop = [{"class_name": "EarlyStopping", "config": {"monitor": "val_loss"}}]
    with pytest.raises(RequestError, match="EarlyStopping monitors 'val_loss', but no epoch"):
        train(ROWS.batch(10), callbacks=stop)


@tensorflow_only("others train on batches whose shapes nobody tells")
def test_batches_without_shapes_are_told_how_to_tell_them(train):
    def made():
        yield from zip(X, Y, strict=True)

    def own_loss(y_true, y_pred):
        return y_pred[:, 0]

    rows = tf.data.Dataset.from_generator(made, output_types=(tf.float32, tf.int32)).batch(10)
    told = (
        "rows does not tell the shapes of what it gives, which TensorFlow has to know. Give tf.data.Dataset"
    )
    half = rows.map(lambda x, y: (tf.ensure_shape(x, (None, 4)), y))
    for batches in (rows, rows.unbatch(), half):
        assert refused(batches).startswith(told)
    with pytest.raises(RequestError, match=r"^rows does not tell the shapes .* output_signature"):
        train(rows)
    with pytest.raises(RequestError, match=r"^rows \(validation\) does not tell the shapes"):
        train(ROWS.batch(10), rows)

    eager, own = model(), model()
    eager.run_eagerly = True
    assert fitted(rows, eager).batches is rows
    eager.fit(rows, verbose=0)
    own.compile("sgd", own_loss)
    assert fitted(half, own).batches is half
    signature = (tf.TensorSpec((4,), tf.float32), tf.TensorSpec((), tf.int32))
    assert train(tf.data.Dataset.from_generator(made, output_signature=signature).batch(10)).step == 12


def test_ragged_batches_are_left_to_keras():
    ragged = tf.data.Dataset.from_tensor_slices(
        (tf.RaggedTensor.from_row_lengths(X.ravel(), [4] * 60), Y)
    ).batch(6)
    assert fitted(ragged).batches is ragged


def test_a_sparse_matrix_is_trained_by_rows(tmp_path):
    sparse = pytest.importorskip("scipy.sparse")
    words = sparse.random(1000, 100_000, 1e-5, "coo", rng=np.random.default_rng(0))  # 400 MB, dense
    labels = np.arange(1000) % 3
    data = {"class_name": "arrays", "config": {"x": "words", "y": "labels"}}
    drawn = small_network(shape=(100_000,))
    drawn["config"]["layers"][1:1] = [
        layer("Reshape", target_shape=[100, 1000]),
        layer("GlobalMaxPooling1D"),
    ]
    run = Run("net", 1)
    plan = read_plan(planned(drawn, fit={"epochs": 1, "batch_size": 100}, data=data), "fresh")
    namespace = {"words": words, "labels": labels}
    run.end(fit(plan, Keeper(tmp_path), run, namespace, lambda curves: None, DISK.submit))
    assert (run.state, run.step) == ("finished", 8)
    namespace["labels"] = labels + 1
    with pytest.raises(RequestError, match="must be numbered from 0"):
        fit(plan, Keeper(tmp_path), Run("net", 1), namespace, lambda curves: None, DISK.submit)
    namespace["labels"] = labels[:7]
    with pytest.raises(RequestError, match=r"as many samples in words as in labels\. Received: 1000 and 7"):
        fit(plan, Keeper(tmp_path), Run("net", 1), namespace, lambda curves: None, DISK.submit)


def test_the_list_of_variables_tells_kinds_and_takes_nothing():
    pandas, sparse = pytest.importorskip("pandas"), pytest.importorskip("scipy.sparse")
    taken = []
    namespace = {
        "x": X,
        "frame": pandas.DataFrame({"a": [1, 2]}),
        "rows": ROWS.batch(10).repeat(),
        "own": Rows(),
        "made": (taken.append(1) for _ in range(3)),
        "words": sparse.eye_array(3, format="csr"),
        "inputs": keras.Input((32,)),
        "many": dict.fromkeys(range(1_000_000), X),
        "text": "x",
    }
    assert [
        (each["name"], each["kind"], each["shape"], each["dtype"]) for each in list_variables(namespace)
    ] == [
        ("x", "array", [60, 4], "float32"),
        ("frame", "table", [2, 1], "table"),
        ("rows", "batches", [], "tf.data.Dataset"),
        ("own", "batches", [], "keras.utils.PyDataset"),
        ("made", "batches", [], "Python generator"),
        ("words", "array", [3, 3], "float64, sparse"),
    ]
    assert taken == []


def loader() -> Any:
    torch = pytest.importorskip("torch")
    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.tensor(X), torch.tensor(Y)), 10)


def weighted() -> Any:
    return ROWS.map(lambda x, y: (x, y, tf.ones(()))).batch(10)


@pytest.mark.parametrize("batches", [lambda: ROWS.batch(10), weighted, Rows, generated, loader])
def test_what_the_form_says_of_fit_is_what_keras_says(batches, monkeypatch):
    monkeypatch.setattr("kerasviz.training.fitlimits.user_namespace", lambda: {"rows": batches()})
    told = fit_limits(
        {"data": {"class_name": "batches", "config": {"batches": "rows"}}, "fit": {"epochs": 1}}
    )
    assert told["needed"] == {} and {"batch_size", "validation_split"} <= told["unused"].keys()
    made = model(keras.losses.SparseCategoricalCrossentropy(from_logits=True))

    def takes(**argument: Any) -> bool:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", UserWarning)
                made.fit(batches(), verbose=0, **{"shuffle": False, **argument})
        except (ValueError, UserWarning):
            return False
        return True

    assert takes(class_weight={0: 1.0, 1: 1.0, 2: 2.0}) is ("class_weight" not in told["unused"])
    assert takes(shuffle=True) is ("shuffle" not in told["unused"]) or batches is generated
    assert not takes(validation_split=0.2)


def test_the_form_asks_for_steps_where_batches_never_end(monkeypatch):
    variables = {"rows": ROWS.batch(10).repeat(), "made": generated()}
    monkeypatch.setattr("kerasviz.training.fitlimits.user_namespace", lambda: variables)

    def needs(batches: str, **fit: Any) -> list[str]:
        config = {"batches": batches, "validation": "rows"}
        return list(fit_limits({"data": {"class_name": "batches", "config": config}, "fit": fit})["needed"])

    assert needs("rows") == needs("made") == ["steps_per_epoch", "validation_steps"]
    assert needs("rows", steps_per_epoch=6, validation_steps=2) == needs("absent") == []

    def unused(**config: str) -> dict[str, str]:
        return fit_limits({"data": {"class_name": "batches", "config": {"batches": "made", **config}}})[
            "unused"
        ]

    assert "no batches for validation" in unused()["validation_freq"]
    assert "validation_freq" not in unused(validation="rows")


def windowed(series: Any) -> Any:
    """Windows as courses cut them: TensorFlow does not know their length."""
    cut = tf.data.Dataset.from_tensor_slices(series).window(6, shift=1, drop_remainder=True)
    return cut.flat_map(lambda window: window.batch(6)).map(lambda window: (window[:-1], window[1:])).batch(8)


def laid(batches: Any) -> Any:
    chosen = {"class_name": "batches", "config": {"batches": "rows"}}
    return first_model(planned(small_network(), data=chosen), load(chosen, {"rows": batches}))[0]


@pytest.mark.parametrize(
    ("batches", "shape", "loss"),
    few(
        [
            (ROWS.batch(1), [None, 4], "sparse_categorical_crossentropy"),  # one tells no number of classes
            (ROWS, [None, 4], "sparse_categorical_crossentropy"),  # single samples
            (windowed(X[:, :1]), [None, 5, 1], "mean_squared_error"),
        ],
        3,
    ),
)
def test_a_first_model_for_batches_trains_on_them(train, batches, shape, loss):
    made = laid(batches)
    assert made["config"]["layers"][0]["config"]["batch_shape"] == shape
    assert made["compile_config"]["loss"] == loss
    assert train(batches, drawn=made).state == "finished"


RAGGED = tf.data.Dataset.from_tensor_slices((tf.ragged.constant([[1], [2, 3], [4]]), [0, 1, 0]))
LENGTHS = tf.data.Dataset.from_generator(
    lambda: ((np.ones((2, at + 1), "float32"), np.ones(2, "int32")) for at in range(3)),
    output_signature=(tf.TensorSpec((None, None)), tf.TensorSpec((None,), tf.int32)),
)


@pytest.mark.parametrize(
    ("batches", "sentence"),
    [
        (RAGGED.batch(3), "samples of a batch of rows differ in length"),
        (LENGTHS, "differ in length from batch to batch"),
        (tf.data.Dataset.from_tensor_slices({"image": X, "label": Y}).batch(8), "rows has no targets"),
        (tf.data.Dataset.from_tensor_slices(X).batch(8), "rows has no targets"),
    ],
)
def test_what_no_first_model_suits_is_said(batches, sentence):
    with pytest.raises(RequestError, match=sentence):
        laid(batches)


def test_a_look_shows_single_samples_and_those_of_any_length():
    assert preview(ROWS).to_dict()["sampled"] == 50
    seen = preview(LENGTHS).to_dict()
    assert (seen["sampled"], len(seen["columns"])) == (6, 4)
    assert "shorter ones are filled up" in str(seen["notes"])
