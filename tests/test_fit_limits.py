"""What data does not allow of `fit` is known from what a plan says, before anything is read."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kerasviz.data import load
from kerasviz.data.preparation import prepared
from kerasviz.protocol import FitLimits
from kerasviz.training.fitlimits import fit_limits

CSV = {"class_name": "csv", "config": {"file": "houses.csv"}}


def limits(source: str, config: dict[str, Any], folder: Path | None = None, **plan: Any) -> FitLimits:
    return fit_limits({"data": {"class_name": source, "config": config}, **plan}, folder)


def unused(source: str, config: dict[str, Any], folder: Path | None = None, **plan: Any) -> set[str]:
    return set(limits(source, config, folder, **plan)["unused"])


def test_windows_hold_out_by_themselves_though_nobody_has_read_the_table(tmp_path):
    told = limits("windows", {"table": CSV}, tmp_path)
    assert "set validation under Data" in told["unused"]["validation_split"]
    assert told["split"] == told["unused"]["validation_split"]
    assert unused("windows", {}) == {"validation_split"}


def test_arrays_with_parts_and_weights_of_their_own(tmp_path):
    assert unused("arrays", {"x": "x", "y": "y"}) == set()
    assert unused("arrays", {"x": "x", "y": "y", "x_val": "a", "y_val": "b"}) == {"validation_split"}
    assert unused("arrays", {"x": "x", "y": "y", "sample_weight": "w"}) == {"class_weight"}
    split = {"class_name": "by_class", "config": {}}
    assert unused("arrays", {"x": "x", "y": "y"}, split=split) == {"validation_split"}


def test_a_split_leaves_samples_that_validate_where_they_are():
    namespace = {name: np.arange(count) for name, count in (("x", 9), ("y", 9), ("a", 3), ("b", 3))}
    chosen = {"class_name": "arrays", "config": {"x": "x", "y": "y", "x_val": "a", "y_val": "b"}}
    split = {"class_name": "share", "config": {"validation": 0.5}}
    data = prepared(load(chosen, namespace), {}, None, split)
    assert (len(data.x), len(data.validation.x)) == (9, 3)
    assert "the split is not used" in data.notes[-1]
    assert limits("arrays", chosen["config"], split=split)["split"] is not None


def test_a_column_of_weights_takes_the_place_of_weights_of_classes(tmp_path):
    assert unused("csv", CSV["config"], tmp_path, columns={"target": ["y"], "weight": "w"}) == {
        "class_weight"
    }
    assert unused("csv", CSV["config"], tmp_path, columns={"target": ["y"], "weight": None}) == set()
    assert unused("digits", {}, columns={"weight": "left over"}) == set()


def test_the_parts_of_a_folder_are_known_once_it_was_looked_at(tmp_path):
    for part in ("train", "val"):
        for name in ("good", "bad"):
            (tmp_path / "texts" / part / name).mkdir(parents=True)
            (tmp_path / "texts" / part / name / "1.txt").write_text(name)
    assert unused("texts", {"path": "texts"}, tmp_path) == set()
    load({"class_name": "texts", "config": {"path": "texts"}}, {}, tmp_path)
    assert unused("texts", {"path": "texts"}, tmp_path) == {"validation_split"}


@pytest.mark.parametrize("chosen", [None, {}, {"class_name": "unheard"}, {"class_name": ["x"]}, "csv"])
def test_what_is_no_source_limits_nothing(chosen):
    assert fit_limits({"data": chosen}) == {"unused": {}, "needed": {}, "split": None}
