"""What is measured of each layer now and then while a model trains."""
