"""A cell that changes what layers are is told to the pages, whose next analysis is true."""

import pytest
from conftest import Page, start_kernel
from said import said

CLASS = """
import keras
@keras.saving.register_keras_serializable("mine")
class Wider(keras.layers.Layer):
    def call(self, x):
        return keras.ops.concatenate([x] * {times}, -1)
"""


def wider() -> dict:
    layer = {
        "module": None,
        "class_name": "Wider",
        "config": {"name": "wider"},
        "registered_name": "mine>Wider",
    }
    read = {"module": "keras.layers", "class_name": "InputLayer", "registered_name": None}
    read["config"] = {"batch_shape": [None, 4], "name": "in"}
    dense = {"module": "keras.layers", "class_name": "Dense", "registered_name": None}
    dense["config"] = {"units": 3, "name": "dense"}
    module, name = "keras", "Sequential"
    layers = [read, layer, dense]
    return {
        "module": module,
        "class_name": name,
        "config": {"name": "s", "layers": layers},
        "registered_name": None,
    }


@pytest.fixture
def page(kernel):
    page = Page(kernel)
    page.hello("changes.keras.json")
    page.ask("catalog")  # cells are looked at once Keras is there
    page.ask("arrays")
    yield page
    page.execute("keras.config.set_floatx('float32'); keras.config.set_dtype_policy('float32')")
    page.close()


def told(page: Page, cell: str, what: str = "settings") -> bool:
    """Whether a cell makes the kernel tell pages to ask again; a later question is answered after that."""
    before = len(page.events)
    assert page.execute(cell)["status"] == "ok"
    page.ask("arrays")  # on the thread that looks at cells, behind it
    return any(event["event"] == what for event in page.events[before:])


def test_a_class_that_a_cell_registers_again_and_settings_are_told_and_seen(page):
    model = wider()
    layers, model["config"]["layers"] = model["config"]["layers"], []
    revision = 0

    def nodes() -> dict:
        nonlocal revision
        revision += 1
        answer = page.ask("analyze", revision=revision, base=None, model=model, layers=layers)
        return dict(answer["payload"]["nodes"])

    assert "register it" in said(nodes()["wider:0"]["error"]["message"])
    assert told(page, CLASS.format(times=2))
    assert nodes()["wider:0"]["shapes"] == [[None, 8]]
    assert told(page, CLASS.format(times=3))  # of the same signature
    assert nodes()["wider:0"]["shapes"] == [[None, 12]]
    assert nodes()["dense:0"]["dtypes"] == ["float32"]
    assert told(page, "keras.config.set_floatx('float64'); keras.config.set_dtype_policy('float64')")
    assert nodes()["dense:0"]["dtypes"] == ["float64"]
    assert told(page, "keras.config.set_dtype_policy('mixed_float16')")
    assert told(page, "keras.config.set_image_data_format('channels_first')")
    assert told(page, "keras.config.set_image_data_format('channels_last')")
    assert told(
        page, "keras.distribution.set_distribution(keras.distribution.DataParallel(devices=['cpu:0']))"
    )
    assert told(page, "keras.distribution.set_distribution(None)")
    assert not told(page, "x = 1 + 1")


def test_arrays_tables_and_batches_that_a_cell_makes_are_told(page):
    assert told(page, "import numpy as np; numbers = np.zeros((3, 2))", "arrays")
    assert told(page, "import pandas as pd; rows = pd.DataFrame({'a': [1, 2]})", "arrays")
    assert told(page, "batches = (each for each in [(numbers, numbers)])", "arrays")
    assert not told(page, "word = 'no data'", "arrays")
    assert told(page, "del numbers, rows, batches", "arrays")


@pytest.mark.thorough
def test_what_a_cell_made_before_keras_was_there_is_told(tmp_path):
    manager = start_kernel(tmp_path)
    page = Page(manager)
    try:
        page.post("hello", document="early.keras.json")
        page.execute("import numpy as np; early = np.zeros((3, 2))")
        page.until_told("arrays", 1)
    finally:
        page.close()
        manager.shutdown_kernel(now=True)
