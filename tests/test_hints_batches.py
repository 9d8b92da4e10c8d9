"""Hints about data that comes in batches: of the first ones, as a run takes them."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import few
from PIL import Image

import kerasviz

DRAW = np.random.default_rng(0)
X = (3000 * DRAW.normal(size=(240, 4))).astype("float32")
Y = (X[:, 0] * X[:, 1] > 0).astype("int64")
PARTS = (X[:200], Y[:200]), (X[200:], Y[200:])


def document(shape=(4,), data=None):
    hidden, last = keras.layers.Dense(8, "relu", name="hidden"), keras.layers.Dense(1, "sigmoid", name="out")
    model = keras.Sequential([keras.Input(shape), keras.layers.Flatten(), hidden, last])
    model.compile("adam", "binary_crossentropy")
    training = {"seed": 1, "data": data, "fit": {"epochs": 2, "validation_split": 0.2}}
    return {**json.loads(model.to_json()), "kerasviz": {"training": training}}


class Counted(keras.utils.PyDataset):
    """Batches of 20, which know what was read of them."""

    def __init__(self, x, y):
        super().__init__()
        self.x, self.y, self.read = x, y, []

    @property
    def num_batches(self):
        return len(self.x) // 20

    def __getitem__(self, index):
        self.read.append(index)
        return self.x[20 * index : 20 * index + 20], self.y[20 * index : 20 * index + 20]


def heard(run):
    return {hint["code"]: hint for hint in run.hints}


@pytest.mark.parametrize(
    "kind", few([Counted, lambda *part: tf.data.Dataset.from_tensor_slices(part).batch(20)], 2)
)
def test_samples_that_trained_are_looked_at(kind):
    training, held = (kind(*part) for part in PARTS)
    run = kerasviz.run(document(), training, held, start="fresh")
    alone = kerasviz.run(document(), *PARTS, start="fresh")
    assert heard(run)["inputs-not-scaled"]["sentence"] == heard(alone)["inputs-not-scaled"]["sentence"]
    seen = run.situation.seen
    assert seen.counts == (200, 40) and not seen.is_beginning
    np.testing.assert_array_equal(seen.training[0], PARTS[0][0])
    np.testing.assert_array_equal(seen.validation[1].reshape(-1), PARTS[1][1])


def test_batches_of_a_loader_are_looked_at_as_they_pass():
    torch = pytest.importorskip("torch")
    tensors = torch.utils.data.TensorDataset(*map(torch.tensor, PARTS[0]))
    loader = torch.utils.data.DataLoader(tensors, batch_size=20, shuffle=True)
    run = kerasviz.run(document(), loader, start="fresh")
    assert run.situation.seen.counts == (200, 0) and "inputs-not-scaled" in heard(run)


def test_nothing_is_read_for_a_hint():
    training = Counted(*PARTS[0])
    run = kerasviz.run(document(), training, start="fresh")
    there = list(training.read)
    assert run.hints and training.read == there
    # The first one is looked at before, by Keras as well: with TensorFlow once more.
    assert len(there) == 2 * 10 + (3 if keras.backend.backend() == "tensorflow" else 2)


def test_of_a_generator_the_first_batches_are_looked_at_as_they_pass():
    taken = []

    def batches():
        while True:
            for at in range(0, 200, 20):
                taken.append(at)
                yield X[at : at + 20], Y[at : at + 20]

    run = kerasviz.run(document(), batches(), start="fresh", steps_per_epoch=30)
    there, seen = len(taken), run.situation.seen
    hint = heard(run)["inputs-not-scaled"]
    assert len(taken) == there and seen.counts == (1000, 0) and seen.is_beginning
    assert hint["sentence"].startswith("In the 1,000 samples that were checked: ")
    assert hint["samples"] == []


def test_sorted_batches_of_which_the_first_are_known_are_no_imbalance():
    y = np.repeat([0, 1], 1200)
    x = DRAW.normal(size=(2400, 4)).astype("float32")
    pipeline = tf.data.Dataset.from_tensor_slices((x, y)).batch(20)
    run = kerasviz.run(document(), pipeline, start="fresh", epochs=1)
    assert run.situation.seen.is_beginning and run.situation.guess is None
    assert not {"class-imbalance", "validation-not-representative"} & set(heard(run))


def test_pictures_of_a_folder_are_looked_at(tmp_path):
    for name in ("cats", "dogs"):
        (tmp_path / name).mkdir()
        for number in range(20):
            pixels = DRAW.integers(0, 256, (8, 8, 3), dtype="uint8")
            Image.fromarray(pixels).save(tmp_path / name / f"{number}.png")
    config = {"path": str(tmp_path), "height": 8, "width": 8}
    run = kerasviz.run(document((8, 8, 3), {"class_name": "images", "config": config}), start="fresh")
    assert "inputs-not-scaled" in heard(run)
