"""How much memory a kernel takes more and more while a model trains, is measured and looked into."""

import json
import subprocess
import sys

from benchmarks.result import Result

EPOCHS = 200
FROM = 40
"""Epoch from which nothing more should be needed: until then, libraries make their caches."""
LIMIT = 32.0
PROGRAM = """
import json, os
import keras
import numpy as np
import psutil
from kerasviz.insight.looking import Looking
from kerasviz.insight.samples.samples import Taken
from kerasviz.models.keeper import Keeper
from kerasviz.training.callbacks.recorder import Recorder
from kerasviz.training.run.run import Run
from kerasviz.training.statistics import statisticskeeper
statisticskeeper.SHARE, statisticskeeper.INTERVAL = 0, 0.02  # as many as of a long run
x, y = np.random.rand(512, 28, 28, 1).astype("float32"), np.random.randint(0, 10, 512)
model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 5, activation="relu"),
    keras.layers.MaxPooling2D(2), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
document, keeper, looking, sizes = json.loads(model.to_json()), Keeper(), Looking(), []
looking.choose(Taken({0: x[:1]}), None)
run = Run("model", %(epochs)s)

class Looks(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        json.dumps(looking.probe(document, keeper, [], [], True))
        sizes.append(psutil.Process().memory_info().rss / 1e6)

measures = statisticskeeper.StatisticsKeeper(run, lambda: (x[:32], y[:32]))
told = Recorder(run, lambda curves: None)
model.fit(x, y, epochs=%(epochs)s, batch_size=64, verbose=0, callbacks=[told, measures, Looks()])
print(json.dumps({"sizes": sizes, "kept": len(run.statistics.taken)}))
"""


def measure() -> list[Result]:
    """Return by how much the process has grown from one epoch to the last."""
    program = PROGRAM % {"epochs": EPOCHS}
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    grown = found["sizes"][-1] - found["sizes"][FROM - 1]
    return [
        Result(
            f"memory that a kernel takes more from epoch {FROM} to {EPOCHS} of a run, its layers being "
            f"measured all the time ({found['kept']} measurements kept) and looked at after each epoch",
            f"{grown:.0f} MB",
            "",
            f"{max(0.0, grown) / LIMIT:.2f}",
            f"1 ({LIMIT:.0f} MB)",
        )
    ]
