"""What is folded away behind advice is plain text."""

import pytest
from conftest import DIGITS

from kerasviz.analysis.advice import advised
from kerasviz.protocol import KerasError
from kerasviz.protocol.text import text


@pytest.mark.parametrize("detail", [None, "Keras' own words"])
def test_what_is_folded_away_is_plain_text(detail):
    """A page shows it as it comes: a sentence would travel as an object, which React can't draw."""
    wrong = {**DIGITS, "compile_config": {"optimizer": "adam", "loss": "nonsense"}}
    message = text("Keras has no loss {name}.", name="'nonsense'")
    for code in ("keras", "compile", "shape", "loss"):
        error = KerasError(code=code, layer=None, message=message, detail=detail, fix=None)
        assert type(advised(wrong, error)["detail"]) in (str, type(None))
