"""A `DataLoader` of PyTorch as people make it, on whatever backend Keras has; `make backends` has PyTorch."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from conftest import planned, small_network

from kerasviz import preview
from kerasviz.execution.thread import DISK
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves, RequestError
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

torch: Any = pytest.importorskip("torch", reason="PyTorch is not installed: make backends")
import torch.utils.data as loading  # noqa: E402

RANDOM = np.random.default_rng(0)
X = torch.tensor(RANDOM.normal(size=(60, 4)).astype("float32"))
Y = torch.tensor(RANDOM.integers(0, 3, 60))
WEIGHTS = torch.tensor(RANDOM.random(60).astype("float32"))
ROWS = loading.TensorDataset(X, Y)


class OneByOne(loading.IterableDataset):  # type: ignore[misc]
    """Samples that come as they come."""

    def __iter__(self) -> Iterator[Any]:
        return iter(zip(X, Y, strict=True))


class Named(loading.Dataset):  # type: ignore[misc]
    """Samples whose inputs have names."""

    def __len__(self) -> int:
        return 60

    def __getitem__(self, index: int) -> Any:
        return {"in": X[index]}, Y[index], WEIGHTS[index]


def seeded(**more: Any) -> Any:
    return loading.DataLoader(
        ROWS, batch_size=10, shuffle=True, generator=torch.Generator().manual_seed(3), **more
    )


LOADERS: dict[str, Callable[[], Any]] = {
    "rows": lambda: loading.DataLoader(ROWS, batch_size=10),
    "shuffled": seeded,
    "workers": lambda: seeded(num_workers=2, persistent_workers=True),
    "a last batch left out": lambda: loading.DataLoader(ROWS, batch_size=8, drop_last=True),
    "a short last batch": lambda: loading.DataLoader(ROWS, batch_size=8),
    "workers, one by one": lambda: loading.DataLoader(OneByOne(), batch_size=10, num_workers=1),
    "one by one": lambda: loading.DataLoader(OneByOne(), batch_size=10),
    "by name, with weights": lambda: loading.DataLoader(Named(), batch_size=10),
    "a sampler of batches": lambda: loading.DataLoader(
        ROWS, batch_sampler=loading.BatchSampler(loading.SequentialSampler(ROWS), 10, False)
    ),
}
STEPS = {"a last batch left out": 7, "a short last batch": 8}


def train(folder: Path, loader: Any, drawn: dict[str, Any]) -> Run:
    data = {"class_name": "batches", "config": {"batches": "loader"}}
    run = Run("net", 2)
    plan = read_plan(planned(drawn, data=data), "fresh")

    def heard(curves: Curves | None) -> None:
        run.history.extend(curves or Curves(batch={}, epoch={}))

    run.end(fit(plan, Keeper(folder), run, {"loader": loader}, heard, DISK.submit))
    return run


@pytest.mark.parametrize("kind", LOADERS)
def test_a_loader_measures_what_fit_measures(kind: str, tmp_path: Path) -> None:
    run = train(tmp_path, LOADERS[kind](), small_network())
    assert (run.state, run.step) == ("finished", 2 * STEPS.get(kind, 6))
    plain = keras.saving.deserialize_keras_object(small_network())
    plain.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    expected = plain.fit(LOADERS[kind](), epochs=2, verbose=0).history
    found = {name: series["y"] for name, series in run.history.to_json()["epoch"].items()}
    assert found == {name: pytest.approx(values, rel=1e-6) for name, values in expected.items()}


@pytest.mark.parametrize("workers", [0, 2])
def test_its_batches_are_brought_to_the_model(workers: int, tmp_path: Path) -> None:
    def loader() -> Any:
        return seeded(num_workers=workers, persistent_workers=workers > 0)

    reshaped = train(tmp_path, loader(), small_network((2, 2)))
    one_hot = train(tmp_path, loader(), small_network(loss="categorical_crossentropy"))
    plain = train(tmp_path, loader(), small_network())
    for run in (reshaped, one_hot):
        losses = run.history.to_json()["epoch"]["loss"]["y"]
        assert losses == pytest.approx(plain.history.to_json()["epoch"]["loss"]["y"], rel=1e-5)


def test_a_look_at_the_first_batch_moves_no_order_on(tmp_path: Path) -> None:
    before = torch.random.get_rng_state()
    sampler = loading.RandomSampler(ROWS, generator=torch.Generator().manual_seed(4))
    loader = loading.DataLoader(ROWS, 10, sampler=sampler, num_workers=2, persistent_workers=True, timeout=9)
    state = sampler.generator.get_state()
    with pytest.raises(RequestError, match="Set its shape to"):
        train(tmp_path, loader, small_network((9,)))
    assert preview(loader).to_dict()["sampled"] == 60
    assert torch.equal(before, torch.random.get_rng_state())
    assert torch.equal(state, sampler.generator.get_state())


def test_what_is_no_batch_of_inputs_and_targets_is_refused(tmp_path: Path) -> None:
    alone = loading.DataLoader(loading.TensorDataset(X), batch_size=10)
    with pytest.raises(RequestError, match="inputs without targets"):
        train(tmp_path, alone, small_network())
    with pytest.raises(RequestError, match="single samples"):
        train(tmp_path, loading.DataLoader(ROWS, batch_size=None), small_network())
