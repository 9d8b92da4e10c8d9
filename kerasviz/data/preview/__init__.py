"""A look at data before anybody trains on it: what is in it, and what a careful person would ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kerasviz.data.preview.lookedat import Look


def preview(
    source: Any,
    *,
    target: str | Sequence[str] | None = None,
    split: Mapping[str, Any] | None = None,
    validation_split: float = 0.0,
    **options: Any,
) -> Look:
    """Looks at data: columns and their kinds, missing values, classes, samples, and what to ask about.

    Args:
        source: The path of a file or folder, a DataFrame, an array, `(x, y)` with arrays, lists or dicts of
            arrays, or what gives batches, such as a `tf.data.Dataset`.
        target: The column that is to be learned, or several; proposed for a table where None.
        split: How samples are to be held out, as a document says it: `{"class_name", "config"}`.
        validation_split: The share of samples, the last ones, that are to validate.
        **options: What else the data source of a file takes, such as `delimiter=";"` or `sheet="2020"`.

    Returns:
        What is in it: a table in a notebook, plain text in a terminal, `to_dict()` for programs.

    Raises:
        ValueError: With a sentence that says why it can't be read.

    Example:
    ```python
    kerasviz.preview("houses.csv", target="price")
    ```
    """
    from kerasviz.data.preview.fromanything import loaded_from
    from kerasviz.data.preview.look import Purpose, look
    from kerasviz.data.preview.lookedat import Look
    from kerasviz.protocol import RequestError
    from kerasviz.protocol.text import sentence_of

    targets = [target] if isinstance(target, str) else target
    columns = {} if targets is None else {"target": list(targets)}
    try:
        loaded = loaded_from(source, Path.cwd(), options)
        return Look(look(loaded, Purpose(columns, split, validation_split)))
    except RequestError as error:
        raise ValueError(sentence_of(error)) from None
