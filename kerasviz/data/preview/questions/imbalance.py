"""Imbalance: whoever always says the most frequent class is mostly right, and has learned nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.classshares import unevenness
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks where four of five samples are of one class, or one has five times as many as another."""
    for name in facts.targets:
        column = facts.known[name]
        if not facts.is_classes(name) or not column["classes"]:
            continue
        first, last = column["classes"][0], column["classes"][-1]
        counts = [one["count"] for one in column["classes"]]
        told = unevenness(counts, len(facts.frame) - column["missing"] - sum(counts))
        if told == "common":
            share = first["count"] / max(1, len(facts.frame) - column["missing"])
            yield (
                name,
                text(
                    "{percent} % of the samples are {value}, so that accuracy says little. Watch recall and "
                    "precision, and give rare classes a larger weight.",
                    percent=f"{100 * share:.1f}".removesuffix(".0"),
                    value=f"{name} = {first['name']}",
                ),
            )
        elif told == "rare":
            yield (
                name,
                text(
                    "{often} has {many} samples and {seldom} only {few}. Give rare classes a larger weight "
                    "in the loss, with class_weight.",
                    often=first["name"],
                    many=first["count"],
                    seldom=last["name"],
                    few=last["count"],
                ),
            )
