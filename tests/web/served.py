"""The program as `make run` starts it, in a folder of its own, and browsers that look at it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from config.settings import ROOT

PATIENCE_SECONDS = 60
PICTURES = ROOT / "instance" / "walk"
WIDTHS = {1280: 900, 390: 844}
NARROWEST = 320


class Served:
    """A supervisor with its web and clock processes, on a free port, with a fresh demonstration institution."""

    pictures: Path | None = PICTURES

    def __init__(self, folder: Path, **settings: str) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        self.address = f"http://localhost:{port}"
        self.folder = folder
        known = ("DATABASE_URL", "REDIS_URL", "STARTED_AT", "MAIL_SERVER", "SECRET_KEY", "BASE_URL")
        environment = {name: value for name, value in os.environ.items() if name not in known}
        environment |= {"PORT": str(port), "INSTANCE": str(folder), "DEMO": "1", "DEMO_CYCLE": "0"} | settings
        self.environment, self.given = environment, dict[str, str]()
        self.said = (folder / "said").open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--prepare"],
            cwd=ROOT,
            env=environment,
            stdout=self.said,
            stderr=subprocess.STDOUT,
        )

    def wait(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(self.words())

    def words(self) -> str:
        """The end of what it said."""
        return (self.folder / "said").read_text(encoding="utf-8")[-4000:]

    def stop(self) -> None:
        """One signal stops all."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.said.close()

    def appoint(self, username: str, post: str) -> None:
        """One person more in a post of the demonstration institution, by the command that does it."""
        words = ["appoint", username, "--institution", "serang", "--post", post, "--name", f"Pejabat {username}"]
        made = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        self.given[username] = made.stdout.strip()

    def password(self, username: str) -> str:
        """As demo-accounts.json says it, or as it was given."""
        if username in self.given:
            return self.given[username]
        accounts = json.loads((self.folder / "demo-accounts.json").read_text(encoding="utf-8"))
        return str(next(one["password"] for one in accounts if one["username"] == username))


class Desk:
    """One person's browser. What it complains about is kept: errors of scripts, the console, refused addresses."""

    def __init__(self, browser: Browser, served: Served, username: str, state: Any = None, **more: Any) -> None:
        self.served, self.username = served, username
        more.setdefault("viewport", {"width": 1280, "height": WIDTHS[1280]})
        self.context: BrowserContext = browser.new_context(base_url=served.address, storage_state=state, **more)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def sign_in(self, going_to: str = "/") -> None:
        """With the password, from the page that was asked for."""
        self.page.goto(going_to)
        self.page.fill("[name=username]", self.username)
        self.page.fill("[name=password]", self.served.password(self.username))
        self.page.click("main button[type=submit]")

    def heading(self) -> str:
        """What the page says first."""
        return self.page.locator("main h1").inner_text()

    def main(self) -> str:
        """The page's words without its frame."""
        return self.page.locator("main").inner_text()

    def picture(self, name: str) -> None:
        """Pictures at both widths; nothing may stick out at these or at the narrowest. Taken in one way to run only."""
        folder = self.served.pictures
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        before = self.page.viewport_size
        for width, height in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
            self._fits(name, width)
        self.page.set_viewport_size({"width": NARROWEST, "height": 640})
        self._fits(name, NARROWEST)
        if before is not None:
            self.page.set_viewport_size(before)

    def _fits(self, name: str, width: int) -> None:
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{name} sticks out by {over} px at {width} px"

    def unfold(self, section: str) -> None:
        """Open a section of the draft form that is complete and therefore folded."""
        folded = self.page.locator(f"details#bagian-{section}:not([open]) > summary")
        if folded.count():
            folded.click()

    def tab_to(self, words: str) -> None:
        """Press Tab until what has the focus bears these words."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if words in self.page.evaluate(FOCUSED):
                return
        raise AssertionError(f"the keyboard never reaches {words!r}")


FOCUSED = "() => { const e = document.activeElement; return `${e.innerText || ''} ${e.name || ''} ${e.id || ''}`; }"
