"""Mistakes that students make, by kind: the model, the layer to blame, and whether one click fixes it."""

from mistakes_graphs import GRAPHS
from mistakes_layers import LAYERS
from mistakes_networks import NETWORKS
from mistakes_training import TRAINING

TABLE = {**LAYERS, **GRAPHS, **NETWORKS, **TRAINING}
