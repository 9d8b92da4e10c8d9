"""Where data comes from. A source is one module with a `load`, and a line in the table below.

The module's docstring is the name for people. `load` takes what a plan may say, with types; its docstring
says what is in the data, and what each argument means. What it takes as the keyword `namespace` are the
user's variables, as the keyword `folder` the folder of the document, to which paths are relative, as the
keyword `inner` what loads a source that is its argument. `FACTS` tell what is in the data where that is known
before it is loaded; `IS_DIVIDED`, that a source holds out itself what validates, whatever is in the data;
`OF_MODEL`, that what it gives depends on the model and its loss.

`code` takes by name what it needs of the same arguments, where a plan is silent as `load` takes them, and
returns a `Snippet`: how a script that knows nothing of kerasviz loads the same, number by number. Its `inner`
writes the code of another source; `model` and `loss` are those that the data is for. A `load` that finds out
what code has to say gives a `Snippet` to its keyword `keep`, and `code` gets it as `known`: None where
nothing was loaded with these arguments.
What its `gives` has says which kind it is: `x`, `y` and, where there are any, `sample_weight` for arrays, and
as many for those held out, such as `x_val` and `y_test`; `table` for a DataFrame; `batches` and, where there
are any, `validation` and `test` for a stream. A path stands in it as the plan has it: the script lies beside
the document. Nothing is read while code is written.
"""

from collections.abc import Mapping
from types import ModuleType

from kerasviz.data.sources import (
    arrays,
    blobs,
    breast_cancer,
    circles,
    csv,
    dataframe,
    diabetes,
    digits,
    excel,
    hdf5_datasets,
    images,
    iris,
    keras_datasets,
    kernel_batches,
    linnerud,
    moons,
    npy,
    npz,
    parquet,
    random_numbers,
    sounds,
    spiral,
    texts,
    windows,
    wine,
)

SOURCES: Mapping[str, ModuleType] = {
    "digits": digits,
    "iris": iris,
    "wine": wine,
    "breast_cancer": breast_cancer,
    "diabetes": diabetes,
    "linnerud": linnerud,
    "moons": moons,
    "circles": circles,
    "blobs": blobs,
    "spiral": spiral,
    "keras_datasets": keras_datasets,
    "random_numbers": random_numbers,
    "arrays": arrays,
    "batches": kernel_batches,
    "dataframe": dataframe,
    "csv": csv,
    "windows": windows,
    "excel": excel,
    "parquet": parquet,
    "images": images,
    "texts": texts,
    "sounds": sounds,
    "npz": npz,
    "npy": npy,
    "hdf5": hdf5_datasets,
}
"""The sources by the name that a plan has for them, as they are offered."""
