"""Results and messages: data that survive JSON, and what nbgrader and a script make of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import Message, Part, Result
from checkers.result import refused, right, unreadable, wrong

names = st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True)
values = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False)
messages = st.builds(
    lambda key, template, params: Message(key=key, template=template, params=params),
    st.text(),
    st.text(),
    st.dictionaries(names, values, max_size=3),
)
scores = st.floats(0, 1)
results = st.builds(
    lambda score, mistake, messages, parts: Result(
        score=score, mistake=mistake, messages=tuple(messages), parts=tuple(parts)
    ),
    scores,
    st.none() | st.text(),
    st.lists(messages, max_size=2),
    st.lists(
        st.builds(lambda n, w, s: Part(name=n, weight=w, score=s), st.text(), scores, scores), max_size=2
    ),
)


@given(results)
def test_a_result_survives_json(result):
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


def test_a_template_is_filled_with_what_it_names_and_other_braces_stay():
    message = Message(
        key="k", template="{n:,} of `{word}` in {other} {'a': 1}", params={"n": 1234, "word": "{n}"}
    )
    assert message.text == "1,234 of `{n}` in {other} {'a': 1}"


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_outside_its_range_is_refused(score):
    with pytest.raises(ValueError, match="between 0 and 1"):
        Result(score=score)


def test_points_are_for_nbgrader_and_require_is_for_scripts():
    assert wrong("k", "Not yet.", score=0.5).points(4) == 2.0
    right().require()
    with pytest.raises(AssertionError, match="Not yet, because of 3"):
        wrong("k", "Not yet, because of {n}", n=3).require()


def test_what_cannot_be_read_scores_nothing_where_a_verdict_is_needed():
    result = refused(unreadable("blank", "Write {what}.", what="a number"))
    assert (result.score, result.mistake, result.feedback) == (0, "blank", "Write a number.")
