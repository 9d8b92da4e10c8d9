"""The kinds of objects that a config is made of."""

NAMESPACES = {
    "layer": ("keras.layers",),
    "initializer": ("keras.initializers",),
    "regularizer": ("keras.regularizers",),
    "constraint": ("keras.constraints",),
    "optimizer": ("keras.optimizers",),
    "schedule": ("keras.optimizers.schedules",),
    "loss": ("keras.losses",),
    "metric": ("keras.metrics",),
    "policy": ("keras", "keras.dtype_policies"),
    "quantizer": ("keras.quantizers",),
}
"""For each kind of object the public modules that have its classes."""

IDENTIFIED = ("initializer", "regularizer", "constraint", "quantizer", "loss", "metric")
"""Kinds that a config may also name by a text such as `glorot_uniform` or `mse`."""
