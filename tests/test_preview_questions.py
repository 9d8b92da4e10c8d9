"""What a careful person would ask about a table, and no more than that."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kerasviz.data.frames import table_of
from kerasviz.data.preview.look import Purpose, look
from kerasviz.data.preview.questions import QUESTIONS

N = 400
RANDOM = np.random.default_rng(0)
PLAIN = pd.DataFrame(
    {
        "size": RANDOM.normal(50, 10, N),
        "floor": RANDOM.integers(0, 5, N),
        "city": RANDOM.choice(["Bonn", "Köln", "Ulm"], N),
        "sold": RANDOM.choice(["yes", "no"], N),
        "score": RANDOM.normal(3, 1, N),
    }
)
RANDOMLY = {"class_name": "share", "config": {}}


def asked(
    frame: pd.DataFrame, target: str, split: Any = RANDOMLY, ignored: Any = ()
) -> dict[str, str | None]:
    purpose = Purpose({"target": [target], "ignored": list(ignored)}, split)
    return {each["code"]: each["column"] for each in look(table_of(frame, "t"), purpose)["questions"]}


def put(column: Any, value: Any, rows: Any) -> Any:
    changed = pd.Series(column).astype(object if isinstance(value, str) else None).copy()
    changed.iloc[rows] = value
    return changed.to_numpy()


DAYS = pd.date_range("2020-01-01", periods=N)
GAPPED = pd.date_range("2020-01-01", periods=N + 9, freq="10min").delete(range(50, 59))
# code: what is changed in the plain table, the target, the split, the column that is asked about
BAD: dict[str, tuple[dict[str, Any], str, Any, str | None]] = {
    "constant": ({"country": "de"}, "sold", RANDOMLY, "country"),
    "identifiers": ({"id": np.arange(N)}, "sold", RANDOMLY, "id"),
    "missingcells": ({"size": put(PLAIN["size"], np.nan, range(9))}, "sold", RANDOMLY, "size"),
    "infinite": ({"size": put(PLAIN["size"], np.inf, range(9))}, "sold", RANDOMLY, "size"),
    "rareclasses": ({"city": put(PLAIN.city, "Rom", range(4))}, "city", RANDOMLY, "city"),
    "imbalance": ({"ill": np.arange(N) % 20 == 0}, "ill", RANDOMLY, "ill"),
    "duplicates": (
        {name: np.concatenate([PLAIN[name][:380], PLAIN[name][:20]]) for name in PLAIN},
        "score",
        RANDOMLY,
        None,
    ),
    "giveaway": ({"price": PLAIN.sold.map({"yes": 1, "no": 0})}, "sold", RANDOMLY, "price"),
    "sumsup": ({"total": PLAIN["size"] + 2 * PLAIN.floor}, "total", RANDOMLY, "size"),
    "sortedrows": ({"sold": sorted(PLAIN.sold)}, "sold", None, "sold"),
    "futuredates": ({"day": DAYS}, "sold", RANDOMLY, "day"),
    "sentinels": ({"size": put(PLAIN["size"], -999.0, range(9))}, "sold", RANDOMLY, "size"),
    "timegaps": ({"day": GAPPED}, "sold", {"class_name": "by_time", "config": {"column": "day"}}, "day"),
    "nearlynumbers": ({"floor": put(PLAIN.floor.astype(str), "low", range(30))}, "sold", RANDOMLY, "floor"),
    "extremescale": ({"price": RANDOM.lognormal(12, 1, N)}, "price", RANDOMLY, "price"),
}
# what looks like it, and is all right
GOOD: dict[str, tuple[dict[str, Any], str, Any]] = {
    "missingcells": ({"size": put(PLAIN["size"], np.nan, range(9))}, "sold", RANDOMLY),
    "rareclasses": ({"city": [f"town {at}" for at in range(N)]}, "sold", RANDOMLY),
    "imbalance": ({"ill": np.arange(N) % 3 == 0}, "ill", RANDOMLY),
    "giveaway": (
        {"price": PLAIN.sold.map({"yes": 1.0, "no": 0.0}) + RANDOM.normal(0, 1, N)},
        "sold",
        RANDOMLY,
    ),
    "sumsup": ({"total": PLAIN["size"] + PLAIN.floor + RANDOM.normal(0, 0.1, N)}, "total", RANDOMLY),
    "sortedrows": ({"sold": sorted(PLAIN.sold)}, "sold", RANDOMLY),
    "futuredates": ({"day": DAYS}, "sold", {"class_name": "by_time", "config": {"column": "day"}}),
    "sentinels": ({"size": put(PLAIN["size"], 99.0, range(9))}, "sold", RANDOMLY),
    "timegaps": ({"day": pd.bdate_range("2020-01-01", periods=N // 4).repeat(4)}, "sold", RANDOMLY),
    "duplicates": ({"size": PLAIN.floor, "score": PLAIN.floor}, "sold", RANDOMLY),
    "extremescale": ({"rate": RANDOM.normal(0, 20, N)}, "rate", RANDOMLY),
    "identifiers": ({"year": np.arange(1600, 1600 + N)}, "sold", RANDOMLY),
}


@pytest.mark.parametrize("code", BAD)
def test_what_is_bad_is_asked_about(code: str) -> None:
    changes, target, split, column = BAD[code]
    found = asked(PLAIN.assign(**changes), target, split)
    assert found.get(code, "nothing") == column
    assert len(found) == 1, found


@pytest.mark.parametrize("code", GOOD)
def test_what_is_good_is_not_asked_about(code: str) -> None:
    changes, target, split = GOOD[code]
    found = asked(PLAIN.assign(**changes), target, split, ignored=["size"] if code == "missingcells" else ())
    assert code not in found


def test_nothing_is_asked_about_a_plain_table_by_any_split() -> None:
    for target in PLAIN:
        for split in (None, RANDOMLY):
            assert asked(PLAIN, target, split) == {}


def test_rows_of_one_person_are_asked_about_before_anybody_said_a_word() -> None:
    """It is about what training would do by itself: the proposed target, the last rows to validate."""
    frame = PLAIN.drop(columns="score").assign(
        patient_id=RANDOM.integers(1000, 1100, N), ill=np.arange(N) % 20 == 0
    )
    questions = {each["code"]: each["column"] for each in look(table_of(frame, "t"))["questions"]}
    assert questions == {"samegroup": "patient_id", "imbalance": "ill"}
    by_group = {"class_name": "by_group", "config": {"column": "patient_id"}}
    assert "samegroup" not in asked(frame, "ill", by_group)
    assert "samegroup" in asked(frame, "ill", RANDOMLY)
    assert "samegroup" not in asked(frame.assign(patient_id=np.arange(N) + 1000), "ill", RANDOMLY)


def test_few_rows_are_told() -> None:
    assert "fewrows" in asked(PLAIN.head(9), "sold")


def test_samples_in_training_and_validation_are_counted() -> None:
    frame = pd.concat([PLAIN.head(200), PLAIN.head(50)])
    (question,) = look(table_of(frame, "t"), Purpose({"target": ["sold"]}))["questions"]
    assert question["sentence"] == (
        "50 of the 50 rows that validate are in the training rows, too. Leave out rows that stand there "
        "twice."
    )


def test_each_question_says_why_and_each_is_tried() -> None:
    codes = {module.__name__.rpartition(".")[2] for module in QUESTIONS}
    assert codes == {*BAD, "fewrows", "samegroup"}  # these two have tests of their own
    assert all(module.__doc__ and ":" in module.__doc__ for module in QUESTIONS)
    folder = Path(QUESTIONS[0].__file__ or "").parent
    assert codes == {path.stem for path in folder.glob("*.py")} - {"__init__"}


def public_tables() -> dict[str, tuple[pd.DataFrame, str, set[str]]]:
    """Tables that many have looked at, and what is true of each."""
    from plotly import data
    from sklearn import datasets

    def bundled(name: str) -> pd.DataFrame:
        frame: pd.DataFrame = getattr(datasets, f"load_{name}")(as_frame=True).frame
        return frame

    return {
        "iris": (bundled("iris"), "target", set()),
        "wine": (bundled("wine"), "target", set()),
        "breast cancer": (bundled("breast_cancer"), "target", set()),
        "diabetes": (bundled("diabetes"), "target", set()),
        "digits": (bundled("digits"), "target", {"constant"}),  # corners are always white
        "linnerud": (bundled("linnerud"), "Weight", {"fewrows"}),
        "iris of plotly": (data.iris(), "species", {"giveaway"}),  # it has a species_id
        "tips": (data.tips(), "tip", set()),
        "gapminder": (data.gapminder(), "lifeExp", set()),
        "wind": (data.wind(), "frequency", set()),
        "car sharing": (data.carshare(), "car_hours", set()),
        "election": (data.election(), "winner", {"identifiers"}),
        "stocks": (data.stocks(), "GOOG", {"futuredates"}),
        "medals": (data.medals_long(), "count", {"fewrows"}),
    }


@pytest.mark.parametrize(("name", "seen"), [(name, seen) for name, seen in public_tables().items()])
def test_nobody_cries_wolf_over_public_tables(name: str, seen: tuple[pd.DataFrame, str, set[str]]) -> None:
    frame, target, true = seen
    assert set(asked(frame, target)) == true
