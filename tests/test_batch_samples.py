"""Samples of the user's batches: those of the first ones are chosen by number."""

import dataclasses

import keras
import numpy as np
import pytest
from conftest import planned, small_network

from kerasviz.data.streams import firstbatches
from kerasviz.data.streams.batchkinds import streamed
from kerasviz.insight.choosers import choose
from kerasviz.insight.own import Own
from kerasviz.insight.samples.batchsamples import first_samples
from kerasviz.insight.samples.samples import samples_of
from kerasviz.protocol import RequestError

X = np.random.default_rng(0).random((70, 4)).astype("float32")
Y = np.arange(70) % 3


def pipeline():
    import tensorflow as tf

    return tf.data.Dataset.from_tensor_slices((X, Y)).batch(8)


def py_dataset():
    class Parts(keras.utils.PyDataset):
        def __len__(self):
            return 9

        def __getitem__(self, at):
            return X[at * 8 : at * 8 + 8], Y[at * 8 : at * 8 + 8]

    return Parts()


def loader():
    torch = pytest.importorskip("torch")
    data = torch.utils.data.TensorDataset(torch.tensor(X), torch.tensor(Y))
    return torch.utils.data.DataLoader(data, batch_size=8)


DATA = {"class_name": "batches", "config": {"batches": "b"}}


@pytest.mark.parametrize("make", [pipeline, py_dataset, loader])
def test_a_sample_of_the_first_batches_is_chosen_by_number_and_changed(make):
    steps = [{"class_name": "Rescaling", "config": {"scale": 2.0}}]
    document = planned(small_network(), data=DATA, preparation=steps)
    samples = samples_of(document, {"b": make()}, None)
    assert dict(samples.counts) == {"training": 70}
    assert samples.limit("training") is None  # these are all
    taken = samples.take("training", 65)
    np.testing.assert_array_equal(taken.inputs[0], X[65:66] * 2)
    assert samples.label_of(taken) == str(Y[65])
    with pytest.raises(RequestError, match="There is no sample 70"):
        samples.take("training", 70)
    own = Own(document, samples)
    (each,) = own.inputs(taken.raw)
    change = {each.name: {"class_name": "numbers", "config": {"values": {"0": 5}}}}
    of = {"class_name": "by_index", "config": {"index": 65}}
    config = {"class_name": "changed", "config": {"of": of, "changes": change}}
    changed = choose(config, lambda: samples, lambda: own)
    np.testing.assert_array_equal(changed.inputs[0], [[10, *(X[65, 1:] * 2)]])


class Batches(keras.utils.PyDataset):
    """So many batches of one size."""

    def __init__(self, count, size=2, length=4):
        super().__init__()
        self.count, self.size, self.length = count, size, length

    def __len__(self):
        return self.count

    def __getitem__(self, at):
        return np.zeros((self.size, self.length), "float32"), np.zeros(self.size)


@pytest.mark.parametrize(
    ("batches", "seconds", "count", "why"),
    [
        (Batches(50), 60, 100, None),
        (Batches(51), 60, 100, "at most 50 of them are read"),
        (Batches(3, length=2**22), 60, 6, None),
        (Batches(4, length=2**22), 60, 6, "at most 64 MB of them are read"),
        (Batches(2), -1, 2, "they are read for at most -1 seconds"),
        (Batches(1), -1, 2, None),
    ],
)
@pytest.mark.parametrize("are_counted", [True, False])
def test_the_limit_that_was_reached_is_told(batches, seconds, count, why, are_counted, monkeypatch):
    monkeypatch.setattr(firstbatches, "_SECONDS", seconds)
    stream = streamed(batches, "b", None)
    stream = stream if are_counted else dataclasses.replace(stream, steps=None)
    data, limits = first_samples(stream)
    assert len(data.x) == count
    assert (why in limits["training"]) if why else not limits


def test_results_and_the_bar_tell_the_limit_of_a_part():
    document = planned(small_network(), data={**DATA, "config": {"batches": "b", "validation": "v"}})
    samples = samples_of(document, {"b": Batches(60), "v": Batches(3)}, None)
    assert samples.limit("validation") is None and samples.counts["validation"] == 6
    said = "Only the first 100 samples are used. The data yields batches, and at most 50 of them are read."
    assert samples.limit("training") == said


def test_of_what_can_be_taken_only_once_nothing_is_taken():
    taken = []

    def generate():
        for at in range(0, 64, 8):
            taken.append(at)
            yield X[at : at + 8], Y[at : at + 8]

    with pytest.raises(RequestError, match="can be read only once"):
        samples_of(planned(small_network(), data=DATA), {"b": generate()}, None)
    assert taken == []
