"""How a program begins that measures what a run costs `fit`: with a model, and a run that a page follows."""

BEGIN = """
import json, statistics, sys, tempfile, time
from pathlib import Path
import keras, numpy as np
from kerasviz.execution.thread import DISK
from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session
from kerasviz.training.callbacks.recorder import Recorder
from kerasviz.training.plan import read_plan
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run

folder = Path(tempfile.mkdtemp())
document = {"class_name": "Sequential", "config": {"layers": []}, "compile_config": {"loss": "mse"},
            "kerasviz": {"training": {"data": {"class_name": "digits", "config": {}}}}}
plan = read_plan(document)

def compiled(units, samples):
    x, y = np.random.rand(samples, 64).astype("float32"), np.random.randint(0, 10, samples)
    layers = [keras.Input((64,)), *(keras.layers.Dense(n, "relu") for n in units)]
    model = keras.Sequential([*layers, keras.layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, x, y

def followed(epochs):
    session, run = Session(folder, "bench.keras.json"), Run("model", epochs)
    session.attach(Client(json.dumps))
    session.run = run
    return session, run
"""
