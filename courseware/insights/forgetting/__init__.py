"""Forgetting a learner: what is removed, what still mentions them, and what cannot be reached from here."""
