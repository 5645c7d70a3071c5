"""The shape of config/law/ladders.yaml: the ladders of reminders, each with its rungs."""

from governance.kernel.data_shapes import Shape, choice, defines, flag, many, number, text
from governance.mandates.ladder import Ladder, Rung, Step
from governance.mandates.regulation_shapes import HOW_SURE, words_of
from governance.people.roles import Role

ASKER, UNIT = "asker", "unit"

STEP = Shape(
    Step,
    {
        "key": words_of(Rung),
        "days_before": number,
        "tells": many(choice(UNIT, ASKER, *Role)),
        "may_be_put_off": flag,
    },
    renamed={"key": "rung"},
)
LADDER = Shape(
    Ladder,
    {
        "key": defines("ladder"),
        "title": text,
        "used_for": text,
        "how_sure": HOW_SURE,
        "source": text,
        "rungs": many(STEP),
    },
    renamed={"rungs": "steps"},
    check=Ladder.faults,
)
