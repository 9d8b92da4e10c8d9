"""What a backend and its devices are like: the only room that may import a backend itself."""
