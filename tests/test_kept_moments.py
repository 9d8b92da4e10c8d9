"""The model of an epoch that is kept: as plain Keras loads it, aside from the user's, in bounded memory."""

import base64
import copy
import json
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from conftest import planned
from sessionpage import SessionPage
from test_kept_epochs import train

from kerasviz.config import ModelFileError
from kerasviz.data import load
from kerasviz.insight.keptmoments import Moments
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError
from kerasviz.training.keeping import epochkeeper
from kerasviz.training.keeping.checkpoints import kept_file
from kerasviz.training.run.folder import RunFolder

EPOCHS = 4
FIRST = {"class_name": "by_index", "config": {"index": 0, "part": "training"}}


def small() -> dict[str, Any]:
    """A model with a model inside, as `model.to_json` writes it."""
    inside = keras.Sequential([keras.Input((16,)), keras.layers.Dense(8, name="narrow")], name="inside")
    x = inputs = keras.Input((8, 8, 1), name="pixels")
    for each in (keras.layers.Flatten(), keras.layers.Dense(16, name="wide"), inside):
        x = each(x)
    model = keras.Model(inputs, keras.layers.Dense(10, "softmax", name="digit")(x), name="digits")
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    return json.loads(model.to_json())


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A session that has trained a few epochs, and what was asked of it."""
    folder = tmp_path_factory.mktemp("moments")
    session = Session(folder, "digits.keras.json")
    model = small()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(epochkeeper, "SHARE", 0)  # here each is written at once, which takes longer
        run = train(session.worker.keeper(), model, file="digits.keras.json", epochs=EPOCHS)
    document = planned(model)
    return SimpleNamespace(
        session=session, ask=SessionPage(session).answer, document=document, run=run.id, folder=run
    )


def outputs(file: Path) -> np.ndarray:
    sample = load({"class_name": "digits", "config": {}}, {}).x[:1]
    return keras.ops.convert_to_numpy(keras.models.load_model(file)(sample))[0]


def probed(trained: Any, epoch: int | None, document: Any = None) -> Any:
    at = {"run": trained.run, "epoch": epoch}
    return trained.ask("probe", document=document or trained.document, path=[], nodes=[], at=at)


def test_each_epoch_is_kept_from_before_the_first_with_what_it_measured(trained):
    kept = trained.ask("kept_epochs", id=trained.run)["epochs"]
    assert [each["epoch"] for each in kept] == [0, 1, 2, 3, 4, None]
    assert kept[0]["values"] == kept[-1]["values"] == {}
    assert {"loss", "accuracy", "val_loss"} <= kept[1]["values"].keys()
    assert kept[4]["values"]["loss"] < kept[1]["values"]["loss"]


def test_what_was_measured_of_layers_until_then_is_told(trained):
    for epoch in (0, 4, None):
        measured = trained.ask("statistics", at={"run": trained.run, "epoch": epoch})["measured"]
        assert {"wide", "inside/narrow", "digit"} <= {*measured["layers"]}
        assert measured["epoch"] <= (4 if epoch is None else epoch)


def test_what_is_shown_of_an_epoch_is_what_plain_keras_computes(trained):
    trained.ask("sample", document=trained.document, choice=FIRST)
    live = trained.session.worker.keeper().model
    before = [array.copy() for array in live.get_weights()]
    seen = []
    for epoch in (0, 2, None, 4, 2):
        at = {"run": trained.run, "epoch": epoch}
        large = trained.ask(
            "probe_layer", document=trained.document, path=[], node="digit:0", tensor=0, at=at
        )
        expected = outputs(kept_file(trained.folder, epoch))
        numbers = np.frombuffer(base64.b64decode(large["views"][0]["numbers"]), "<f4")
        np.testing.assert_allclose(numbers, expected, rtol=1e-5)
        probe = probed(trained, epoch)
        assert (probe["weights"], probe["missing"], probe["errors"]) == ("trained", [], {})
        best = probe["predictions"]["digit:0"]["likely"][0]
        assert best["name"] == str(expected.argmax())
        assert best["probability"] == pytest.approx(float(expected.max()), rel=1e-4)
        seen.append(numbers.tolist())
    assert seen[1] == seen[4] and seen[0] != seen[1] != seen[2]
    for array, after in zip(before, live.get_weights(), strict=True):
        np.testing.assert_array_equal(array, after)
    assert trained.session.worker.keeper().model is live


def test_a_layer_that_is_not_of_then_is_named_and_nothing_false_is_shown(trained):
    trained.ask("sample", document=trained.document, choice=FIRST)
    edited = copy.deepcopy(trained.document)
    layers = edited["config"]["layers"]
    layers[3]["config"]["layers"][1]["config"]["units"] = 9
    layers[3]["config"]["layers"][1].pop("build_config", None)
    layers[4].pop("build_config", None)
    probe = probed(trained, 2, edited)
    assert probe["missing"] == ["inside/narrow", "digit"]
    assert "wide:0" in probe["views"] and not {"inside:0", "digit:0"} & probe["views"].keys()
    assert "has no weights from epoch 2" in said(probe["errors"]["inside:0"])
    moment = Moments().at(trained.folder, 2)
    with pytest.raises(RequestError, match="inside/narrow, digit"):
        moment.model_of(edited)
    relu = copy.deepcopy(trained.document)
    relu["config"]["layers"][2]["config"]["activation"] = "relu"
    model = moment.model_of(relu)
    for one, other in zip(model.get_weights(), moment.model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert moment.model_of(trained.document) is moment.model


def test_an_epoch_is_evaluated_as_plain_keras_does(trained):
    data = load({"class_name": "digits", "config": {}}, {})
    validation = data.x[1437:], data.y[1437:]  # as fit cuts
    for epoch in (0, 3):
        at = {"run": trained.run, "epoch": epoch}
        found = trained.ask("evaluate", document=trained.document, part="validation", at=at)
        assert found["epoch"] == epoch
        model = keras.models.load_model(kept_file(trained.folder, epoch))
        expected = model.evaluate(*validation, verbose=0, return_dict=True)
        assert {each["name"]: pytest.approx(each["value"], rel=1e-4) for each in found["metrics"]} == expected


def test_few_are_held_and_what_is_held_is_not_read_again(trained):
    one = Moments()
    assert one.at(trained.folder, 1) is one.at(trained.folder, 1)
    one.ahead(trained.folder, 1)()
    assert len(one._held) == EPOCHS + 2
    size = sum(array.nbytes for array in one.at(trained.folder, 1).model.get_weights())
    two = Moments(most_bytes=2 * size)
    for epoch in (0, 1, 2, 3):
        two.at(trained.folder, epoch)
        two.ahead(trained.folder, epoch)()
        assert len(two._held) <= 2
    tiny = Moments(most_bytes=1)
    assert tiny.at(trained.folder, 3).model is not None
    assert len(tiny._held) == 1


def test_what_is_damaged_or_foreign_or_gone_is_said(trained, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(trained.folder.path, folder)
    run, moments = RunFolder(folder), Moments()
    whole = kept_file(run, 1).read_bytes()
    kept_file(run, 1).write_bytes(whole[: len(whole) // 2])
    kept_file(run, 2).write_text("<html>")
    foreign = {"module": "os", "class_name": "system", "config": {}, "registered_name": None}
    with zipfile.ZipFile(kept_file(run, 3), "w") as archive, zipfile.ZipFile(kept_file(run, 4)) as old:
        archive.writestr("config.json", json.dumps(foreign))
        archive.writestr("metadata.json", old.read("metadata.json"))
        archive.writestr("model.weights.h5", old.read("model.weights.h5"))
    for epoch in (1, 2, 3):
        with pytest.raises(ModelFileError, match=f"epoch-000{epoch}.keras"):
            moments.at(run, epoch)
    assert not moments._held
    kept_file(run, 4).unlink()
    with pytest.raises(RequestError, match="not kept any more"):
        moments.at(run, 4)
    assert probed(trained, 99)["code"] == "file"
    for at in (3, {"run": "../..", "epoch": 1}, {"run": trained.run, "epoch": "1"}):
        answer = trained.ask("probe", document=trained.document, path=[], nodes=[], at=at)
        assert answer["code"] in ("bad_request", "unknown_run")


def said(sentence: Any) -> str:
    if not isinstance(sentence, dict):
        return str(sentence)
    return sentence["text"].format(**{name: said(value) for name, value in sentence["args"].items()})
