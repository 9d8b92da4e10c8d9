"""What a notebook defines trains in another process: its classes, its data, modules that lie beside it."""

import json
from typing import Any

from conftest import Page, layer, planned, start_kernel

CELL = """
import keras, numpy as np
import beside

@keras.saving.register_keras_serializable("mine")
class Scale(keras.layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), initializer="ones", name="scale")

    def call(self, inputs):
        return inputs * self.scale * beside.FACTOR * own_factor

own_factor = 0.5

@keras.saving.register_keras_serializable("mine")
def squared(y_true, y_pred):
    return keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)

@keras.saving.register_keras_serializable("mine")
class Count(keras.callbacks.Callback):
    def __init__(self, times=1):
        super().__init__()
        self.times = times

    def get_config(self):
        return {"times": self.times}

    def on_epoch_end(self, epoch, logs=None):
        print("epoch", epoch + self.times)

class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 5

    def __getitem__(self, index):
        rng = np.random.default_rng(index)
        x = rng.random((8, 4)).astype("float32")
        return x, x.sum(1, keepdims=True)

batches = Batches()
x = np.memmap("x.bin", "float32", "w+", shape=(40, 4)); x[:] = np.random.default_rng(1).random((40, 4))
y = x.sum(1, keepdims=True)
"""


def drawn(data: dict[str, Any], **training: Any) -> dict[str, Any]:
    own = {"module": None, "class_name": "Scale", "config": {"name": "own"}, "registered_name": "mine>Scale"}
    document = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {
            "name": "net",
            "layers": [
                layer("InputLayer", batch_shape=[None, 4], name="in"),
                own,
                layer("Dense", units=1, name="out"),
            ],
        },
        "registered_name": None,
        "compile_config": {"optimizer": "adam", "loss": "mine>squared"},
    }
    count = {"class_name": "Count", "config": {"times": 7}, "registered_name": "mine>Count"}
    place = {"class_name": "process", "config": {}}
    training = {"place": place, "callbacks": [count], "seed": 3, "model_name": "net", **training}
    return planned(document, data=data, **training)


def test_classes_of_cells_modules_beside_and_data_in_memory_train_in_a_process(tmp_path):
    (tmp_path / "beside.py").write_text("FACTOR = 2.0\n")
    manager = start_kernel(tmp_path)
    page = Page(manager)
    try:
        page.hello("net.keras.json")
        assert page.execute(CELL)["status"] == "ok"
        arrays = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
        for data in (arrays, {"class_name": "batches", "config": {"batches": "batches"}}):
            losses = []
            for place in ("thread", "process"):
                chosen = drawn(data, place={"class_name": place, "config": {}})
                assert page.ask("train", document=chosen, start="fresh")["ok"]
                status = page.until("finished", "failed")
                assert status["error"] is None, status["error"]
                told = page.ask("history", run=status["run"])["payload"]
                losses.append(told["curves"]["epoch"]["loss"]["y"])
            assert losses[0] == losses[1]
        last = page.ask("runs")["payload"]["runs"][0]["id"]
        printed = (tmp_path / "runs" / last / "output.txt").read_text().split("\n")
        assert [line for line in printed if line.startswith("epoch")][:2] == ["epoch 7", "epoch 8"]
        assert page.execute("assert net.layers[0].scale.shape == (4,)")["status"] == "ok"

        page.execute("batches = (batch for batch in [1])")
        page.ask(
            "train",
            document=drawn({"class_name": "batches", "config": {"batches": "batches"}}),
            start="fresh",
        )
        error = page.until("failed")["error"]
        assert json.dumps(error["message"]).startswith('{"text": "{name} can\'t be taken to another process.')
    finally:
        page.close()
        manager.shutdown_kernel(now=True)
