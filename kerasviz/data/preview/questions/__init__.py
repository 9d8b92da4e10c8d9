"""What a careful person would ask about a table. A question is one module with an `ask`, and a line below.

The module's docstring says why it matters. `ask` gets what is known of the table, and yields for each thing
that should be looked into the column that it is about, or None, and a sentence with the way out. It says
nothing that is so in most tables, and nothing that it is not sure of: who cries wolf is not heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType

from kerasviz.data.preview.questions import (
    constant,
    duplicates,
    extremescale,
    fewrows,
    futuredates,
    giveaway,
    identifiers,
    imbalance,
    infinite,
    missingcells,
    nearlynumbers,
    rareclasses,
    samegroup,
    sentinels,
    sortedrows,
    sumsup,
    timegaps,
)
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.preview import PreviewQuestion

Ask = Callable[[TableFacts], Iterator[tuple[str | None, str]]]

QUESTIONS: tuple[ModuleType, ...] = (
    fewrows,
    constant,
    identifiers,
    giveaway,
    sumsup,
    samegroup,
    duplicates,
    sortedrows,
    futuredates,
    timegaps,
    rareclasses,
    imbalance,
    missingcells,
    infinite,
    sentinels,
    nearlynumbers,
    extremescale,
)
"""The questions, as they are asked: what makes a result worthless first."""


def questions_about(facts: TableFacts) -> list[PreviewQuestion]:
    """Asks all questions about a table."""
    found = []
    for module in QUESTIONS:
        ask: Ask = module.ask
        code = module.__name__.rpartition(".")[2]
        found += [
            PreviewQuestion(code=code, column=column, sentence=sentence) for column, sentence in ask(facts)
        ]
    return found
