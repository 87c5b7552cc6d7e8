"""A class: its folder, its gradebook, and the engine that grades what learners hand in."""
