"""What the kernel takes from a step of the slider of epochs to the pictures of all layers for a sample."""

import subprocess
import sys

from benchmarks.looking_inside import LENET
from benchmarks.result import Result

EPOCHS = 20
LIMIT = 0.15
PROGRAM = """
import json, pathlib, tempfile, time
import keras
import numpy as np
from kerasviz.insight.keptmoments import Moments
from kerasviz.insight.looking import Looking
from kerasviz.insight.samples.samples import Taken
from kerasviz.models.keeper import Keeper
from kerasviz.storage.snapshot import Snapshot
from kerasviz.training.keeping.checkpoints import epoch_file
from kerasviz.training.run.folder import CHECKPOINTS, RunFolder
{made}
model.compile("adam", "mse")
run = RunFolder(pathlib.Path(tempfile.mkdtemp()) / "run")
(run.path / CHECKPOINTS).mkdir(parents=True)
for epoch in range({epochs} + 1):
    model.train_on_batch(np.random.rand(8, *shape[1:]), np.random.rand(8, 10))
    Snapshot(model).write(run.path / CHECKPOINTS / epoch_file(epoch), {{"config.json": document}})
keeper, looking, moments = Keeper(), Looking(), Moments()
looking.choose(Taken({{0: np.random.default_rng(0).random(shape, dtype="float32")}}), None)
def step(epoch):
    since = time.perf_counter()
    json.dumps(looking.probe(document, keeper, [], [], False, moments.at(run, epoch)))
    return time.perf_counter() - since
step({epochs})
unread = [step(epoch) for epoch in ({epochs} - 1, {epochs} - 2, {epochs} - 3)]
moments.ahead(run, {epochs})()
print(np.percentile([step(epoch) for _ in range(3) for epoch in range({epochs} + 1)], 95), np.median(unread))
"""


def measure() -> list[Result]:
    """Return the 95th percentile over steps, and the step to an epoch that was not read ahead."""
    program = PROGRAM.format(made=LENET, epochs=EPOCHS)
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    read, unread = map(float, done.stdout.splitlines()[-1].split())
    return [
        Result(
            "pictures of all layers of another epoch, in the kernel (p95), LeNet",
            f"{1000 * read:.0f} ms; {1000 * unread:.0f} ms where it is not read ahead yet",
            "",
            f"{read / LIMIT:.2f}",
            f"1 ({1000 * LIMIT:.0f} ms)",
        )
    ]
