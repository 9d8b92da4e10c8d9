"""Opening a file runs nothing, and reaches nothing beside the file."""

import base64
import json
import marshal
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import keras
import pytest
from conftest import LEGACY, ROOT, WILD

from kerasviz.config import ModelFileError
from kerasviz.storage import load, read_config, save


def layer(class_name, module="keras.layers", **config):
    return {
        "module": module,
        "class_name": class_name,
        "config": {"name": class_name.lower(), **config},
        "registered_name": None,
    }


def function(module, name):
    return {"module": module, "class_name": "function", "config": name, "registered_name": name}


def code(sentinel):
    compiled = compile(f"open({str(sentinel)!r}, 'w').write('run')", "x", "exec")
    return base64.b64encode(marshal.dumps(compiled)).decode()


def attacks(sentinel):
    """Layers that published attacks used, with `sentinel` as what they would write or read."""
    lambda_code = {"class_name": "__lambda__", "config": {"value": [code(sentinel), None, None]}}
    yield layer("Lambda", function=lambda_code)
    yield layer("Lambda", function=[code(sentinel), None, None], function_type="lambda")
    yield layer("Lambda", function=function("keras.datasets.mnist", "load_data"))
    yield layer("Lambda", function=function("keras.config", "enable_unsafe_deserialization"))
    yield layer("Dense", units=1, activation=function("keras.utils", "get_file"))
    yield layer("Dense", units=1, activation=function("keras.config", "set_floatx"))
    yield layer("Dense", units=1, kernel_initializer={**layer("system", "os"), "config": {"command": "id"}})
    yield layer("Dense", units=1, kernel_initializer=function("keras.applications.mobilenet", "MobileNet"))
    yield layer("get_file", "keras.utils", fname=str(sentinel), origin="http://127.0.0.1:9/x")
    yield layer("TFSMLayer", filepath=str(sentinel.parent))
    yield layer("TorchModuleWrapper", module="gASVAAAA")
    yield layer("StringLookup", vocabulary=str(sentinel))
    yield layer("TextVectorization", vocabulary="http://127.0.0.1:9/vocabulary")
    yield layer("IntegerLookup", vocabulary=str(sentinel))
    yield layer("Switch", "keras.src.ops.core")
    yield layer("TestCase", "keras.src.testing.test_case")
    yield layer("Popen", "subprocess", args=["touch", str(sentinel)])
    yield layer("RandomNormal", "keras.initializers", seed=lambda_code)
    yield {"class_name": "deserialize", "config": {"config": lambda_code}}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Every attack in each format, and old files."""
    folder = tmp_path_factory.mktemp("attacks")
    sentinel = folder / "sentinel"
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, name="dense")])
    save(model, folder / "good.h5")
    save(model, folder / "good.keras")
    paths = []
    for number, attack in enumerate(attacks(sentinel)):
        entry = layer("InputLayer", batch_shape=[None, 3])
        config = {
            **layer("Sequential", "keras", layers=[entry, attack]),
            "compile_config": {"loss": attack, "optimizer": attack},
        }
        paths.append(folder / f"{number}.json")
        paths[-1].write_text(json.dumps(config))
        paths.append(folder / f"{number}.yaml")
        paths[-1].write_text(json.dumps(config, indent=1).replace("{", "{ "))
        paths.append(folder / f"{number}.keras")
        with zipfile.ZipFile(folder / "good.keras") as good, zipfile.ZipFile(paths[-1], "w") as bad:
            for name in good.namelist():
                bad.writestr(name, json.dumps(config) if name == "config.json" else good.read(name))
    good = [folder / name for name in ("good.h5", "good.keras")]
    return [*good, paths[1]], paths, sentinel


def test_attacks_are_refused_by_layer_and_reason(corpus):
    for path in corpus[1]:
        with pytest.raises(ModelFileError) as error:
            load(path)
        assert error.value.reason and error.value.file == path.name


def test_attacks_open_for_drawing_with_their_config_unharmed(corpus):
    config = read_config(corpus[1][0])
    assert config["config"]["layers"][1]["config"]["function"]["class_name"] == "__lambda__"


def test_a_name_of_keras_stays_the_class_of_keras(tmp_path):
    @keras.saving.register_keras_serializable("attack")
    class Dense(keras.layers.Layer):
        pass

    try:
        entry = layer("InputLayer", batch_shape=[None, 3])
        named = {**layer("Dense", units=1), "registered_name": "attack>Dense"}
        config = layer("Sequential", "keras", layers=[entry, named])
        (tmp_path / "m.json").write_text(json.dumps(config))
        assert type(load(tmp_path / "m.json").layers[0]) is keras.layers.Dense
    finally:
        keras.saving.get_custom_objects().pop("attack>Dense")


@pytest.mark.parametrize(
    "folder", [LEGACY, pytest.param(WILD, marks=pytest.mark.wild)], ids=["attacks and ours", "wild"]
)
def test_nothing_is_run_opened_or_reached(folder, corpus):
    good, paths, sentinel = corpus
    models = [path for path in folder.iterdir() if path.suffix in (".h5", ".json", ".keras")]
    old = [path for path in sorted(models)[::5] if path.stat().st_size < 60_000]
    assert old
    of_each_format = [path for i, path in enumerate(paths) if path.suffix == ".json" or i // 3 % 3 == i % 3]
    files = [*(of_each_format if folder == LEGACY else []), *old]
    script = Path(__file__).with_name("watched.py")
    done = subprocess.run(
        [sys.executable, str(script), *map(str, [*good, *files])],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == []
    assert not sentinel.exists()
