"""Each rule about files refuses its case, and lets a near twin of it pass."""

import os
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from file_cases import CASES, external_link, hdf5, huge

from kerasviz.config import ModelFileError
from kerasviz.storage import load, read_config, save


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A model in both formats."""
    folder = tmp_path_factory.mktemp("saved")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="d")])
    save(model, folder / "m.h5")
    save(model, folder / "m.keras")
    return folder


def written(make, saved, folder):
    value = make(saved)
    path = folder / "file"
    path.write_bytes(value if isinstance(value, bytes) else value.encode())
    return path


@pytest.mark.parametrize("rule", CASES)
def test_refuses_what_no_model_file_holds(rule, saved, tmp_path):
    with pytest.raises(ModelFileError) as error:
        load(written(CASES[rule][0], saved, tmp_path))
    assert error.value.file == "file" and error.value.reason


@pytest.mark.parametrize("rule", CASES)
def test_lets_the_benign_twin_pass(rule, saved, tmp_path):
    assert load(written(CASES[rule][1], saved, tmp_path)).layers


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_reads_nothing_but_files(make, tmp_path):
    make(tmp_path / "model.h5")
    with pytest.raises(ModelFileError, match="Expected a file"):
        read_config(tmp_path / "model.h5")


def test_declared_memory_is_not_taken(saved, tmp_path):
    import resource

    path = written(hdf5(huge), saved, tmp_path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ModelFileError):
        load(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB; 3.2 GB were declared


def test_weights_that_were_refused_leave_no_process(saved, tmp_path):
    path = written(hdf5(external_link), saved, tmp_path)
    for _ in range(3):
        with pytest.raises(ModelFileError):
            load(path)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("the system does not list child processes")
    for pid in children.read_text().split():
        assert "hdf5_child" not in Path(f"/proc/{pid}/cmdline").read_text()


def test_values_come_back_as_they_were(saved):
    with h5py.File(saved / "m.h5") as file:
        stored = [np.asarray(array) for array in _arrays(file)]
    loaded = load(saved / "m.h5").get_weights()
    assert all(any(np.array_equal(a, b) for b in stored) for a in loaded)


def _arrays(group):
    for item in group.values():
        if isinstance(item, h5py.Group):
            yield from _arrays(item)
        else:
            yield item[()]
