"""Damaged files cost a sentence, and ten seconds at most; the process that opens them goes on meanwhile."""

import concurrent.futures
import json
import random
import signal
import sys
import threading

import keras
import pytest
import yaml
from conftest import HOSTILE

from kerasviz.config import ModelFileError
from kerasviz.storage import hdf5, load, save


def test_files_that_hang_hdf5_are_given_up_and_the_process_answers_throughout(monkeypatch):
    monkeypatch.setattr(hdf5, "SECONDS", 1)
    files = sorted(HOSTILE.glob("*.h5"))
    beats, done = [], threading.Event()

    def beat():
        while not done.wait(0.05):
            beats.append(1)

    thread = threading.Thread(target=beat)
    thread.start()
    with concurrent.futures.ThreadPoolExecutor(len(files)) as pool:
        results = [pool.submit(load, path) for path in files]
        errors = [result.exception() for result in results]
    done.set()
    thread.join()
    assert all(isinstance(error, ModelFileError) and "damaged" in error.reason for error in errors)
    assert beats


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process")
def test_a_busy_machine_is_no_reason_to_refuse_a_file(seeds, monkeypatch):
    monkeypatch.setattr(hdf5, "SECONDS", 1)
    start = hdf5._start

    def starved(*args):
        child = start(*args)
        child.send_signal(signal.SIGSTOP)
        threading.Timer(3, lambda: child.send_signal(signal.SIGCONT)).start()
        return child

    monkeypatch.setattr(hdf5, "_start", starved)
    assert load(seeds / "m.h5").count_params() > 0


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """A small model in every format."""
    folder = tmp_path_factory.mktemp("seeds")
    inputs = keras.Input((4, 1))
    x = keras.layers.GRU(2, name="gru")(inputs)
    x = keras.layers.Dense(2, activation="relu")(x)
    model = keras.Model(inputs, keras.layers.Add()([x, x]))
    model.compile("sgd", "mse")
    for name in ("m.h5", "m.keras", "m.weights.h5", "m.json"):
        save(model, folder / name)
    config = json.loads((folder / "m.json").read_text())
    (folder / "m.yaml").write_text(yaml.safe_dump(config))
    return folder


@pytest.mark.parametrize(
    ("name", "mutants"),
    [
        *[("m.h5", 15), ("m.weights.h5", 10), ("m.keras", 25), ("m.json", 60), ("m.yaml", 30)],
        *[
            pytest.param(name, 120, marks=pytest.mark.thorough)
            for name in ("m.h5", "m.weights.h5", "m.keras")
        ],
    ],
)
def test_a_few_changed_bytes_give_a_model_or_a_reason(name, mutants, seeds, tmp_path, monkeypatch):
    monkeypatch.setattr(hdf5, "SECONDS", 1)  # hanging files are the test above
    data = (seeds / name).read_bytes()
    generator = random.Random(name)
    path = tmp_path / name
    for _ in range(mutants):
        changed = bytearray(data)
        for _ in range(generator.randint(1, 8)):
            changed[generator.randrange(len(changed))] = generator.randrange(256)
        if generator.random() < 0.1:
            changed = changed[: generator.randrange(len(changed))]
        path.write_bytes(changed)
        try:
            load(path)
        except ModelFileError as error:
            assert error.reason


def test_changed_values_in_a_config_give_a_model_or_a_reason(seeds, tmp_path):
    generator = random.Random(3)
    values = [
        None,
        True,
        -1,
        0,
        10**12,
        1.5,
        "x",
        "relu",
        [],
        [[]],
        {},
        {"class_name": "Dense"},
        [None, 3],
        "gru",
    ]
    text = (seeds / "m.json").read_text()
    for _ in range(80):
        config = json.loads(text)
        item = config
        while True:
            keys = list(item) if isinstance(item, dict) else list(range(len(item)))
            key = generator.choice(keys)
            inner = item[key]
            if not isinstance(inner, dict | list) or not inner or generator.random() < 0.2:
                break
            item = inner
        item[key] = generator.choice(values)
        (tmp_path / "m.json").write_text(json.dumps(config))
        try:
            load(tmp_path / "m.json")
        except ModelFileError as error:
            assert error.reason
