"""One way to write a class name in small letters, in both languages as Keras does it."""

import json
from pathlib import Path

from keras.src.utils.naming import to_snake_case as of_keras

from kerasviz.catalog import catalog
from kerasviz.catalog.classes import KINDS
from kerasviz.config.naming import to_snake_case

#: Read by `src/core/graph/__tests__/naming.spec.ts` as well.
KNOWN = Path(__file__).parent / "fixtures" / "snake_case.json"
ODD = ["größe", "ÄhnlichkeitsMaß", "HTTPServer2D", "a_B", "X", "Über.Layer", "Conv2DTranspose"]


def test_names_are_those_of_keras():
    names = {entry["class_name"] for key in ("layers", "operations", *KINDS) for entry in catalog()[key]}
    expected = {name: of_keras(name) for name in sorted({*names, *ODD})}
    assert {name: to_snake_case(name) for name in expected} == expected
    # Regenerate with: KNOWN.write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert json.loads(KNOWN.read_text("utf-8")) == expected
