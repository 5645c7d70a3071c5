"""The API's table of contents: every resource that answers under /api/v1."""

from typing import Any

from flask import current_app, jsonify

from web.api import documents, notices, obligations
from web.api.blueprint import api

RESOURCES = (documents, notices, obligations)

__all__ = ["RESOURCES", "api"]


@api.get("/openapi.json")
@api.doc(hide=True)
def specification() -> Any:
    return jsonify(current_app.spec)  # type: ignore[attr-defined]
