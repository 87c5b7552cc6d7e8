"""Grades by mastery: what was reached, as points and letters that the instructor sets, and where they go."""
