"""What the kernel takes from an edit of the first layer to all pictures: for a sample, or over a plane."""

import subprocess
import sys

from benchmarks.models import model_file
from benchmarks.result import Result

EDITS = 20
LENET = """
model = keras.Sequential([keras.Input((28, 28, 1))] + [
    keras.layers.Conv2D(6, 5, padding="same", activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2), keras.layers.Flatten(),
    keras.layers.Dense(120, "tanh"), keras.layers.Dense(84, "tanh"), keras.layers.Dense(10, "softmax"),
])
document, shape = json.loads(model.to_json()), (1, 28, 28, 1)
taken, samples = Taken({0: np.random.default_rng(0).random(shape, dtype="float32")}), None
"""
PLANE = """
from kerasviz.insight.plane.choosing import plane_of
from kerasviz.insight.samples.samples import samples_of
model = keras.Sequential([keras.Input((2,))] + [
    keras.layers.Dense(32, "tanh"), keras.layers.Dense(32, "tanh"), keras.layers.Dense(32, "tanh"),
    keras.layers.Dense(1, "sigmoid"),
])
document = json.loads(model.to_json())
document["kerasviz"] = {"training": {"data": {"class_name": "moons", "config": {}}}}
samples = samples_of(document, {}, None)
taken = samples.take("training", 0)
taken = Taken(taken.inputs, plane=plane_of(samples, None, None, "training", 0))
"""
RESNET = """
document, shape = json.load(open({path!r})), (1, 224, 224, 3)
taken, samples = Taken({{0: np.random.default_rng(0).random(shape, dtype="float32")}}), None
"""
PROGRAM = """
import copy, json, time
import keras
import numpy as np
from kerasviz.insight.looking import Looking
from kerasviz.insight.samples.samples import Taken
from kerasviz.models.keeper import Keeper
{made}
keeper, looking, seconds = Keeper(), Looking(), []
looking.choose(taken, samples)
place = next(i for i, layer in enumerate(document["config"]["layers"]) if "activation" in layer["config"])
for edit in range({edits} + 2):
    layers = list(document["config"]["layers"])
    layers[place] = copy.deepcopy(layers[place])
    layers[place]["config"]["activation"] = ("relu", "tanh")[edit % 2]
    document = {{**document, "config": {{**document["config"], "layers": layers}}}}
    since = time.perf_counter()
    json.dumps(looking.probe(document, keeper, [], [], False))
    seconds.append(time.perf_counter() - since)
print(np.percentile(seconds[2:], 95))
"""


def measure() -> list[Result]:
    """Return the 95th percentile over edits: of a small network and one of 177 layers, and over a plane."""
    resnet = RESNET.format(path=str(model_file("ResNet50")))
    return [
        _row("LeNet", LENET, 0.15),
        _row("ResNet50, of 177 layers", resnet, 0.5),
        _row("over a plane of 64 x 64 samples, three layers of 32 units", PLANE, 0.15),
    ]


def _row(name: str, made: str, limit: float) -> Result:
    program = PROGRAM.format(made=made, edits=EDITS)
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    seconds = float(done.stdout.splitlines()[-1])
    return Result(
        f"pictures of all layers after an edit of the first, in the kernel (p95), {name}",
        f"{1000 * seconds:.0f} ms",
        "",
        f"{seconds / limit:.2f}",
        f"1 ({1000 * limit:.0f} ms)",
    )
