"""Curves in bounded memory: ends, extremes and epochs stay, and so does what is written of them."""

import random

import pytest

from kerasviz.protocol import Clock, Curves
from kerasviz.training.run.history import LIMIT, BoundedSeries, History, Point


def bounded(points: list[Point], at_once: int, epoch: int | None = None) -> tuple[BoundedSeries, list[Point]]:
    """A series of points, and those that it told to be kept."""
    made, settled = BoundedSeries(), list[Point]()
    for start in range(0, len(points), at_once):
        settled += made.extend(points[start : start + at_once], epoch)
    return made, settled


@pytest.mark.parametrize("count", [1, 2, LIMIT, LIMIT + 1, 12_345, 100_000])
@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_a_series_is_bounded_and_keeps_ends_and_extremes(count, at_once):
    points = [(x, 1 / (x + 1)) for x in range(1, count + 1)]
    low, high = count // 3, count // 2
    points[low], points[high] = (low + 1, -5.0), (high + 1, 9.0)
    series = bounded(points, at_once)[0].to_json()
    kept = list(zip(series["x"], series["y"], strict=True))
    assert len(kept) <= LIMIT + 2
    assert kept == sorted(set(kept))
    assert set(kept) <= set(points)
    assert kept[0] == points[0] and kept[-1] == points[-1]
    assert points[low] in kept or low == high
    assert points[high] in kept
    assert count > LIMIT or kept == points


def test_the_points_are_as_dense_at_the_end_as_at_the_beginning():
    points = [(x, random.random()) for x in range(300_000)]
    x = bounded(points, 250)[0].to_json()["x"]
    first, last = sum(each < 30_000 for each in x), sum(each >= 270_000 for each in x)
    assert LIMIT / 50 < first and 0.5 < first / last < 2


def test_ends_of_epochs_are_kept_while_they_are_far_enough_apart():
    points = [(x, (x % 100) / 100) for x in range(1, 20_001)]
    epochs = [point for point in points if point[0] % 1000 == 0]
    made, settled = bounded(points, 33, epoch=1000)
    x = set(made.to_json()["x"])
    assert {each for each, _ in epochs} <= x
    assert set(epochs[:-1]) <= set(settled)
    many, _ = bounded(points, 33, epoch=2)
    assert len(many.to_json()["x"]) <= LIMIT + 2


def test_values_that_are_not_finite_stay_to_be_seen():
    points = [(x, None if x == 7000 else 1.0) for x in range(20_000)]
    series = bounded(points, 100)[0].to_json()
    assert series["y"].count(None) == 1
    nothing = bounded([(x, None) for x in range(20_000)], 100)[0].to_json()
    assert set(nothing["y"]) == {None}


def test_what_is_written_of_a_series_is_bounded_and_makes_the_same_curve():
    points = [(x, random.random()) for x in range(1, 300_001)]
    made, settled = bounded(points, 250)
    settled += made.finish()
    assert len(settled) < 6 * LIMIT
    again, _ = bounded(settled, 1000)
    read, told = again.to_json(), made.to_json()
    assert (read["x"][0], read["x"][-1]) == (told["x"][0], told["x"][-1]) == (1, 300_000)
    assert min(read["y"]) == min(told["y"]) == min(y for _, y in points)
    assert max(read["y"]) == max(told["y"])
    assert sum(x > 270_000 for x in read["x"]) > LIMIT / 50


def test_a_history_tells_what_is_kept_once():
    history, written = History(), History()
    nothing = {"x": [], "y": []}
    for step in range(1, 2001):
        end = {"x": [step // 20], "y": [step]} if step % 20 == 0 else nothing
        curves = Curves(
            batch={"loss": {"x": [step], "y": [1 / step]}}, epoch={"loss": end} if end["x"] else {}
        )
        clock = Clock(batch={"x": [step], "y": [step / 10]}, epoch=nothing, ends=end)
        written.extend(history.extend(curves, 20), 20)
        written.time(history.time(clock))
    curves, clock = history.finish(20)
    written.extend(curves)
    written.time(clock)
    assert written.to_json() == history.to_json()
    assert written.clock() == history.clock()
    assert history.clock()["ends"]["y"] == list(range(20, 2001, 20))
