"""Verbs and queries are tested on both databases."""

import pytest


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    """SQLite always, PostgreSQL where TEST_DATABASE_URL is set."""
    return str(request.param)
