"""What a backend, its devices and its threads are like: the only room that may ask a backend itself."""
