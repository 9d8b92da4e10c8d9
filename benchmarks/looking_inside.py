"""What the kernel takes from an edit of the first layer to its pictures: for a sample, or over a plane."""

import json
import subprocess
import sys

from benchmarks.models import model_file
from benchmarks.result import Result

EDITS = 20
IN_SIGHT = 8
"""Cards that are large enough to be read on a screen, about."""
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
keeper, looking = Keeper(), Looking()
looking.choose(taken, samples)
layers = document["config"]["layers"]
place = next(i for i, layer in enumerate(layers) if "activation" in layer["config"])
names = [layer["config"]["name"] + ":0" for layer in layers]
sight = names[max(0, place - {sight} // 2) :][:{sight}]
peer = None
if {has_peer}:
    model = keras.models.model_from_json(json.dumps(document))
    peer = keras.Model(model.inputs, [layer.output for layer in model.layers])
sample = taken.inputs.get(0)
def after(edit, nodes, is_hurried):
    layers[place]["config"]["activation"] = ("relu", "tanh")[edit % 2]
    text = json.dumps(document)
    since = time.perf_counter()
    json.dumps(looking.probe(json.loads(text), keeper, [], nodes, False, is_hurried=is_hurried))
    return time.perf_counter() - since
def plain():
    since = time.perf_counter()
    [keras.ops.convert_to_numpy(each) for each in peer(sample)]
    return time.perf_counter() - since
found = {{"all": [], "sight": [], "peer": []}}
for edit in range({edits} + 2):
    found["all"].append(after(2 * edit, [], False))
    if peer is not None:
        found["sight"].append(after(2 * edit + 1, sight, True))
        found["peer"].append(plain())
print(json.dumps({{name: float(np.percentile(each[2:], 95)) for name, each in found.items() if each}}))
"""


def measure() -> list[Result]:
    """Return the 95th percentile over edits: of a small network and one of 177 layers, and over a plane."""
    resnet = RESNET.format(path=str(model_file("ResNet50")))
    return [
        *_rows("LeNet", LENET, 0.15),
        *_rows("ResNet50, of 177 layers", resnet, 0.5),
        *_rows("over a plane of 64 x 64 samples, three layers of 32 units", PLANE, 0.15, has_peer=False),
    ]


def _rows(name: str, made: str, limit: float, *, has_peer: bool = True) -> list[Result]:
    program = PROGRAM.format(made=made, edits=EDITS, sight=IN_SIGHT, has_peer=has_peer)
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    peer = f"Keras alone, all outputs {1000 * found['peer']:.0f} ms" if has_peer else ""
    shown = {"all": "of all layers", "sight": f"of {IN_SIGHT} layers in sight"}
    return [
        Result(
            f"pictures {what} after an edit of the first, in the kernel (p95), {name}",
            f"{1000 * found[kind]:.0f} ms",
            peer,
            f"{found[kind] / limit:.2f}",
            f"1 ({1000 * limit:.0f} ms)",
        )
        for kind, what in shown.items()
        if kind in found
    ]
