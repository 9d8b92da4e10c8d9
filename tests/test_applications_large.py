"""Every model of `keras.applications`, in full size, calculates the same after being a document, and code.

They take gigabytes, so only `make large` runs this; `test_unharmed.py` compares the configs of all of them.
"""

import contextlib
import gc
import subprocess
import sys

import keras
import numpy as np
import pytest
from editordocument import EditorDocument, available
from test_unharmed import APPLICATIONS, run, through

from kerasviz import to_code

pytestmark = pytest.mark.large


@pytest.mark.parametrize("name", APPLICATIONS)
def test_calculates_the_same(name: str) -> None:
    if not available():
        pytest.skip("needs Node and node_modules, which `make build` installs")
    # Only the end of a process gives back all of its memory.
    child = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    print(child.stdout, end="")


def compare(name: str) -> None:
    """Compares one model with what comes of its document and of its code."""
    model = getattr(keras.applications, name)(weights=None)
    random = np.random.default_rng(3)
    # What begins as zeros and ones would look the same in the place of another.
    weights = [w if w.ndim > 1 else w + random.uniform(0, 0.1, w.shape) for w in model.get_weights()]
    model.set_weights(weights)
    data = random.uniform(0, 255, [n or 224 for n in (1, *model.input_shape[1:])]).astype("float32")
    expected = model(data, training=False)
    assert np.all(np.isfinite(expected)) and np.ptp(expected) > 0
    with contextlib.closing(EditorDocument()) as editor:
        for way in (lambda: through(editor, model), lambda: run(to_code(model))):
            made = way()
            made.set_weights(weights)
            np.testing.assert_array_equal(made(data, training=False), expected)
            del made
            gc.collect()
    print(f"{name}: {model.count_params():,} parameters, {np.min(expected):.3g} to {np.max(expected):.3g}")


if __name__ == "__main__":
    compare(sys.argv[1])
