"""What the Ray place costs beside plain Ray Train, and what a second worker brings: `make bench-cluster`."""

import statistics
import subprocess
import sys
from importlib.metadata import version

from benchmarks.page import write_workers

SECONDS = "seconds of an epoch:"
ROUNDS = 2
SAMPLES, FEATURES, UNITS, BATCH, EPOCHS = 19 * 1024, 784, 1024, 1024, 20
COMMON = f"""
import json, statistics, sys, tempfile, threading, time
from pathlib import Path
import numpy as np

def arrays():
    generator = np.random.default_rng(0)
    x = generator.normal(size=({SAMPLES}, {FEATURES})).astype("float32")
    return x, generator.integers(0, 10, size=({SAMPLES},))

def network():
    import keras
    layers = [keras.Input(({FEATURES},)), *(keras.layers.Dense({UNITS}, "relu") for _ in range(2))]
    model = keras.Sequential([*layers, keras.layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

SECONDS = "{SECONDS}"

def steady(ends):
    return statistics.median(np.diff(ends)[1:])
"""
OURS = """
from kerasviz.execution import documentworker
from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session

folder = Path(tempfile.mkdtemp())
np.savez(folder / "samples.npz", **dict(zip("xy", arrays())))
session = Session(folder, "bench.keras.json")
ended = threading.Event()

def hear(message):
    status = message.get("payload", {}).get("status") if message.get("event") == "run" else None
    if status and status["state"] in ("finished", "failed", "lost"):
        ended.set()

class Reply:
    def reply(self, id, payload):
        pass

    def refuse(self, id, error):
        raise RuntimeError(error)

client = Client(hear)
session.attach(client)
place = {"class_name": "ray", "config": {"workers": int(sys.argv[1]), "backend": "jax", "cluster": "local"}}
data = {"class_name": "npz", "config": {"file": "samples.npz", "x": "x", "y": "y"}}
training = {"data": data, "place": place,
            "fit": {"epochs": EPOCHS, "batch_size": BATCH, "validation_split": 0.0}}
document = {**json.loads(network().to_json()), "kerasviz": {"training": training}}
session.dispatch({"id": "1", "type": "train", "version": 1,
                  "payload": {"document": json.dumps(document), "start": "fresh"}}, Reply())
assert ended.wait(300)
assert session.run.state == "finished", session.run.error
print(SECONDS, steady(session.run.history.clock()["epoch"]["y"]))
""".replace("EPOCHS", str(EPOCHS)).replace("BATCH", str(BATCH))
PLAIN = """
import os
import ray, ray.train
from ray.train.v2.jax import JaxTrainer

def work(config):
    import socket
    import jax
    from ray.train.collective import broadcast_from_rank_zero
    context = ray.train.get_context()
    rank, count = context.get_world_rank(), context.get_world_size()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        address = broadcast_from_rank_zero("127.0.0.1:%d" % found.getsockname()[1])
    jax.config.update("jax_cpu_collectives_implementation", "gloo")
    jax.distributed.initialize(address, count, rank)
    assert jax.process_count() == count
    import keras
    keras.utils.set_random_seed(0)
    x, y = config["arrays"]()
    size, order = BATCH // count, [np.arange(len(x))]

    class Batches(keras.utils.PyDataset):
        @property
        def num_batches(self):
            return len(x) // BATCH

        def __getitem__(self, index):
            part = order[0][index * BATCH + rank * size : index * BATCH + (rank + 1) * size]
            return x[part], y[part]

    class Clock(keras.callbacks.Callback):
        ends = []

        def on_epoch_begin(self, epoch, logs=None):
            order[0] = np.random.default_rng(epoch).permutation(len(x))

        def on_epoch_end(self, epoch, logs=None):
            self.ends.append(time.perf_counter())

    with keras.distribution.DataParallel(auto_shard_dataset=False).scope():
        config["network"]().fit(Batches(), epochs=EPOCHS, verbose=0, callbacks=[Clock()], shuffle=False)
    if rank == 0:
        Path(config["out"]).write_text(json.dumps(Clock.ends))

count = int(sys.argv[1])
ray.init(address="local", num_cpus=max(3, count + 1), include_dashboard=False)
out = Path(tempfile.mkdtemp()) / "ends.json"
JaxTrainer(
    work,
    train_loop_config={"arrays": arrays, "network": network, "out": str(out)},
    scaling_config=ray.train.ScalingConfig(num_workers=count),
    run_config=ray.train.RunConfig(
        name="plain", storage_path=str(out.parent), worker_runtime_env={"env_vars": {"KERAS_BACKEND": "jax"}}
    ),
).fit()
print(SECONDS, steady(json.loads(out.read_text())))
""".replace("EPOCHS", str(EPOCHS)).replace("BATCH", str(BATCH))
HEAD = f"""Measured by `make bench-cluster`, on a cluster of Ray on one machine with two cores, on JAX:
{EPOCHS} epochs of a network of {UNITS} units twice, {SAMPLES:,} samples of {FEATURES} numbers, batches of
{BATCH}. The time of an epoch is the median of those after the first two; a row is the median of {ROUNDS}
rounds of three programs, one after the other. Two workers exchange 8 MB in each of 19 steps, which takes
longer here than the half of the computation that a second one saves, with plain Ray Train as with kerasviz:
on one machine with two cores a second worker brings nothing.

"""


def main() -> None:
    """Measures, and writes the part of the page."""
    pairs = [(_seconds(OURS, 2), _seconds(PLAIN, 2), _seconds(OURS, 1)) for _ in range(ROUNDS)]
    two, plain, one = (statistics.median(each) for each in zip(*pairs, strict=True))
    cost = statistics.median(ours / peer for ours, peer, *_ in pairs)
    rows = [
        "| what | kerasviz | peer | ratio | promised |",
        "|---|---|---|---|---|",
        f"| an epoch on two workers of Ray | {two:.2f} s "
        f"| the same with plain Ray Train {plain:.2f} s | {cost:.2f} | 1.05 |",
        f"| the same | {two:.2f} s | on one worker {one:.2f} s | {two / one:.2f} | |",
    ]
    packages = ", ".join(f"{name} {version(name)}" for name in ("keras", "jax", "ray"))
    write_workers(HEAD + "\n".join(rows) + f"\n\nTwo cores, {packages}.\n")
    print("\n".join(rows))


def _seconds(program: str, workers: int) -> float:
    """Seconds of an epoch, in a process of its own."""
    command = [sys.executable, "-c", COMMON + program, str(workers)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    line = next(line for line in printed.splitlines() if line.startswith(SECONDS))  # Ray prints, too
    return float(line.removeprefix(SECONDS))


if __name__ == "__main__":
    main()
