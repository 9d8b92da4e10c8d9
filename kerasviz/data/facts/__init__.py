"""What is so in data: a module for each fact, with the bound from which on it is told.

A look at data, the mistakes found while drawing, the checks before a training and the hints ask here, so that
one set of arrays is told the same everywhere. Facts are about NumPy arrays and need no Keras.
"""
