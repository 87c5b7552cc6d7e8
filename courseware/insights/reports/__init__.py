"""A page about one learner, in plain words: for themselves, for guardians, for instructors."""
