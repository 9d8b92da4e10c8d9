"""A sample is chosen from the data of a document, and followed through its drawing."""

import base64
import threading

import numpy as np
import pytest
from conftest import PATIENCE, planned
from sessionpage import SessionPage

from kerasviz.data import load
from kerasviz.insight.outputs.views import view
from kerasviz.insight.passage import pace
from kerasviz.kernel.session import Session

DIGITS = {"class_name": "digits", "config": {}}


@pytest.fixture
def ask(tmp_path):
    """Asks a session of a document that has a file."""
    return SessionPage(Session(tmp_path, "digits.keras.json")).answer


def by_index(index, part="training"):
    return {"class_name": "by_index", "config": {"index": index, "part": part}}


def bytes_of(view):
    values = np.frombuffer(base64.b64decode(view["values"]), "uint8")
    return values.reshape(view["count"], view["height"], view["width"], view["colours"])


def test_a_sample_is_chosen_by_number_of_class_and_at_random(ask, digits):
    document = planned(digits)
    data = load(DIGITS, {})
    sample = ask("sample", document=document, choice=by_index(3))
    assert sample["parts"] == {"training": 1437, "validation": 360}  # as fit cuts
    assert (sample["index"], sample["part"], sample["label"]) == (3, "training", str(data.y[3]))
    shown = sample["views"][0]
    assert (shown["kind"], shown["shape"], shown["low"], shown["high"]) == ("image", [8, 8, 1], 0.0, 1.0)
    np.testing.assert_array_equal(bytes_of(shown)[0], np.rint(data.x[3] * 255))
    last = ask("sample", document=document, choice=by_index(0, "validation"))
    assert last["label"] == str(data.y[1437])
    choice = {"class_name": "of_class", "config": {"name": "7", "number": 1}}
    second = int(np.flatnonzero(data.y == 7)[1])
    assert ask("sample", document=document, choice=choice)["index"] == second
    choice = {"class_name": "at_random", "config": {"seed": 5}}
    assert ask("sample", document=document, choice=choice) == ask("sample", document=document, choice=choice)


def test_random_numbers_have_the_shapes_of_the_drawing(ask, digits):
    numbers = {"class_name": "random_numbers", "config": {}}
    sample = ask("sample", document=planned(digits, data=numbers), choice=by_index(3))
    assert sample["views"][0]["shape"][-1] == 64
    assert sample["label"] in map(str, range(10))
    layers = digits["config"]["layers"]
    layers[0]["config"]["batch_shape"], layers[-1]["config"]["units"] = [None, 8], 1
    edited = planned(digits, data=numbers)
    again = ask("sample", document=edited, choice=by_index(3))
    assert again["views"][0]["shape"][-1] == 8
    assert ask("probe_layer", document=edited, path=[], node="digit:0", tensor=0)["views"]


def test_what_is_no_sample_is_said(ask, digits):
    document = planned(digits)
    assert ask("probe", document=document, path=[], nodes=[])["code"] == "no_sample"
    said = ask("sample", document=document, choice=by_index(5000))
    assert said["message"]["text" if isinstance(said["message"], dict) else slice(None)].startswith(
        "There is"
    )
    for choice in ({}, {"class_name": "by_index", "config": {"wrong": 1}}, {"class_name": "other"}):
        assert ask("sample", document=document, choice=choice)["code"] == "bad_request"


def test_what_comes_out_of_each_layer_is_told_before_and_after_training(ask, digits):
    document = planned(digits, fit={"epochs": 1})
    ask("sample", document=document, choice=by_index(0))
    names = [f"{layer['config']['name']}:0" for layer in digits["config"]["layers"]]
    before = ask("probe", document=document, path=[], nodes=[])
    assert (list(before["views"]), before["errors"], before["weights"]) == (names, {}, "fresh")
    again = ask("probe", document=document, path=[], nodes=[])
    assert {**before, "seconds": 0} == {**again, "seconds": 0}
    some = ask("probe", document=document, path=[], nodes=names[1:2])
    assert some["views"] == {names[1]: before["views"][names[1]]}


def test_what_can_be_seen_is_told_before_what_takes_longer(ask, digits, monkeypatch):
    names = [f"{layer['config']['name']}:0" for layer in digits["config"]["layers"]]
    ask("sample", document=planned(digits), choice=by_index(0))
    monkeypatch.setattr(pace, "QUICK", 0.0)
    question = {"document": planned(digits), "path": []}
    first = ask("probe", **question, nodes=names[:2], is_hurried=True)
    assert (list(first["views"]), first["is_whole"], first["predictions"]) == (names[:2], False, {})
    whole = ask("probe", **question, nodes=names[:2])
    assert (whole["views"], whole["is_whole"], list(whole["predictions"])) == (
        first["views"],
        True,
        names[-1:],
    )
    hurried = ask("probe", **question, nodes=names[-1:], is_hurried=True)  # which depends on all
    assert (hurried["is_whole"], hurried["predictions"]) == (True, whole["predictions"])
    monkeypatch.setattr(pace, "QUICK", PATIENCE)
    assert ask("probe", **question, nodes=names[:1], is_hurried=True)["is_whole"]


def test_a_newer_look_ends_the_older_one(tmp_path, digits):
    page, free = SessionPage(Session(tmp_path, "digits.keras.json")), threading.Event()
    assert page.ask("sample", document=planned(digits), choice=by_index(0))["ok"]
    page.session.worker.submit(lambda: free.wait(PATIENCE))
    for id in ("older", "newer"):
        page.post(id, "probe", document=planned(digits), path=[], nodes=[])
    free.set()
    assert page.reply("older")["error"]["code"] == "overtaken"
    assert page.reply("newer")["ok"]


def test_nobody_who_looks_costs_no_memory(ask, digits):
    ask("sample", document=planned(digits), choice=by_index(0))
    assert ask("look_away") == {}
    assert ask("probe", document=planned(digits), path=[], nodes=[])["code"] == "no_sample"


def test_a_view_keeps_what_is_in_an_output():
    maps = view(np.arange(2 * 3 * 20, dtype="float32").reshape(2, 3, 20))
    assert (maps["kind"], maps["count"], maps["total"], maps["height"], maps["width"]) == (
        "maps",
        12,
        20,
        2,
        3,
    )
    assert maps["facts"] == {
        "minimum": 0.0,
        "maximum": 119.0,
        "mean": 59.5,
        "deviation": pytest.approx(np.arange(120).std()),
        "zero": pytest.approx(1 / 120),
        "odd": 0,
    }
    peak = np.zeros(1000, "float32")
    peak[321] = -7
    bars = view(peak)
    assert (bars["kind"], bars["width"], bars["low"], bars["high"]) == ("bars", 64, -7.0, 0.0)
    assert bytes_of(bars).min() == 0 and (bytes_of(bars) == 255).sum() == 63
    assert view(np.zeros((50, 2), "float32"))["kind"] == "curves"
    assert view(np.zeros((50, 20), "float32"))["kind"] == "matrix"
    assert view(np.float32([3]))["kind"] == "number"
    assert view(np.zeros((64, 64, 3), "uint8"), is_picture=True)["height"] == 32
    huge = view(np.float32([3e38, 3e38, -3e38, 0]))["facts"]
    assert (huge["mean"], huge["deviation"]) == (pytest.approx(0.75e38), pytest.approx(2.487e38, rel=1e-3))
    broken = view(np.float32([1, np.nan, np.inf]))["facts"]
    assert (broken["odd"], broken["maximum"]) == (2, 1.0)
    nothing = view(np.full(3, np.nan, "float32"))
    assert (nothing["facts"]["mean"], nothing["facts"]["odd"]) == (None, 3)
    first = view(np.zeros((3, 9, 9), "float32"), channels_first=True)
    assert (first["count"], first["height"]) == (3, 9)
