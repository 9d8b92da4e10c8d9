"""Draw, train and save Keras networks in Jupyter. Public names load when they are first used."""
