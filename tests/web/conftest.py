"""The running program and its readers' browsers, for the tests that need a real one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.esign_service import Service
from tests.parts import require
from tests.web.in_production import in_production
from tests.web.served import Desk, Served

Open = Callable[..., Desk]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a sandbox because the tests may run as root.

    Once for a file: while it is open an event loop runs in this process, and other tests start one of their own.
    """
    require("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def mode(request: pytest.FixtureRequest) -> str:
    """How the program runs: embedded, unless a test asks for both ways."""
    return str(getattr(request, "param", "embedded"))


@pytest.fixture(scope="module")
def national_service() -> Iterator[Service]:
    """The national signing service's stand-in, once for a file of tests."""
    running = Service().start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def surroundings() -> dict[str, str]:
    """What the program finds in its environment besides; nothing, unless a file of tests says otherwise."""
    return {}


@pytest.fixture(scope="module")
def served(
    browser: Browser, mode: str, surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The program with a fresh institution, once for a file of tests and a way to run."""
    folder = tmp_path_factory.mktemp("served")
    if mode == "production":
        require("postgres")
        require("redis")
        with in_production(folder) as running:
            yield running
        return
    running = Served(folder, **surroundings)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def desk(browser: Browser, served: Served) -> Iterator[Open]:
    """`desk("sekda", width=390)`: signed in, with the cookie of an earlier sign-in where there is one."""
    kept: dict[str, Any] = {}
    opened: list[Desk] = []

    def open_desk(username: str, *, width: int = 1280, signed_in: bool = True, **more: Any) -> Desk:
        more["viewport"] = {"width": width, "height": 844 if width < 800 else 900}
        at = Desk(browser, served, username, kept.get(username) if signed_in else None, **more)
        opened.append(at)
        if signed_in and username not in kept:
            at.sign_in()
            kept[username] = at.context.storage_state()
        return at

    yield open_desk
    for one in opened:
        one.context.close()
    assert [(one.username, one.complaints) for one in opened if one.complaints] == []
