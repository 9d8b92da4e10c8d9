"""No file beside the model is opened, not by HDF5 in C either: the system itself is asked."""

import ctypes
import json
import os
import sys
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

from kerasviz.config import ModelFileError
from kerasviz.storage import load, load_weights, save

IN_OPEN = 0x20
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is of Linux")


@pytest.fixture
def opened():
    """Watches files; gives how often one of them was opened."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_NONBLOCK)

    class Watch:
        def add(self, path):
            assert libc.inotify_add_watch(descriptor, os.fsencode(path), IN_OPEN) >= 0

        def count(self):
            try:
                return len(os.read(descriptor, 4096)) // 16
            except BlockingIOError:
                return 0

    yield Watch()
    os.close(descriptor)


def other(path):
    with h5py.File(path, "w") as file:
        file["kernel"] = np.zeros((3, 2), "f4")
    return path


def link(group, path):
    group["kernel"] = h5py.ExternalLink(str(path), "/kernel")


def values(group, path):
    group.create_dataset("kernel", (3, 2), "f4", external=[(str(path), 0, h5py.h5f.UNLIMITED)])


def virtual(group, path):
    layout = h5py.VirtualLayout((3, 2), "f4")
    layout[:] = h5py.VirtualSource(str(path), "kernel", (3, 2))
    group.create_virtual_dataset("kernel", layout)


def test_the_watch_sees_an_opened_file(opened, tmp_path):
    opened.add(other(tmp_path / "other.h5"))
    (tmp_path / "other.h5").read_bytes()
    assert opened.count() == 1


@pytest.mark.parametrize("change", [link, values, virtual])
@pytest.mark.parametrize("name", ["m.h5", "m.weights.h5"])
def test_what_a_file_points_to_is_not_opened(change, name, opened, tmp_path):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="d")])
    save(model, tmp_path / name)
    with h5py.File(tmp_path / name, "r+") as file:
        place = next(place for place in _paths(file) if file[place].shape == (3, 2))
        del file[place]
        parent, _, own = place.rpartition("/")
        change(file[parent], other(tmp_path / "other.h5"))
        if own != "kernel":
            file[parent].move("kernel", own)
    opened.add(tmp_path / "other.h5")
    with pytest.raises(ModelFileError):
        load(tmp_path / name) if name == "m.h5" else load_weights(model, tmp_path / name)
    assert opened.count() == 0


def test_a_vocabulary_that_is_a_path_is_not_opened(opened, tmp_path):
    Path(tmp_path / "secret").write_text("a\nb\n")
    opened.add(tmp_path / "secret")
    lookup = {"name": "s", "vocabulary": str(tmp_path / "secret")}
    layers = [{"module": "keras.layers", "class_name": "StringLookup", "config": lookup}]
    config = {"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": layers}}
    (tmp_path / "m.json").write_text(json.dumps(config))
    with pytest.raises(ModelFileError):
        load(tmp_path / "m.json")
    assert opened.count() == 0


def _paths(file):
    found = []
    file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Dataset) else None)
    return found
