"""From a response to a verdict: with the runner where it is code, and the mistake named where it is known."""

import pandas as pd
import pytest

from checkers import Choice, Frame, Function, Number, Result
from checkers.result import FormatError
from checkers.run import Made
from courseware.items import Mistake, Question
from courseware.runner import InKernel, Worker
from courseware.verdict import Bench, NoAnswer, judge

BIRDS = pd.DataFrame({"species": ["Adelie", "Gentoo", "Adelie"], "mass": [3700, 5000, 3500]})


@pytest.fixture(scope="module")
def bench():
    worker = Worker()
    yield Bench(runner=worker, given=("import pandas as pd",))
    worker.close()


COUNT = Question(
    prompt="How many birds are heavier than {limit} g?",
    answer=Number(2),
    solution="`(df.mass > {limit}).sum()`",
    values={"limit": 3600},
    given={"df": BIRDS},
    mistakes=[Mistake("all-of-them", 3, says="You counted all, not those above {limit} g.")],
)
ROWS = Question(
    prompt="Keep the heavy ones.",
    answer=Frame(BIRDS[BIRDS.mass > 3600]),
    solution="`df[df.mass > 3600]`",
    right="df[df.mass > 3600]",
    given={"df": BIRDS},
    mistakes=[
        Mistake("complement", "df[df.mass <= 3600]", says="You kept the light ones."),
        Mistake("only-condition", "df.mass > 3600", says="That is the condition alone."),
    ],
)
DOUBLE = Question(
    prompt="Write `double`.",
    answer=Function(name="double", examples=[((2,), 4), ((0,), 0)]),
    solution="…",
    right="def double(n):\n    return 2 * n",
    mistakes=[Mistake("squared", "def double(n):\n    return n ** 3", says="That is the cube.")],
)


def verdict(question, response, bench):
    return judge(question, response, bench).verdict


@pytest.mark.parametrize(("question"), [COUNT, ROWS, DOUBLE])
def test_the_right_response_scores_one(bench, question):
    assert verdict(question, question.right, bench) == Result(score=1.0)


@pytest.mark.parametrize(
    ("question", "response", "mistake", "says"),
    [
        (COUNT, "3", "all-of-them", "not those above 3600 g"),
        (COUNT, "3.0", "all-of-them", "not those above 3600 g"),
        (COUNT, {"code": "len(df)"}, "all-of-them", "not those above 3600 g"),
        (COUNT, "-2", "sign", "sign"),
        (ROWS, {"code": "df.query('mass <= 3600')"}, "complement", "the light ones"),
        (ROWS, {"code": "df['mass'].gt(3600)"}, "only-condition", "condition alone"),
        (ROWS, {"code": "df[df.mass > 3600][['species']]"}, "missing-columns", "`mass`"),
        (DOUBLE, {"code": "def double(x): return x * x * x"}, "squared", "cube"),
    ],
)
def test_a_known_mistake_is_told_in_its_author_s_words_another_in_the_checker_s(
    bench, question, response, mistake, says
):
    result = verdict(question, response, bench)
    assert isinstance(result, Result)
    assert result.mistake == mistake
    assert says in result.feedback


@pytest.mark.parametrize(
    ("question", "response", "key"),
    [
        (COUNT, "2,5", "comma"),
        (COUNT, {"code": ""}, "blank"),
        (COUNT, {"code": "!ls"}, "magic"),
        (ROWS, "df", "not-code"),
        (ROWS, {"code": "df["}, "syntax"),
        (DOUBLE, {"code": "  "}, "blank"),
    ],
)
def test_what_cannot_be_read_is_a_format_error(bench, question, response, key):
    error = verdict(question, response, bench)
    assert isinstance(error, FormatError)
    assert error.message.key == key


@pytest.mark.parametrize(
    ("question", "code", "key"),
    [
        (COUNT, "df.msas", "attribute-error"),
        (COUNT, "print(2)", "prints"),
        (COUNT, "df", "not-a-number"),
        (COUNT, "2 == 2", "not-a-number"),
        (COUNT, "float('nan')", "not-finite"),
        (ROWS, "heavy", "name-error"),
        (ROWS, "print(df)", "prints"),
        (ROWS, "df.head", "strange"),
        (ROWS, "'a text'", "no-value"),
        (ROWS, "df.groupby('species')", "no-value"),
        (ROWS, "x = df.sort_values('mass', inplace=True)", "none"),
    ],
)
def test_code_that_makes_no_value_of_the_kind_asked_for_is_no_attempt(bench, question, code, key):
    verdict_ = verdict(question, {"code": code}, bench)
    assert isinstance(verdict_, NoAnswer)
    assert verdict_.message.key == key


def test_the_response_that_is_judged_is_what_code_stands_for(bench):
    assert judge(COUNT, {"code": "(df.mass > 3600).sum()"}, bench).response == 2
    assert judge(COUNT, "2", bench).response == "2"
    assert judge(ROWS, {"code": "df"}, bench).response == {"code": "df"}
    assert judge(COUNT, {"code": "df"}, bench).response == {"code": "df"}
    pick = Question(prompt="?", answer=Choice(right="a", wrong=["b"]), solution="a")
    assert judge(pick, {"code": "'a'"}, bench).response == "a"


def test_what_a_cell_made_is_judged_without_running_it_again(bench):
    kernel = InKernel(bench.runner)
    with kernel.holding("whatever()", Made(value=BIRDS[BIRDS.mass > 3600])):
        assert judge(ROWS, {"code": "whatever()"}, Bench(runner=kernel)).verdict == Result(score=1.0)


def test_a_function_is_run_with_what_the_course_gives(bench):
    question = Question(
        prompt="Write `heavy`.",
        answer=Function(name="heavy", examples=[((3600,), 2)]),
        solution="…",
        right="def heavy(limit):\n    return int((pd.Series(masses) > limit).sum())",
        given={"masses": [3700, 5000, 3500]},
    )
    assert judge(question, question.right, bench).verdict == Result(score=1.0)
