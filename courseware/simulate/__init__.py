"""Simulated learners who use the real tutor: can a course be learned, and can its mastery be trusted."""
