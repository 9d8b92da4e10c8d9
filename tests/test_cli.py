"""The command `kerasviz`, in processes of its own where it matters."""

import json
import os
import subprocess
import sys
from pathlib import Path

import h5py
import keras
import pytest
from conftest import planned

from kerasviz.__main__ import main
from kerasviz.codegen import to_code
from kerasviz.storage import load, save

OLD = {
    "class_name": "Sequential",
    "config": [
        {"class_name": "Dense", "config": {"name": "a", "output_dim": 2, "batch_input_shape": [None, 3]}},
    ],
    "keras_version": "1.2.2",
}
HOSTILE = {
    "class_name": "Sequential",
    "config": [
        {"class_name": "Lambda", "config": {"name": "evil\nok fake layers=1", "function": ["x", None, None]}}
    ],
}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "old.json").write_text(json.dumps(OLD))
    (tmp_path / "evil.json").write_text(json.dumps(HOSTILE))
    return tmp_path


def test_check_says_what_is_in_each_file(files, capsys):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    save(model, files / "new.keras")
    assert main(["check", str(files / "old.json"), str(files / "new.keras")]) == 0
    old, new = capsys.readouterr().out.splitlines()
    assert old == f"ok {files / 'old.json'} layers=1 parameters=8 from=keras-1.2"
    version = ".".join(keras.__version__.split(".")[:2])
    assert new == f"ok {files / 'new.keras'} layers=1 parameters=8 from=keras-{version}"


def test_check_says_weights_only_of_a_file_without_a_model(files, capsys):
    save(load(files / "old.json"), files / "w.weights.h5")
    assert main(["check", str(files / "w.weights.h5")]) == 0
    assert " weights-only parameters=8 " in capsys.readouterr().out


def test_check_reads_a_sequential_that_was_saved_before_it_was_built(files, capsys):
    dense = {"class_name": "Dense", "config": {"name": "d", "trainable": True, "units": 2}}
    flatten = {"class_name": "Flatten", "config": {"name": "f", "trainable": True}}
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": [flatten, dense]}}
    with h5py.File(files / "unbuilt.h5", "w") as file:
        file.attrs["keras_version"], file.attrs["model_config"] = b"2.4.0", json.dumps(config).encode()
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [b"f", b"d"]
        for name in ("f", "d"):
            group.create_group(name).attrs["weight_names"] = []
    assert main(["check", str(files / "unbuilt.h5")]) == 0
    assert "layers=2 parameters=unknown from=keras-2.4" in capsys.readouterr().out


def test_check_refuses_on_one_line_and_goes_on(files, capsys):
    assert main(["check", str(files / "evil.json"), str(files / "none.h5"), str(files / "old.json")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["refused", "refused", "ok"]
    assert "Lambda" in lines[0]


def test_convert_writes_what_today_s_keras_reads(files, capsys):
    assert main(["convert", str(files / "old.json"), str(files / "new.json")]) == 0
    assert "Keras 1" in capsys.readouterr().out
    assert keras.models.model_from_json((files / "new.json").read_text()).count_params() == 8


def test_convert_joins_a_config_and_weights(files):
    model = load(files / "old.json")
    save(model, files / "w.weights.h5")
    arguments = ["convert", str(files / "old.json"), str(files / "whole.h5"), "--weights"]
    assert main([*arguments, str(files / "w.weights.h5")]) == 0
    kernel = keras.models.load_model(files / "whole.h5").get_weights()[0]
    assert (kernel == model.get_weights()[0]).all()


def test_convert_keeps_a_layer_that_can_t_be_built(files):
    assert main(["convert", str(files / "evil.json"), str(files / "drawn.json")]) == 0
    config = json.loads((files / "drawn.json").read_text())
    assert config["config"]["layers"][0]["config"]["function"] == ["x", None, None]


def test_convert_leaves_the_target_when_the_source_is_refused(files):
    (files / "target.keras").write_text("mine")
    assert main(["convert", str(files / "evil.json"), str(files / "target.keras")]) == 1
    assert (files / "target.keras").read_text() == "mine"


def test_code_prints_a_program_that_makes_the_model(files, capsys):
    assert main(["code", str(files / "old.json")]) == 0
    names = {}
    exec(capsys.readouterr().out, names)
    assert names["model"].count_params() == 8


def test_code_prints_the_whole_script(tmp_path, digits, capsys):
    document = planned(digits, seed=1, model_name="net")
    (tmp_path / "net.keras.json").write_text(json.dumps(document))
    for recipe in ("fit", "loop", "batch"):
        assert main(["code", str(tmp_path / "net.keras.json"), "--recipe", recipe]) == 0
        assert capsys.readouterr().out == to_code(document, "net", recipe=recipe)


def test_a_document_that_takes_more_memory_than_is_allowed_is_told(tmp_path):
    words = [f"w{number}" for number in range(10_000)]
    layers = [
        {
            "module": "keras.layers",
            "class_name": "StringLookup",
            "config": {"name": f"l{n}", "vocabulary": words},
        }
        for n in range(100)
    ]
    path = tmp_path / "m.json"
    path.write_text(json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": layers}}))
    code = (
        "import kerasviz.__main__ as command; command._KERAS = 0; import kerasviz.storage;"
        f"command.main(['document', {str(path)!r}])"
    )
    environment = {**os.environ, "KERASVIZ_GIGABYTES": "0.03"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    message = json.loads(done.stdout)["error"]["message"]
    assert message["args"]["way_on"]["args"] == {"variable": "KERASVIZ_GIGABYTES", "more": "0.12"}


def test_document_prints_the_config_or_the_error(files):
    def document(name):  # in a process of its own, as it limits what its process may take
        command = [sys.executable, "-m", "kerasviz", "document", str(files / name)]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, json.loads(done.stdout)

    status, found = document("old.json")
    assert status == 0
    assert found["document"]["config"]["layers"][0]["class_name"] == "InputLayer" and found["report"]
    (files / "cut.json").write_text("{")
    status, found = document("cut.json")
    assert status == 1 and found["error"]["message"]


def test_it_runs_without_jupyter(files):
    code = (
        "import sys; names = ['jupyterlab', 'jupyter_server', 'ipykernel', 'anywidget'];"
        "sys.modules.update(dict.fromkeys(names));"
        "from kerasviz.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", str(files / "old.json")],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and done.stdout.startswith("ok ")
