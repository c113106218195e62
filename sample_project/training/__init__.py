"""Training and measuring of the models in this repository."""
