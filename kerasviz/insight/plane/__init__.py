"""A plane of samples: two of their numbers vary, and every layer is a picture over them."""
