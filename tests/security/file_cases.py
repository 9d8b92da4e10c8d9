"""Files that break one rule each, beside a near twin that breaks none: what test_files.py tries."""

import io
import json
import os
import zipfile

import h5py
import pytest

MODEL = {
    "class_name": "Sequential",
    "config": [{"class_name": "Dense", "config": {"name": "d", "units": 2, "batch_input_shape": [None, 3]}}],
    "keras_version": "2.0.6",
}


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


def encrypted(saved):
    """Sets the bit that says so in the archive's directory; zipfile can't encrypt."""
    data = bytearray((saved / "m.keras").read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def deflated(saved):
    """The .keras file as an archiver packs it again, its weights too."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(saved / "m.keras") as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return out.getvalue()


def declared(size):
    """The directory's last member says that it is packed in so many bytes."""

    def make(saved):
        data = bytearray((saved / "m.keras").read_bytes())
        if size is not None:
            start = data.rindex(b"PK\x01\x02") + 20
            data[start : start + 4] = size.to_bytes(4, "little")
        return bytes(data)

    return make


def many_assets(count):
    return archive(**{f"assets/{number}": b"" for number in range(count)})


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


def scaled(group, values):
    group.create_dataset("kernel", data=values, scaleoffset=4)


def checked(group, values):
    group.create_dataset("kernel", data=values, fletcher32=True)


def transposed(group, values):
    group["kernel"] = values.T


def chunked(rows):
    def change(group, values):
        group.create_dataset("kernel", values.shape, "f4", chunks=(rows, 1024), maxshape=(None, None))
        group["kernel"][:] = values

    return change


def named(attribute):
    def change(group, values):
        same(group, values)
        group.file.create_dataset("beside", data=0).attrs[attribute] = "a" * (2**26 + 1)

    return change


def deep_groups(levels):
    def change(group, values):
        same(group, values)
        group.file.create_group("/".join("g" * levels))

    return change


def same(group, values):
    group["kernel"] = values


def double(group, values):
    group["kernel"] = values.astype("f8")


def deep(levels):
    value = [1]
    for _ in range(levels):
        value = [value]
    return {**MODEL, "x": value}


def chain(shape, class_name, **config):
    layers = [("InputLayer", {"batch_shape": shape}), (class_name, config)]
    items = [{"module": "keras.layers", "class_name": name, "config": found} for name, found in layers]
    return text({"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": items}})


def stateful(batch):
    return chain([batch, 3, 1], "GRU", units=2000, stateful=True)


def mel(bins):
    return chain([None, 1000], "MelSpectrogram", num_mel_bins=bins, fft_length=10 * bins)


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
    "long text": (text({**MODEL, "x": "a" * (2**20 + 1)}), text({**MODEL, "x": "a" * 2**20})),
    "large file": (
        text(b" " * 2**25 + json.dumps(MODEL).encode()),
        text(b" " * 2**20 + json.dumps(MODEL).encode()),
    ),
    "large YAML": (
        text((YAML % "[null, 3]" + "# " + "a" * 2**22).encode()),
        text((YAML % "[null, 3]" + "# " + "a" * 2**20).encode()),
    ),
    "YAML key": (
        text((YAML % "[null, 3]" + "1: 2\n").encode()),
        text((YAML % "[null, 3]" + "'1': 2\n").encode()),
    ),
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
    "encrypted": (encrypted, deflated),
    "longer than the archive": (declared(10**9), declared(None)),
    "empty archive": (lambda saved: b"PK\x05\x06" + bytes(18), archive()),
    "many assets": (many_assets(1001), many_assets(1000)),
    "large member": (
        archive(**{"metadata.json": b" " * 2**20 + b"{}"}),
        archive(**{"metadata.json": b" " * 2**10 + b"{}"}),
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
    "large chunk": (hdf5(chunked(2**15)), hdf5(chunked(2**10))),
    "large attribute": (hdf5(named("weight_names")), hdf5(named("mine"))),
    "deep groups": (hdf5(deep_groups(60)), hdf5(deep_groups(30))),
    "filter": (hdf5(packed_by_lzf), hdf5(packed_by_gzip)),
    "filter that h5py has no name for": (hdf5(scaled), hdf5(checked)),
    "shape": (hdf5(transposed), hdf5(same)),
    "large state": (
        stateful(10**6), stateful(2)
    ),
    "large matrix": (mel(10**5), mel(20)),
    "too many parameters": (
        text(json.dumps(MODEL).replace("2,", "1000000000,")),
        text(json.dumps(MODEL).replace("2,", "2000,")),
    ),
}  # fmt: skip
