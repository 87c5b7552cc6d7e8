"""Whatever a function gives, what is told of it is short, is JSON, and is the same each time."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.alike import REL
from checkers.differs import explain_call, passes
from checkers.run import Made
from checkers.shape import shape
from checkers.tried import Evidence, Tried

atoms = (
    st.none() | st.booleans() | st.integers(-5, 5) | st.integers() | st.floats() | st.text("aB 1", max_size=5)
)
values = st.recursive(
    atoms,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text("ab", max_size=2) | st.integers(0, 3), inner, max_size=3)
        | st.sets(st.integers(0, 5), max_size=3)
    ),
    max_leaves=6,
)
calls = st.lists(st.tuples(st.tuples(values, values), values, values), min_size=1, max_size=6)


@settings(max_examples=150)
@given(calls, st.booleans())
def test_any_difference_can_be_told(made, asked):
    tried = []
    for args, yours, wanted in made:
        one, two = Made(value=yours), Made(value=wanted)
        tried.append(Tried(args=args, made=one, expected=two, good=passes(one, two, REL)))

    def ask(args):
        return [Made(value=a[0]) for a in args]

    evidence = Evidence(calls=tried, names=("a", "b"), early=3, ask=ask if asked else None)
    for one in evidence.wrong:
        key, message = explain_call("f(1)", one, evidence, returns=True)
        assert (key, message) == explain_call("f(1)", one, evidence, returns=True)
        json.dumps(message.to_json())
        assert "{" not in message.template.format_map(dict.fromkeys(message.params, ""))
        assert len(message.template.split()) <= 60


@given(values, values)
def test_any_two_values_have_a_shape_or_none(yours, wanted):
    found = shape(yours, wanted)
    assert found is None or json.dumps(found[2])
