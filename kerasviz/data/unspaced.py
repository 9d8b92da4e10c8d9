"""Writing without blanks between words: Chinese, Japanese, Thai, Lao, Khmer and Burmese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_LETTER = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_IN_A_WORD = 2
"""Letters of a word, about."""


def words_in(texts: pd.Series[Any]) -> float:
    """Words of a text on average, also where no blanks stand between them."""
    others = texts.str.count(rf"(?:(?!{_LETTER})\S)+")
    return float((others + texts.str.count(_LETTER) / _IN_A_WORD).mean())


def is_unspaced(texts: pd.Series[Any]) -> bool:
    """Whether most letters of texts belong to writing without blanks."""
    return bool(texts.str.count(_LETTER).sum() * 2 > texts.str.count(r"\w").sum())
