"""Lessons served by Voila: pages without code cells, for one learner or for a class."""
