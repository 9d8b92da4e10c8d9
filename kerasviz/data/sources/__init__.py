"""Where data comes from. A source is one module with a `load`, and a line in the table below.

The module's docstring is the name for people. `load` takes what a plan may say, with types; its docstring
says what is in the data, and what each argument means. What it takes as the keyword `namespace` are the
user's variables, as the keyword `folder` the folder of the document, to which paths are relative. `FACTS`
tell what is in the data where that is known before it is loaded.
"""

from collections.abc import Mapping
from types import ModuleType

from kerasviz.data.sources import arrays, breast_cancer, diabetes, digits, iris, wine

SOURCES: Mapping[str, ModuleType] = {
    "digits": digits,
    "iris": iris,
    "wine": wine,
    "breast_cancer": breast_cancer,
    "diabetes": diabetes,
    "arrays": arrays,
}
"""The sources by the name that a plan has for them, as they are offered."""
