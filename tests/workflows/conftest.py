"""Verbs and queries are tested on both databases."""

from collections.abc import Iterator

import pytest

from tests.mailing import Office, opened
from workflows.outside.mail import MailSettings


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """SQLite always, PostgreSQL where TEST_DATABASE_URL is set."""
    return str(request.param)


@pytest.fixture
def office() -> Iterator[tuple[Office, MailSettings]]:
    """A mail server that answers as it is told, and the way to it."""
    with opened() as server:
        yield server
