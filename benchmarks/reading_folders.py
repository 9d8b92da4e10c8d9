"""Reading a folder of images: one pass, beside Keras' own utility."""

import subprocess
import sys

from benchmarks.result import Result

LIMIT = 1.05
PROGRAM = """
import pathlib, tempfile, time
import keras, numpy as np
from PIL import Image
from kerasviz.data import load
from kerasviz.data.sampleorder import SampleOrder
with tempfile.TemporaryDirectory() as folder:
    root, random = pathlib.Path(folder, "pictures"), np.random.default_rng(0)
    for name in "abc":
        (root / name).mkdir(parents=True)
        for number in range(150):
            small = random.integers(0, 255, (75, 100, 3), dtype="uint8")
            Image.fromarray(small).resize((500, 375)).save(root / name / f"{number}.jpg")
    config = {"path": "pictures", "height": 180, "width": 180}
    reader = load({"class_name": "images", "config": config}, {}, root.parent).batches
    ours = reader.batches(SampleOrder(450, 32, 1, lambda: 0))
    plain = keras.utils.image_dataset_from_directory(root, image_size=(180, 180), seed=1, verbose=False)
    def seconds(batches):
        since = time.process_time()  # of all threads, and not of what else runs here
        for _ in batches:
            pass
        return time.process_time() - since
    rounds = [(seconds(ours), seconds(plain)) for _ in range(6)][1:]
    print(*map(min, zip(*rounds)))
"""


def measure() -> list[Result]:
    """Return the time of a processor for 450 photos, the shortest of some rounds side by side."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    ours, peer = map(float, done.stdout.split()[-2:])
    return [
        Result(
            "reading a folder of 450 photos, resized to 180 x 180, one pass",
            f"{ours:.2f} s",
            f"image_dataset_from_directory {peer:.2f} s",
            f"{ours / peer:.2f}",
            f"{LIMIT}",
        )
    ]
