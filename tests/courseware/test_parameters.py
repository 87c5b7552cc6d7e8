"""A course's parameter file: written and read back, and what a course takes from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from courseware import parameters
from courseware.course import load_course
from courseware.parameters import Parameters
from courseware.rule import Rule, Tracing

CHANCE = st.integers(1, 4999).map(lambda n: n / 10_000)
NAME = st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)?", fullmatch=True)
LOGIT = st.integers(-59_999, 59_999).map(lambda n: n / 10_000)
ANY = st.builds(
    Parameters,
    version=st.integers(1, 9),
    intercept=LOGIT,
    objectives=st.dictionaries(
        NAME.map(lambda n: f"x.{n}"), st.builds(Tracing, l0=CHANCE, t=CHANCE, guess=CHANCE, slip=CHANCE)
    ),
    difficulty=st.dictionaries(NAME, LOGIT),
)


@given(ANY)
def test_what_is_written_is_read_back(tmp_path_factory, written):
    folder = tmp_path_factory.mktemp("p")
    (folder / parameters.NAME).write_text(parameters.text(written), encoding="utf-8")
    assert parameters.read(folder) == written


def test_without_a_file_the_expert_s_values_hold(make_course):
    course = load_course(make_course())
    assert course.parameters == Parameters()
    assert course.rules["sum.half"] == Rule(threshold=0.95)


def test_a_course_s_file_sets_the_gate_of_its_objectives_and_its_items_difficulty(make_course):
    found = Parameters(
        version=2,
        objectives={"sum.half": Tracing(l0=0.5, t=0.2, guess=0.1, slip=0.05)},
        difficulty={"half": 0.4},
    )
    course = load_course(make_course(**{"parameters.toml": parameters.text(found)}))
    assert course.rules["sum.half"].tracing == Tracing(l0=0.5, t=0.2, guess=0.1, slip=0.05)
    assert course.rules["sum.add"].tracing == Tracing()
    assert course.parameters.difficulty_of("half", 0.7) == 0.4
    assert course.parameters.difficulty_of("add-two", 0.7) == 0.7
