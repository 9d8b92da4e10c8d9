"""Names of files and layers that can't be written are refused by name; all others are saved."""

import json
import os

import keras
import pytest
from conftest import few, tensorflow_only
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasviz import ModelFileError, storage
from kerasviz.codegen import to_code
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.protocol.encoding import encode


def net(name="out"):
    return keras.Sequential([keras.Input((2,), name="rows"), keras.layers.Dense(1, name=name)])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a\0b.keras", "a character that no file name can have"),
        ("a\ud800.keras", "a character that no file name can have"),
        (f"{'x' * 300}.keras", "306 bytes long, more than the 255 allowed"),
        (f"{'ü' * 130}.keras", "266 bytes long"),
        (f"{'x' * 300}/m.keras", "300 bytes long"),
        ("x.keras/", "ends with a slash"),
    ],
)
def test_what_no_file_can_be_called_is_refused_by_name(name, said, tmp_path):
    document = json.loads(net().to_json())
    with pytest.raises(RequestError, match=said) as refused:
        Keeper(tmp_path).save(document, name)
    json.dumps(encode(refused.value.error)).encode()
    with pytest.raises(ValueError, match=said):
        storage.save(net(), os.path.join(tmp_path, name))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("end", [".keras", ".h5", ".weights.h5", ".json"])
@pytest.mark.parametrize("letter", few(["漢", "x", "ü", "😀"], 4))
@pytest.mark.parametrize("length", [255, 240, 234])
def test_a_long_name_is_saved(length, letter, end, tmp_path):
    count, rest = divmod(length - len(end), len(letter.encode()))
    name = letter * count + "y" * rest + end
    assert len(name.encode()) == length
    for _ in range(2):  # the second takes the place of the first
        storage.save(net(), tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


LAYER_NAMES = st.text(st.characters(codec=None), min_size=1, max_size=20).filter(lambda text: "/" not in text)


@settings(max_examples=20, deadline=None)
@given(LAYER_NAMES)
def test_any_layer_name_is_saved_or_refused_in_a_sentence(tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("names")
    model = net(name)
    document = json.loads(model.to_json())
    broken = any("\ud800" <= letter <= "\udfff" for letter in name)
    for end in (".keras", ".h5", ".json"):
        if broken or "\0" in name or (end == ".h5" and name == "."):
            with pytest.raises(ModelFileError, match="a character that can't be saved"):
                storage.save(model, folder / f"m{end}")
        else:
            storage.save(model, folder / f"m{end}")
    for source in (document, model):
        if broken:
            with pytest.raises(ModelFileError, match="a character that can't be saved"):
                to_code(source)
        else:
            compile(to_code(source).encode(), "code", "exec")


@tensorflow_only("it takes text as an input")
@pytest.mark.parametrize("end", [".keras", ".h5", ".json"])
def test_bytes_in_a_call_are_saved_and_written_as_code(end, tmp_path):
    inputs = keras.Input((1,), dtype="string")
    model = keras.Model(inputs, keras.ops.equal(inputs, "a\u00e9".encode()))
    storage.save(model, tmp_path / f"m{end}")
    scope = {}
    exec(to_code(model), scope)
    data = keras.ops.convert_to_tensor([["a\u00e9"], ["b"]])
    for again in (storage.load(tmp_path / f"m{end}"), scope["model"]):
        assert keras.ops.convert_to_numpy(again(data)).tolist() == [[True], [False]]


@pytest.mark.parametrize("end", [".keras", ".h5", ".json"])
def test_bytes_that_are_no_text_are_refused_by_value(end, tmp_path):
    inputs = keras.Input((1,), dtype="string")
    model = keras.Model(inputs, keras.ops.equal(inputs, b"a\xff"))
    with pytest.raises(ModelFileError, match=r"the bytes b'a\\xff', which are no text"):
        storage.save(model, tmp_path / f"m{end}")
    assert list(tmp_path.iterdir()) == []
