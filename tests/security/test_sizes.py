"""What takes memory or time as soon as Keras makes it is refused before; a near twin passes."""

import json
import sys
import tracemalloc

import keras
import numpy as np
import pytest

import kerasviz
from kerasviz.analysis.mistakes.situation import closest
from kerasviz.config import ModelFileError, check_layer, check_model
from kerasviz.storage import load, read_config


def item(class_name, module="keras.layers", **config):
    return {"module": module, "class_name": class_name, "config": config, "registered_name": None}


def metric(class_name, **config):
    return item(class_name, "keras.metrics", **config)


def operation(class_name, **config):
    module = "keras.src.ops.core" if class_name == "Unstack" else "keras.src.ops.numpy"
    return item(class_name, module, **config)


def array(value):
    return {"class_name": "__numpy__", "config": {"value": value, "dtype": "int64"}}


CASES = {
    "bins, with the default of the other size": (
        item("MelSpectrogram", num_mel_bins=2**20),
        item("MelSpectrogram", num_mel_bins=2**7),
    ),
    "frames": (
        item("STFTSpectrogram", frame_length=2**15, fft_length=2**15),
        item("STFTSpectrogram", frame_length=2**12, fft_length=2**12),
    ),
    "words in a row": (item("TextVectorization", ngrams=10**8), item("TextVectorization", ngrams=3)),
    "unknown words": (
        item("IntegerLookup", num_oov_indices=10**9),
        item("IntegerLookup", num_oov_indices=10**3),
    ),
    "thresholds": (metric("AUC", num_thresholds=10**8), metric("AUC", num_thresholds=10**4)),
    "thresholds as an array": (
        metric("AUC", num_thresholds=array(10**8)),
        metric("Precision", thresholds=[0.5, 0.6]),
    ),
    "classes": (metric("MeanIoU", num_classes=30_000), metric("MeanIoU", num_classes=1000)),
    "parts": (
        operation("Split", indices_or_sections=10**7, axis=1),
        operation("Split", indices_or_sections=[1, 10**7], axis=1),
    ),
    "slices": (operation("Unstack", num=10**7), operation("Unstack", num=None)),
}


@pytest.mark.parametrize("size", CASES)
def test_a_size_that_takes_memory_at_once_is_refused(size):
    refused, passes = CASES[size]
    with pytest.raises(ModelFileError, match=refused["class_name"]):
        check_layer(refused)
    check_layer(passes)


def tensor(width):
    config = {"shape": [None, width], "dtype": "float32", "keras_history": ["i", 0, 0]}
    return {"class_name": "__keras_tensor__", "config": config}


def graph(layer, *arguments, width=2):
    entry = {**item("InputLayer", name="i", batch_shape=[None, width]), "name": "i", "inbound_nodes": []}
    layer["config"]["name"] = "it"
    called = {**layer, "name": "it", "inbound_nodes": [{"args": list(arguments), "kwargs": {}}]}
    config = {"name": "m", "layers": [entry, called], "input_layers": [["i", 0, 0]]}
    return {
        **item("Functional", "keras.src.models.functional"),
        "config": {**config, "output_layers": [["it", 0, 0]]},
    }


@pytest.mark.parametrize(
    ("layer", "arguments"),
    [
        (operation("Arange", dtype="float32"), [0, 10**9, 1]),
        (item("RepeatVector", n=10**9), [array([[1]])]),
        (item("RepeatVector", n=10**9), []),
    ],
)
def test_a_call_without_a_tensor_is_not_computed(layer, arguments):
    inner = graph(layer, *arguments)
    for model in (inner, item("Sequential", "keras", name="m", layers=[inner])):
        with pytest.raises(ModelFileError, match="output of a layer"):
            check_model(model)
    check_model(graph(item("RepeatVector", n=3), tensor(2)))


def test_a_long_name_is_not_compared_letter_by_letter():
    long = "".join(map(chr, range(0x4E00, 0x5E00)))
    assert closest(long, [long[1:], "source"]) is None
    assert closest(long[:199], [long, long[1:200], "source"]) == long[1:200]


def test_a_layer_is_not_called_without_end():
    model = graph(item("Dense", units=2), tensor(2))
    calls = model["config"]["layers"][1]["inbound_nodes"]
    calls += calls * 3999
    check_model(model)
    calls.append(calls[0])
    with pytest.raises(ModelFileError, match="4,000 times"):
        check_model(model)


def normalization(width):
    spread = item("Normalization", mean=0.5, variance=4.0)
    return graph(spread, tensor(width), width=width)


def test_a_normalization_takes_no_memory_before_its_width_was_looked_at(tmp_path):
    (tmp_path / "wide.json").write_text(json.dumps(normalization(10**9)))
    with pytest.raises(ModelFileError, match="GB of memory"):
        load(tmp_path / "wide.json")
    assert "mean and variance" in kerasviz.analyze(normalization(10**9)).nodes["it"].error.message


def test_a_normalization_is_built_as_it_is(tmp_path):
    (tmp_path / "narrow.json").write_text(json.dumps(normalization(2)))
    model = load(tmp_path / "narrow.json")
    assert type(model.layers[1]) is keras.layers.Normalization and model.count_params() == 0
    np.testing.assert_allclose(model(np.array([[0.5, 2.5]])), [[0.0, 1.0]])
    found = kerasviz.analyze(normalization(2)).nodes["it"]
    assert found.error is None and found.params == 0


def test_thousands_of_layers_of_one_name_are_told_apart_at_once(tmp_path):
    layers = [{"class_name": "Dense", "config": {"name": "d", "units": 1}}] * 20_000
    config = {"class_name": "Sequential", "config": layers, "keras_version": "2.1.0"}
    (tmp_path / "m.json").write_text(json.dumps(config))
    names = [layer["config"]["name"] for layer in read_config(tmp_path / "m.json")["config"]["layers"]]
    assert names[:3] == ["d", "d_1", "d_2"] and len(set(names)) == 20_000


def test_the_analysis_imports_nothing_that_an_optimizer_names():
    module = "keras.src.testing.test_utils"
    model = json.loads(keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]).to_json())
    for rate, share in ((item("Schedule", module), 0), (0.1, 12)):
        sys.modules.pop(module, None)
        optimizer = item("SGD", "keras.optimizers", momentum=0.9, learning_rate=rate)
        found = kerasviz.analyze({**model, "compile_config": {"optimizer": optimizer}})
        assert found.memory.optimizer == share and module not in sys.modules


def test_a_long_directory_of_an_archive_is_not_read(tmp_path):
    entry = b"PK\x01\x02" + bytes(24) + b"\x01\x00" + bytes(16) + b"a"
    count = 2**21 // len(entry)
    end = b"PK\x05\x06" + bytes(8) + (count * len(entry)).to_bytes(4, "little") + (4).to_bytes(4, "little")
    (tmp_path / "m.keras").write_bytes(b"PK\x03\x04" + entry * count + end + bytes(2))
    tracemalloc.start()
    try:
        with pytest.raises(ModelFileError, match="directory of the archive"):
            read_config(tmp_path / "m.keras")
        assert tracemalloc.get_traced_memory()[1] < 2**22
    finally:
        tracemalloc.stop()
