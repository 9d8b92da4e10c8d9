"""What live charts cost `fit`: the digits MLP, 45 steps an epoch, in a real kernel, against livelossplot."""

import json

from jupyter_client.manager import start_new_kernel

from benchmarks.result import Result

PROGRAM = """
import json, statistics, time
import keras, kerasviz
from livelossplot import PlotLossesKerasTF
from sklearn.datasets import load_digits

EPOCHS, ROUNDS = 100, 5
x, y = load_digits(return_X_y=True)
x, y = x[:1437] / 16.0, y[:1437]
layers = keras.layers
model = keras.Sequential([keras.Input((64,)), layers.Dense(64, "relu"), layers.Dense(10, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

def fit(callbacks, epochs=EPOCHS):
    start = time.perf_counter()
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0, callbacks=callbacks)
    return (time.perf_counter() - start) / epochs

fit([])
rounds = []
for i in range(ROUNDS):
    kinds = {"nothing": lambda: fit([]), "kerasviz": lambda: fit([kerasviz.LiveCharts()])}
    rounds.append({k: kinds[k]() for k in (kinds if i % 2 else reversed(kinds))})
peer = fit([PlotLossesKerasTF()], epochs=5)
median = lambda kind: statistics.median(r[kind] for r in rounds)
result = {"nothing": median("nothing"), "kerasviz": median("kerasviz"), "livelossplot": peer}
print("RESULT" + json.dumps(result))
"""


def measure() -> list[Result]:
    """Return the cost of an epoch with charts as a ratio to one without, for both."""
    manager, client = start_new_kernel(kernel_name="python3")
    printed: list[str] = []

    def collect(message: dict) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])
        elif message["msg_type"] == "error":
            printed.append("\n".join(message["content"]["traceback"]))

    try:
        client.execute_interactive(PROGRAM, output_hook=collect, timeout=600)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    line = next((line for line in "".join(printed).splitlines() if line.startswith("RESULT")), None)
    if line is None:
        raise RuntimeError("the kernel gave no result:\n" + "".join(printed)[-2000:])
    times = json.loads(line[len("RESULT") :])
    base = times["nothing"]
    return [
        Result(
            "one epoch of a `fit` of 100 with live charts (digits MLP, 45 steps)",
            f"{times['kerasviz'] * 1000:.1f} ms",
            f"no charts {base * 1000:.1f} ms",
            f"{times['kerasviz'] / base:.3f}",
            "1.02",
        ),
        Result(
            "the same with livelossplot",
            f"{times['kerasviz'] * 1000:.1f} ms",
            f"livelossplot {times['livelossplot'] * 1000:.1f} ms",
            f"{times['kerasviz'] / times['livelossplot']:.3f}",
            "below 1",
        ),
    ]
