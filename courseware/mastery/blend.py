"""The fitted blend: the mean logit of tuned Elo and of knowledge tracing used as a predictor."""

from __future__ import annotations

from dataclasses import dataclass

from courseware.mastery import elo, tracing
from courseware.mastery.attempts import Floats
from courseware.mastery.elo import Difficulties, Gains, Laid, Tries
from courseware.mastery.tracing import Skills, Traces


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """What was fitted on a log, to predict the answers of any learners on the same items."""

    difficulties: Difficulties
    gains: Gains
    skills: Skills

    @classmethod
    def fitted(cls, tries: Tries) -> Blend:
        difficulties = elo.difficulties(tries)
        difficulty = difficulties.of(tries)
        gains = elo.tuned(tries, difficulty)
        ability = elo.passed(Laid.out(tries), gains, difficulty).ability
        skills = tracing.fitted(Traces.out(tries), tries.skills, ability, difficulty)
        return cls(difficulties=difficulties, gains=gains, skills=skills)

    def predicted(self, tries: Tries) -> Floats:
        """P(right) before each answer, given what the learner answered before it."""
        one, other = self.logits(tries)
        return elo.sigmoid((one + other) / 2)

    def logits(self, tries: Tries) -> tuple[Floats, Floats]:
        """What Elo says and what knowledge tracing says, as logits."""
        difficulty = self.difficulties.of(tries)
        one = elo.passed(Laid.out(tries), self.gains, difficulty)
        return one.logit, tracing.predicted(Traces.out(tries), self.skills, one.ability, difficulty)
