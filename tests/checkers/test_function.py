"""Functions that learners write: what is right, and what is told of the smallest call that is not."""

import json

import pytest

from checkers import FormatError, Function, Property

SEARCH = """
def search(x, seq):
    for i, elem in enumerate(seq):
        if x <= elem:
            return i
    return len(seq)
"""
EXAMPLES = [((5, [1, 5, 10]),), ((4, [1, 5, 10]),), ((11, [1, 5, 10]),), ((1, []),), ((-5, (1, 2)),)]


def reference(x, seq):
    return sum(1 for e in seq if e < x)


@pytest.fixture(scope="module")
def key():
    return Function(name="search", reference=SEARCH, examples=EXAMPLES)


@pytest.mark.parametrize(
    "source",
    [
        SEARCH,
        "def search(x, seq):\n    return sum(e < x for e in seq)",
        "search = lambda x, seq: len([e for e in seq if e < x])",
        "from bisect import bisect_left\ndef search(x, seq):\n    return bisect_left(seq, x)",
        "def search(x, seq, *rest):\n    '''Finds.'''\n    return float(sum(e < x for e in seq))",
        SEARCH + "\nprint(search(1, [2]))\nif __name__ == '__main__':\n    search(int(input()), [])\n",
        "import functools\n@functools.cache\ndef inner(x):\n    return x\n" + SEARCH,
    ],
)
@pytest.mark.parametrize("by", [SEARCH, reference])
def test_a_right_function_is_right_however_it_is_written(worker, source, by):
    result = Function(name="search", reference=by, examples=EXAMPLES).check(source, worker)
    assert result.score == 1, result.feedback


@pytest.mark.parametrize(
    ("body", "mistake", "says"),
    [
        ("    return", "no-return", "`search(1, [])` gives `None`; expected is `0`"),
        ("    if seq: return len([e for e in seq if e < x])", "none-for-some", "without a `return`"),
        ("    print(len([e for e in seq if e < x]))", "printed", "with `print`"),
        ("    return str(len([e for e in seq if e < x]))", "type", "the type does not"),
        ("    return 3", "constant", "for all calls"),
        ("    return -sum(e < x for e in seq)", "sign", "the sign does not"),
        ("    return sum(e < x for e in seq) + 1", "off-by-one", "1 too much"),
        ("    while True: pass", "endless", "did not come to an end"),
        ("    return search(x, seq)", "recursion", "calls itself again"),
        ("    return seq[0] / 0", "index-error", "Line 2 asks for a place"),
        ("    return sq", "name-error", "did you mean"),
        ("    yield 1", "strange", "`generator`"),
        ("    import os; os._exit(1)", "ended", "ended the Python"),
    ],
)
def test_the_smallest_failing_call_is_told_with_how_it_differs(worker, body, mistake, says):
    key = Function(name="search", reference=SEARCH, examples=EXAMPLES, call_limit=0.3)
    result = key.check(f"def search(x, seq):\n{body}", worker)
    assert result.mistake == mistake, result.feedback
    assert says in result.feedback
    assert result.score < 1


def test_the_score_is_the_share_of_calls_that_are_right(worker, key):
    result = key.check("def search(x, seq):\n    return 0", worker)
    assert result.score == pytest.approx(2 / 5)
    assert result.feedback.startswith("Right for 2 of 5 calls.")


@pytest.mark.parametrize(
    ("returned", "expected", "mistake"),
    [
        ("[3, 2, 1]", [1, 2, 3], "reversed"),
        ("[3, 7, 2]", [7, 2, 3], "order"),
        ("[2, 3, 1]", [1, 2, 3], "not-sorted"),
        ("[1, 3, 2]", [1, 2, 3], "swapped-places"),
        ("[2, 3]", [1, 2, 3, 4], "lacks"),
        ("[1, 9, 2]", [1, 2], "extra"),
        ("[9, 1, 2]", [1, 2], "starts-early"),
        ("[[1], 2]", [1, 2], "lists-left"),
        ("[2, 3, 4]", [1, 2, 3], "elements-apart"),
        ("[1, 2, 9]", [1, 2, 3], "one-place"),
        ("[1, 8, 9]", [1, 2, 3], "from-place"),
        ("['1', '2']", [1, 2], "elements-as-text"),
        ("[[1, 2]]", [1, 2], "wrapped"),
        ("3", [5, 6, 7], "length-for-all"),
        ("{'a': 1}", {"a": 1, "b": 2}, "keys-missing"),
        ("{'a': 1, 'c': 2}", {"a": 1}, "keys-extra"),
        ("{'A': 1}", {"a": 1}, "keys"),
        ("{'a': 1}", {"a": 2}, "counts-small"),
        ("{'a': 3}", {"a": 2}, "counts-large"),
        ("{'a': 'x'}", {"a": "y"}, "values"),
        ("float('inf')", 3, "not-finite"),
        ("2.5", 2, "decimals-kept"),
        ("[1, 2]", [1, 2, 3], "lacks-last"),
        ("[2, 3]", [1, 2, 3], "lacks-first"),
        ("[1]", [1, 2, 3], "ends-early"),
        ("[1, 2, 3, 4]", [1, 2, 3], "goes-on"),
        ("[1, 2, 2, 3]", [1, 2, 3], "duplicates"),
        ("[]", [1, 2, 3], "empty"),
        ("(1, 2, 3)", [1, 2, 3], "type"),
        ("{}", [1, 2, 3], "other-type"),
        ("'ABC'", "abc", "capitals-or-spaces"),
        ("'ab'", "abc", "lacks-last"),
        ("2", 2.5, "decimals-lost"),
        ("False", True, "false-too-often"),
        ("True", False, "true-too-often"),
        ("[7, 8]", [1, 2, 3], "length"),
        ("17", 42, None),
        ("0", 42, "start-value"),
        ("None", {"a": 1}, "none-for-some"),
        ("3", None, "not-none"),
    ],
)
def test_how_two_values_differ(worker, returned, expected, mistake):
    key = Function(name="f", examples=[((1,), expected)])
    result = key.check(f"def f(n):\n    return {returned}", worker)
    assert (result.score, result.mistake) == (0, mistake), result.feedback
    assert len(result.feedback.split()) <= 60


def test_a_condition_that_is_turned_round_is_told_as_such(worker):
    key = Function(name="even", examples=[((n,), n % 2 == 0) for n in range(6)])
    assert key.check("def even(n):\n    return n % 2 == 1", worker).mistake == "negated"
    result = key.check("def even(n):\n    return n % 2 == 0 and n > 0", worker)
    assert (result.mistake, result.score) == ("zero", 5 / 6)
    assert "Wrong are just the calls tried where `n` is 0." in result.feedback


def listed(body):
    return f"def f(numbers):\n{body}"


NUMBERS = [[], [4], [1, 2, 3], [3, 1, 2], [2, 2, 5], [-1, -7, 4, 0], [9, 8, 7]]


@pytest.mark.parametrize(
    ("reference", "body", "mistake", "says"),
    [
        ("sum(numbers)", "    return sum(numbers[:-1])", "misses-last", "`numbers` without its last element"),
        (
            "sum(numbers)",
            "    return sum(numbers[1:])",
            "misses-first",
            "`numbers` without its first element",
        ),
        ("sum(numbers)", "    for n in numbers:\n        return n\n    return 0", "too-early", "line 3"),
        (
            "sum(numbers)",
            "    n = 0\n    for n in numbers:\n        n += 0\n    return n",
            "last-element",
            "last",
        ),
        ("sum(numbers)", "    return sum(numbers) + 5", "offset", "Each wrong result is 5 too large"),
        ("sum(numbers)", "    return sum(numbers) * 2", "factor", "2 times too large"),
        ("sum(numbers)", "    return sum(set(numbers))", "without-repeats", "without what is there twice"),
        (
            "sum(numbers)",
            "    return sum(n for n in numbers if n > 0)",
            "negatives",
            "holds negative numbers",
        ),
        ("sum(numbers)", "    return len(numbers)", "length-of", "how long `numbers` is"),
        ("max(numbers, default=0)", "    return min(numbers, default=0)", "smallest", "the smallest of"),
        ("sorted(numbers)", "    return numbers", "unchanged", "given back as it came in"),
        (
            "sorted(numbers)",
            "    return numbers and sorted(numbers) or None",
            "none-for-some",
            "without a `return`",
        ),
        ("max(numbers, default=0)", "    return max(numbers) if numbers else -1", "off-by-one", "is empty"),
    ],
)
def test_what_all_wrong_calls_share_is_told(worker, reference, body, mistake, says):
    key = Function(name="f", reference=listed(f"    return {reference}"), examples=[((n,),) for n in NUMBERS])
    result = key.check(listed(body), worker)
    assert (result.mistake, says in result.feedback) == (mistake, True), result.feedback


PRIME = "def prime(n):\n    return n > 1 and all(n % d for d in range(2, n))"


@pytest.mark.parametrize("by", [PRIME, lambda n: n > 1 and all(n % d for d in range(2, n))])
def test_a_function_fitted_to_the_examples_is_found_out(worker, by):
    key = Function(name="prime", reference=by, examples=[((n,),) for n in (0, 1, 2, 9, 17, 21)])
    result = key.check("def prime(n):\n    return n in (2, 17)", worker)
    assert result.score < 1
    assert result.feedback.startswith("Right for all 6 examples, and not for every call like them.")
    assert (
        Function(name="prime", reference=by, beyond=False, examples=[((2,),), ((9,),)])
        .check("def prime(n):\n    return n == 2", worker)
        .correct
    )


def test_a_function_that_knows_only_the_examples_is_told_so(worker):
    key = Function(
        name="f", reference="def f(n):\n    return n * n % 7 * n", examples=[((n,),) for n in (1, 4, 30)]
    )
    result = key.check("def f(n):\n    return {1: 1, 4: 8, 30: 120}.get(n, (n * 31 % 11 - 5) * n)", worker)
    assert result.mistake == "examples-only", result.feedback


def test_calls_beyond_the_examples_that_the_reference_cannot_take_are_left_out(worker):
    root = "def root(n):\n    while n % 4:\n        pass\n    return n"
    key = Function(name="root", reference=root, examples=[((n,),) for n in (4, 8, 16)], call_limit=0.3)
    assert key.check("def root(n):\n    return n", worker).correct


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("x = 3", "no-function"),
        ("def serch(x, seq):\n    return 0", "other-name"),
        ("def find(x, seq):\n    return 0", "other-name"),
        ("def search(x):\n    return 0", "parameters"),
        ("def search(x, y, z):\n    return 0", "parameters"),
        ("1/0\n" + SEARCH, "zero-division"),
        ("def search(x, seq)\n    return 0", "syntax"),
        ("", "blank"),
        ("# later", "blank"),
        ("%timeit 3\n" + SEARCH, "magic"),
        ("search = 3", "not-callable"),
    ],
)
def test_what_cannot_be_called_is_told_before_any_call(worker, key, source, mistake):
    result = key.check(source, worker)
    assert (result.score, result.mistake) == (0, mistake), result.feedback


@pytest.mark.parametrize(
    "code",
    [
        3,
        "",
        "# later",
        "x" * 50_001,
        "\ud800",
        "a\0b",
        "(" * 9000,
        "-" * 40_000 + "1",
        "await x",
        "!ls",
        "input()",
    ],
)
def test_code_that_cannot_be_run_is_no_answer(key, code):
    assert isinstance(key.parse({"code": code}), FormatError)


@pytest.mark.parametrize("response", [None, "", 3, [], {}, "def search(): pass", {"code": "1", "more": 1}])
def test_what_is_no_code_is_no_answer(key, response):
    assert isinstance(key.parse(response), FormatError)


def test_an_expected_exception_has_to_be_raised(worker):
    key = Function(name="root", examples=[((4,), 2), ((-1,), ValueError)])
    right = "def root(n):\n    if n < 0:\n        raise ValueError('negative')\n    return n ** 0.5"
    assert key.check(right, worker).score == 1
    assert key.check("def root(n):\n    return 2", worker).mistake == "not-raised"


def test_where_nothing_is_returned_what_is_changed_or_printed_counts(worker):
    sort = Function(name="sort", reference="def sort(a):\n    a.sort()", examples=[(([3, 1, 2],),)])
    assert sort.check("def sort(a):\n    a[:] = sorted(a)", worker).score == 1
    assert sort.check("def sort(a):\n    a = sorted(a)", worker).mistake == "argument"
    shout = Function(name="shout", reference="def shout(s):\n    print(s.upper())", examples=[(("hey",),)])
    assert shout.check("def shout(s):\n    print(s.upper(), end='')", worker).score == 1
    assert shout.check("def shout(s):\n    print(s)", worker).mistake == "prints-other"


def test_changing_an_argument_is_wrong_where_it_has_to_be_kept(worker):
    source = "def top(a):\n    a.sort()\n    return a[-1]"
    example = [(([3, 1, 2],), 3)]
    assert Function(name="top", examples=example).check(source, worker).score == 1
    kept = Function(name="top", examples=example, keeps_arguments=True)
    assert kept.check(source, worker).mistake == "argument-changed"
    assert Function(name="top", examples=[(([3, 1],), [1, 3])]).check(
        "def top(a):\n    a.sort()", worker
    ).mistake == ("changed-in-place")


def test_a_property_holds_for_whatever_the_function_gives(worker):
    longer = Property(
        "length", [("",), ("abc",)], lambda args, v: len(v) == len(args[0]), "Its length has to stay."
    )
    key = Function(name="mirror", properties=[longer])
    assert key.check("def mirror(s):\n    return s[::-1]", worker).score == 1
    result = key.check("def mirror(s):\n    return s + 'x'", worker)
    assert (result.mistake, result.score) == ("length", 0)
    assert "`mirror('')` gives `'x'`. Its length has to stay." in result.feedback
    assert key.check("def mirror(s):\n    return 3", worker).mistake == "length"


def test_each_call_gets_arguments_of_its_own(worker):
    shared = [1, 2]
    key = Function(name="pop", examples=[((shared,), 2), ((shared,), 2)])
    assert key.check("def pop(a):\n    return a.pop()", worker).score == 1


def test_two_sources_are_the_same_if_they_behave_alike(worker, key):
    one, two = "def search(x, seq):\n    return 0", "def search(a, b):\n    return 1 - 1"
    assert key.same(one, two, worker)
    assert not key.same(one, SEARCH, worker)
    assert not key.same(one, "def search(", worker)


def test_it_works_alone_and_says_the_same_each_time(key):
    one = key.check("def search(x, seq):\n    return 1")
    assert one == key.check("def search(x, seq):\n    return 1")
    json.dumps(one.to_json())
    assert key.check(SEARCH).correct


def test_what_is_asked_is_code_and_the_model_answer_is_the_reference(key):
    assert key.asks() == {"kind": "code"}
    assert key.right() == {"code": SEARCH}


def test_hostile_results_do_no_harm(worker):
    key = Function(name="f", examples=[((1,), 1)])
    for value in (
        "type('L', (), {'__eq__': lambda s, o: True, '__repr__': lambda s: 1/0})()",
        "type('I', (int,), {'__eq__': lambda s, o: True})(5)",
        "(lambda a: a.append(a) or a)([])",
        "float('nan')",
        "type",
        "10 ** 5000",
        "'x' * 10 ** 6",
    ):
        result = key.check(f"def f(n):\n    return {value}", worker)
        assert result.score == 0
        assert len(result.feedback) < 700


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"name": "f g", "examples": [((1,), 1)]}, "function's name"),
        ({"name": "f"}, "no examples"),
        ({"name": "f", "examples": [(5, 25)]}, "with a comma"),
        ({"name": "f", "examples": [((5,),)]}, "needs what is expected"),
    ],
)
def test_an_author_s_slip_is_refused_with_what_was_expected(arguments, says):
    with pytest.raises(ValueError, match=says):
        Function(**arguments)
