"""A person at the pages without a browser: a cookie, forms, and what comes back."""

import contextvars
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from governance.kernel.db import db
from tests.world import PASSWORD, Someone


class Reader:
    """Someone signed in; every request in a context of its own, as a real server gives it."""

    def __init__(self, app: Flask, someone: Someone | None) -> None:
        self.client, self.someone = app.test_client(), someone
        if someone is not None:
            form = {"username": someone.username, "password": PASSWORD, "next": "/"}
            assert self.post("/sign-in", form).status_code == 303

    def __call__(self, method: str, path: str, **more: Any) -> TestResponse:
        """One request."""
        db.session.rollback()
        ask = lambda: self.client.open(path, method=method, **more)  # noqa: E731
        answer: TestResponse = contextvars.Context().run(ask)
        return answer

    def get(self, path: str, **more: Any) -> TestResponse:
        """A page."""
        return self("GET", path, **more)

    def post(self, path: str, form: dict[str, Any] | None = None) -> TestResponse:
        """A form sent; files are (stream, name)."""
        return self("POST", path, data=form or {}, content_type="multipart/form-data")

    def token(self, path: str = "/account") -> str:
        """The mark against forged forms, as a page carries it."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert found is not None
        return found[1]
