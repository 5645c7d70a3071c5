"""A real browser at the pages of a test's own world: what it asks is answered by a reader, without a server."""

import contextvars
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

from tests.web.reader import Reader

ADDRESS = "http://world.test"


@contextmanager
def looking(browser: Browser, reader: Reader, path: str, *, width: int = 1280, height: int = 900) -> Iterator[Page]:
    """The page at that path, as the reader sees it."""
    here = contextvars.copy_context()  # The browser answers from a context of its own, which knows no application.

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url)
        found = here.copy().run(reader.get, asked.path + (f"?{asked.query}" if asked.query else ""))
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.data)

    page = browser.new_page(viewport={"width": width, "height": height})
    page.route("**/*", answer)
    page.goto(f"{ADDRESS}{path}")
    try:
        yield page
    finally:
        page.close()
