"""Each rule about files refuses its case, and lets a near twin of it pass."""

import io
import json
import os
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

from kerasviz.config import ModelFileError
from kerasviz.storage import load, read_config, save

MODEL = {
    "class_name": "Sequential",
    "config": [{"class_name": "Dense", "config": {"name": "d", "units": 2, "batch_input_shape": [None, 3]}}],
    "keras_version": "2.0.6",
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A model in both formats."""
    folder = tmp_path_factory.mktemp("saved")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="d")])
    save(model, folder / "m.h5")
    save(model, folder / "m.keras")
    return folder


def text(value):
    return lambda saved: value if isinstance(value, bytes) else json.dumps(value).encode()


def archive(**members):
    """A .keras file with some members replaced, added or (None) left out."""

    def make(saved):
        out = io.BytesIO()
        with zipfile.ZipFile(saved / "m.keras") as source, zipfile.ZipFile(out, "w") as target:
            old = {info.filename: source.read(info) for info in source.infolist()}
            for name, data in {**old, **members}.items():
                if data is not None:
                    target.writestr(name, data)
        return out.getvalue()

    return make


def twice(name):
    def make(saved):
        path = saved / "twice.keras"
        path.write_bytes((saved / "m.keras").read_bytes())
        with zipfile.ZipFile(path, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
            target.writestr(name, b"{}")
        return path.read_bytes()

    return make


def packed(method, name="assets/a.txt", data=b"a" * 10):
    def make(saved):
        path = saved / "packed.keras"
        path.write_bytes((saved / "m.keras").read_bytes())
        with zipfile.ZipFile(path, "a") as target:
            target.writestr(name, data, method)
        return path.read_bytes()

    return make


def hdf5(change):
    """The .h5 file with its first kernel replaced by what `change(group, values)` makes."""

    def make(saved):
        path = saved / "changed.h5"
        path.write_bytes((saved / "m.h5").read_bytes())
        with h5py.File(path, "r+") as file:
            group = next(iter(file["model_weights/d"].values()))
            while not isinstance(group.get("kernel"), h5py.Dataset):
                group = next(iter(group.values()))
            values = group["kernel"][()]
            del group["kernel"]
            change(group, values)
        return path.read_bytes()

    return make


def external_link(group, values):
    group["kernel"] = h5py.ExternalLink("other.h5", "/kernel")


def soft_link(group, values):
    group["kernel"] = h5py.SoftLink("/model_weights")


def external_values(group, values):
    group.create_dataset("kernel", values.shape, "f4", external=[("/etc/passwd", 0, h5py.h5f.UNLIMITED)])


def virtual_values(group, values):
    layout = h5py.VirtualLayout(values.shape, "f4")
    layout[:] = h5py.VirtualSource("other.h5", "kernel", values.shape)
    group.create_virtual_dataset("kernel", layout)


def huge(group, values):
    group.create_dataset("kernel", (20_000, 40_000), "f4", chunks=(1000, 1000), compression="gzip")


def texts(group, values):
    group["kernel"] = [["a", "b"]] * 3


def packed_by_lzf(group, values):
    group.create_dataset("kernel", data=values, compression="lzf")


def packed_by_gzip(group, values):
    group.create_dataset("kernel", data=values, compression="gzip", shuffle=True)


def transposed(group, values):
    group["kernel"] = values.T


def same(group, values):
    group["kernel"] = values


def double(group, values):
    group["kernel"] = values.astype("f8")


def deep(levels):
    value = [1]
    for _ in range(levels):
        value = [value]
    return {**MODEL, "x": value}


YAML = """class_name: Sequential
config:
- class_name: Dense
  config: {name: d, units: 2, batch_input_shape: %s}
"""

CASES = {
    "no JSON": (text(b"{"), text(MODEL)),
    "empty": (text(b""), text(b"\xef\xbb\xbf" + json.dumps(MODEL).encode())),
    "not UTF-8": (text(b'{"a": "\xff"}'), text(json.dumps(MODEL).replace("d", "\\u0064").encode())),
    "not a model": (text({"a": 1}), text(json.dumps(MODEL))),
    "NaN": (text({**MODEL, "x": float("nan")}), text({**MODEL, "x": 1e300})),
    "key twice": (text(b'{"class_name": "a", "class_name": "b"}'), text({**MODEL, "class": "a"})),
    "prototype": (text({**MODEL, "__proto__": {}}), text({**MODEL, "proto": {}})),
    "depth": (text(deep(80)), text(deep(40))),
    "bottomless": (text(b"[" * 100_000), text(MODEL)),
    "long number": (text({**MODEL, "x": 10**30}), text({**MODEL, "x": 10**12})),
    "many values": (text({**MODEL, "x": [0] * 2_000_001}), text({**MODEL, "x": [0] * 1_000_000})),
    "YAML tag": (
        text((YAML % "!!python/object/apply:os.getcwd []").encode()),
        text((YAML % "!!python/tuple [null, 3]").encode()),
    ),
    "YAML bomb": (
        text(b"a: &a [1,1,1,1,1,1,1,1,1]\n" + b"".join(
            b"%c: &%c [%s]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(9))),
        text((YAML % "&shape [null, 3]" + "other: *shape\n").encode()),
    ),
    "YAML depth": (text(b"[" * 200_000 + b"!"), text((YAML % "[null, 3]").encode())),
    "YAML documents": (text(b"--- a\n--- b\n"), text(b"---\n" + (YAML % "[null, 3]").encode())),
    "member twice": (twice("config.json"), packed(zipfile.ZIP_STORED)),
    "member outside": (archive(**{"../evil": b""}), archive(**{"assets/x": b""})),
    "absolute member": (archive(**{"/evil": b""}), archive(**{"evil": b""})),
    "Windows member": (archive(**{"a\\..\\evil": b""}), archive(**{"a/evil": b""})),
    "packed otherwise": (packed(zipfile.ZIP_LZMA), packed(zipfile.ZIP_DEFLATED)),
    "zip bomb": (
        packed(zipfile.ZIP_DEFLATED, data=b"0" * 5_000_000),
        packed(zipfile.ZIP_DEFLATED, data=os.urandom(50_000)),
    ),
    "no config": (archive(**{"config.json": None}), archive(**{"metadata.json": None})),
    "cut archive": (lambda saved: (saved / "m.keras").read_bytes()[:-30], archive()),
    "cut HDF5": (lambda saved: (saved / "m.h5").read_bytes()[:900], hdf5(same)),
    "external link": (hdf5(external_link), hdf5(same)),
    "soft link": (hdf5(soft_link), hdf5(same)),
    "values elsewhere": (hdf5(external_values), hdf5(double)),
    "virtual values": (hdf5(virtual_values), hdf5(same)),
    "huge values": (hdf5(huge), hdf5(packed_by_gzip)),
    "values no numbers": (hdf5(texts), hdf5(same)),
    "filter": (hdf5(packed_by_lzf), hdf5(packed_by_gzip)),
    "shape": (hdf5(transposed), hdf5(same)),
    "too many parameters": (
        text(json.dumps(MODEL).replace("2,", "1000000000,")),
        text(json.dumps(MODEL).replace("2,", "2000,")),
    ),
}  # fmt: skip


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
    with pytest.raises(ModelFileError, match="expected a file"):
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
