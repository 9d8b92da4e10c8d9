"""What a page hears of a document while it is drawn and trained: before, meanwhile, and after."""

import json

import keras
import numpy as np
import pytest
from sessionpage import SessionPage

import kerasviz
from kerasviz.analysis.mistakes.edits import apply_fix
from kerasviz.execution.thread import DISK
from kerasviz.kernel.session import Session
from kerasviz.protocol import decode

DRAW = np.random.default_rng(0)
X = DRAW.normal(size=(240, 4)).astype("float32")
Y = (X[:, 0] * X[:, 1] > 0).astype("int64")
ARRAYS = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}


@pytest.fixture
def page(tmp_path, variables):
    """A page of a document, whose user has arrays."""
    variables.update(x=X * 3000, y=Y)
    return Page(Session(tmp_path, "net.keras.json"))


class Page(SessionPage):
    """A page that asks for hints."""

    def hear(self, document, read=False):
        told = self.answer("hints", document=document, read=read)
        return [hint["code"] for hint in told["hints"]], told


def document(rate=0.01, data=ARRAYS, epochs=3, **options):
    layers = [keras.layers.Dense(16, "relu", name="hidden", **options), keras.layers.Dense(1, "sigmoid")]
    model = keras.Sequential([keras.Input((4,)), *layers])
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy")
    training = {"data": data, "fit": {"epochs": epochs}, "seed": 1}
    return {**json.loads(model.to_json()), "kerasviz": {"training": training}}


def test_arrays_in_memory_and_the_drawing_are_looked_at_before_it_trains(page, variables):
    wrong = document(kernel_initializer="zeros")
    codes, told = page.hear(wrong)
    assert set(codes) == {"zero-initialization", "inputs-not-scaled"}
    assert {hint["of"] for hint in told["hints"]} == {"drawing"}
    assert (told["run"], told["changed"], told["looked"]) == (None, False, True)
    variables["x"] = X  # a cell makes other arrays of that name
    assert page.hear(wrong)[0] == ["zero-initialization"]
    assert page.hear(document())[0] == []


def test_a_normalization_is_told_before_it_trains_unless_something_may_have_adapted_it(page, tmp_path):
    drawn = document()
    scaled = keras.layers.Normalization(name="scaled")
    drawn["config"]["layers"].insert(1, keras.saving.serialize_keras_object(scaled))
    codes, told = page.hear(drawn)
    assert codes == ["not-adapted"]
    right = apply_fix(drawn, told["hints"][0]["fix"])
    assert page.hear(right)[0] == []
    assert page.hear({**drawn, "kerasviz": {**drawn["kerasviz"], "weights": "net.keras"}})[0] == []
    page.trained(drawn)
    assert "not-adapted" in page.hear(drawn)[0]
    worker = page.session.worker
    worker.call(lambda: worker.keeper().model.get_layer("scaled").adapt(X * 3000))
    page.trained(drawn, start="trained")
    assert "not-adapted" not in page.hear(drawn)[0]


def test_data_that_nobody_has_read_is_not_read(page, tmp_path):
    rows = [f"{a:.3f},{b:.3f},{y}" for (a, b, *_), y in zip(X * 3000, Y, strict=True)]
    (tmp_path / "points.csv").write_text("\n".join(["a,b,y", *rows]))
    model = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "sigmoid")]
    )
    model.compile("adam", "binary_crossentropy")
    plan = {"data": {"class_name": "csv", "config": {"file": "points.csv"}}, "preparation": []}
    plan["columns"] = {"target": ["y"]}
    drawn = {**json.loads(model.to_json()), "kerasviz": {"training": plan}}
    codes, told = page.hear(drawn)
    assert (codes, told["looked"]) == ([], False)
    codes, told = page.hear(drawn, read=True)
    assert (codes, told["looked"]) == (["inputs-not-scaled"], True)
    assert page.hear(drawn)[0] == codes  # it was read


def test_a_run_is_judged_by_its_curves_and_its_fix_is_known_to_be_done(page, variables):
    variables["x"] = X
    wrong = document(rate=10.0, epochs=4)
    assert page.hear(wrong)[0] == []
    page.trained(wrong)
    codes, told = page.hear(wrong)
    found = next(hint for hint in told["hints"] if hint["code"] == "learning-rate-too-high")
    assert found["of"] == "run"
    assert found["stretch"] == {"metric": "loss", "first": 1, "last": 4}
    assert (told["run"], told["changed"], told["done"]) == (page.session.run.id, False, [])
    right = json.loads(page.answer("apply_fix", document=wrong, fix=found["fix"])["document"])
    codes, told = page.hear(right)
    assert "learning-rate-too-high" in codes  # until it is trained again
    assert told["changed"] and "learning-rate-too-high" in told["done"]
    page.trained(right)
    codes, told = page.hear(right)
    assert "learning-rate-too-high" not in codes and not told["changed"]


def test_data_that_does_not_fit_is_said_as_training_refuses_it(page, variables):
    missing = np.where(Y == 0, np.nan, 1)
    for x, y in ((X[:, :3], Y), (X, missing), (X, 2 * Y - 1), (X.astype("str"), Y), (X, Y[1:])):
        variables.update(x=x, y=y)
        drawn = document()
        codes, told = page.hear(drawn)
        page.trained(drawn)
        refused = page.session.run.error
        assert (codes, told["looked"]) == (["data-does-not-fit"], True)
        (hint,) = told["hints"]
        assert str(decode(hint["sentence"])) == refused["message"]
        assert (hint["layer"], hint["fix"] is None) == (refused["layer"], refused["fix"] is None)
    variables.update(x=X, y=Y)
    assert page.hear(document())[0] == []


class Slow:
    """An array that takes a while to be read: the first time, somebody interrupts the kernel."""

    shape, dtype = X.shape, X.dtype
    asked = 0

    def __len__(self):
        return len(X)

    def __array__(self, *arguments, **options):
        self.asked += 1
        if self.asked == 1:
            raise KeyboardInterrupt
        return X * 3000


def test_an_interrupt_while_data_is_looked_at_is_told_and_asked_again(page, variables):
    variables["x"] = Slow()
    told = page.ask("hints", document=document(), read=False)
    assert (told["ok"], told["error"]["code"]) == (False, "interrupted")
    assert page.hear(document())[0] == ["inputs-not-scaled"]
    with pytest.raises(KeyboardInterrupt):
        kerasviz.preview((Slow(), Y))


def test_a_run_of_an_earlier_kernel_is_judged_by_what_is_kept_of_it(page, tmp_path, variables):
    variables["x"] = X
    wrong = document(epochs=5, bias_initializer=keras.initializers.Constant(-30))
    page.trained(wrong)
    page.session.worker.call(lambda: None)
    DISK.wait()
    variables.clear()
    later = Page(Session(tmp_path, "net.keras.json"))
    later.session.find_last_run()
    codes, told = later.hear(wrong)
    assert codes == ["dead-units"] and told["run"] == later.session.run.id
    assert (told["changed"], told["looked"]) == (False, False)
    assert later.hear(document())[1]["changed"]
