"""Steps that suit the columns of a table, each with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from kerasviz.protocol import JSON
from kerasviz.protocol.owned import Step
from kerasviz.protocol.preview import PreviewColumn
from kerasviz.protocol.text import Text, all_of, text

MOST_CATEGORIES = 50
"""More categories than this share one place."""
MOST_WORDS = 5000
BY_LETTER: JSON = {"split": "character"}
"""How Keras takes a text apart that has no blanks between words."""
WORDS_BESIDE = 1000
"""Words of a text that stands beside other columns."""
LENGTH = 100
"""Words of a text that are looked at, where it stands alone."""
OFTEN = 0.05
"""From this share of missing values on, it is told to the model which are missing."""
_DECIMAL = re.compile(r"\s*[-+]?\d{1,3}([. \u00a0]?\d{3})*(,\d+)?\s*[€$£%]?\s*")


def proposed_steps(
    columns: Sequence[PreviewColumn], features: Sequence[str], rows: int
) -> tuple[list[Step], list[Text]]:
    """Proposes steps by the kinds of columns.

    Args:
        columns: What is in the columns.
        features: Those to learn from.
        rows: Rows that were looked at.

    Returns:
        Steps as a plan has them, and a sentence for each with its reason.
    """
    known = [column for column in columns if column["name"] in features]
    steps: list[Step] = []
    reasons: list[Text] = []

    def add(class_name: str, config: JSON, wanted: Callable[[PreviewColumn], bool], why: Text) -> list[str]:
        names = [column["name"] for column in known if wanted(column)]
        if names:
            steps.append({"class_name": class_name, "config": config, "columns": names})
            reasons.append(text("{columns}: {reason}", columns=all_of([repr(n) for n in names]), reason=why))
        return names

    decimal = add(
        "decimal_text", {}, _is_decimal, text("numbers with a decimal comma, which are text so far.")
    )
    dates = add(
        "dates",
        {},
        lambda column: column["kind"] == "date",
        text("a date becomes the days that have passed, its month and its day of the week."),
    )

    def is_number(column: PreviewColumn) -> bool:
        return column["kind"] == "number" or column["name"] in decimal

    def is_category(column: PreviewColumn) -> bool:
        return column["kind"] == "category" and column["name"] not in decimal and column["dtype"] != "bool"

    add(
        "fill",
        {"by": "median"},
        lambda column: is_number(column) and 0 < _lacks(column) < OFTEN * rows,
        text("the median of the training rows stands for missing values."),
    )
    add(
        "fill",
        {"by": "median", "indicator": True},
        lambda column: is_number(column) and _lacks(column) >= max(1, OFTEN * rows),
        text("the median stands for missing values, and a second number says where that is."),
    )
    add(
        "Normalization",
        {},
        lambda column: is_number(column) or column["name"] in dates,
        text("numbers of different scales are brought to mean 0 and deviation 1."),
    )
    add(
        "fill",
        {"by": "constant", "constant": "0"},
        lambda column: column["name"] in dates and bool(column["missing"]),
        text("a missing date counts as the mean of all."),
    )
    add(
        "fill",
        {"by": "constant", "constant": "missing"},
        lambda column: is_category(column) and bool(column["missing"]),
        text("a missing category is one of its own."),
    )
    for column in filter(is_category, known):
        kinds = column["distinct"] + bool(column["missing"])
        _add_places(steps, column["name"], min(kinds, MOST_CATEGORIES) + 1)
    reasons += _of_places(list(filter(is_category, known)))
    alone = len(features) == 1
    how: JSON = (
        {"max_tokens": MOST_WORDS, "output_sequence_length": LENGTH}
        if alone
        else {"max_tokens": WORDS_BESIDE, "output_mode": "multi_hot"}
    )
    add(
        "TextVectorization",
        how,
        lambda column: column["kind"] == "text" and column["name"] not in decimal and not column["unspaced"],
        text("words become numbers: their order is kept.")
        if alone
        else text("the most frequent words become numbers: 1 where a text has the word."),
    )
    add(
        "TextVectorization",
        {**how, **BY_LETTER},
        lambda column: column["kind"] == "text" and column["unspaced"],
        text("no blanks stand between words, so each letter becomes a number."),
    )
    return steps, reasons


def _add_places(steps: list[Step], column: str, places: int) -> None:
    """Their number is told, as it should not depend on which rows train."""
    config = {"output_mode": "one_hot", "max_tokens": places, "pad_to_max_tokens": True}
    same = next((step for step in steps if step["config"] == config), None)
    if same is None:
        steps.append({"class_name": "StringLookup", "config": config, "columns": [column]})
    else:
        same["columns"].append(column)


def _of_places(categories: Sequence[PreviewColumn]) -> list[Text]:
    few = [repr(column["name"]) for column in categories if column["distinct"] <= MOST_CATEGORIES]
    many = [repr(column["name"]) for column in categories if column["distinct"] > MOST_CATEGORIES]
    reasons = []
    if few:
        reasons.append(
            text(
                "{columns}: each category gets a place of its own, and those not seen in training share one.",
                columns=all_of(few),
            )
        )
    if many:
        reasons.append(
            text(
                "{columns}: the {count} most frequent categories get a place each, and all others share one.",
                columns=all_of(many),
                count=MOST_CATEGORIES,
            )
        )
    return reasons


def _lacks(column: PreviewColumn) -> int:
    return column["missing"] + column["infinite"]


def _is_decimal(column: PreviewColumn) -> bool:
    """Whether a column of text holds numbers with a decimal comma."""
    values: list[Any] = [one["name"] for one in column["classes"]]
    return (
        column["kind"] in ("category", "text")
        and any("," in value for value in values)
        and all(_DECIMAL.fullmatch(value) for value in values)
    )
