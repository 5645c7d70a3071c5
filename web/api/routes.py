"""The API's table of contents: every resource that answers under /api/v1."""

from typing import Any

from flask import current_app, jsonify

from web.api import (
    agenda,
    comments,
    cycles,
    deliveries,
    documents,
    notices,
    numbers,
    obligations,
    publications,
    regulations,
    tasks,
)
from web.api.blueprint import api
from web.api.bodies import require_readable

RESOURCES = (
    agenda,
    comments,
    cycles,
    deliveries,
    documents,
    notices,
    numbers,
    obligations,
    publications,
    regulations,
    tasks,
)

__all__ = ["RESOURCES", "api"]


api.before_request(require_readable)


@api.get("/openapi.json")
@api.doc(hide=True)
def specification() -> Any:
    return jsonify(current_app.spec)  # type: ignore[attr-defined]
