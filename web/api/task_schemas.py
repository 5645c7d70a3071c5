"""What the API says and takes of tasks: for the OpenAPI description; bodies are read by `Body`."""

from apiflask import Schema
from apiflask.fields import Date, DateTime, Dict, Integer, List, Nested, Raw, String

DAY = {"type": ["string", "null"], "format": "date"}


class TaskOut(Schema):
    """What a unit is asked; `version` must be named by the next move."""

    id = Integer()
    document_id = Integer(allow_none=True)
    obligation_id = Integer(allow_none=True)
    source = String()
    unit = String()
    asked_by = String()
    place = String()
    what = String()
    why = String()
    due_on = Raw(allow_none=True, metadata=DAY)
    wished_until = Raw(allow_none=True, metadata=DAY)
    state = String()
    version = Integer()
    moves = List(String())
    acknowledged_at = DateTime(allow_none=True)


class TaskStepOut(Schema):
    """What was done with a task; a hand-in with its tables and files."""

    move = String()
    by = String()
    words = String()
    until = Raw(allow_none=True, metadata=DAY)
    at = DateTime()
    tables = Dict(keys=String(), values=List(Dict()))
    files = List(Dict())


class TaskWhole(TaskOut):
    """A task with what is to be handed in and its story, oldest first."""

    wants = List(Dict())
    story = List(Nested(TaskStepOut))


class TaskList(Schema):
    """The caller's tasks by date."""

    items = List(Nested(TaskOut))
    next = String(allow_none=True)


class TaskMoveIn(Schema):
    """A move on the version that the caller last saw."""

    move = String(
        required=True,
        metadata={
            "description": "accept, decline, ask_extension, comment, return, verify, insist, reassign,"
            " grant_extension, refuse_extension, cancel"
        },
    )
    version = Integer(required=True)
    words = String()
    until = Date()
    unit = String(metadata={"description": "reassign: kunci perangkat daerah yang dituju"})


class TaskHandIn(Schema):
    """What is handed in: rows of the tables asked for, or a filled-in sheet of one (base64), and files (base64)."""

    version = Integer(required=True)
    note = String()
    tables = Dict(keys=String(), values=List(Dict(keys=String(), values=String())))
    sheets = Dict(keys=String(), values=String())
    files = List(Dict(keys=String(), values=String()), metadata={"description": "name, data (base64), want"})
