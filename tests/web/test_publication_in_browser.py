"""The pages of publication and delivery in a real browser: whole at every width, named for readers who do not see."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from config.settings import ROOT
from governance.documents.lifecycle import State
from governance.documents.publishing import Details
from governance.kernel.db import db
from tests.soffices import StandIn
from tests.web.test_accessible import FAULTS
from tests.world import NOW, PASSWORD, Maker, Paper, World
from workflows import jobs, printing, publication
from workflows.publication import Withdrawal

WIDTHS = (1280, 390, 320)
ASK = """
import sys
from collections import Counter
from pathlib import Path
from config.settings import Testing
from web.app import create_app
client = create_app(Testing.within(Path(sys.argv[1]), RATELIMIT_ENABLED=True)).test_client()
print([client.get("/jdih/TIDAK").status_code for _ in range(300)].count(404))
print(client.get("/jdih/TIDAK/feed.json").status_code)
"""


@pytest.fixture
def site(world: World) -> Iterator[str]:
    """The application of the small world, behind a real socket."""
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def papers(world: World, make: Maker, tmp_path: Path) -> tuple[Paper, Paper]:
    """One act that is published and described, one that was withdrawn; both laid out for delivery."""
    printer = StandIn.within(tmp_path / "stand-in").printer
    made = (make.document(State.ENACTED), make.document(State.ENACTED, title="Tim yang Ditarik"))
    while jobs.run_due(now=NOW, library=world.library):
        pass
    for paper in made:
        by, library = world.hukum.actor, world.library
        printing.make_copy(paper.id, by=by, now=NOW, library=library)
        printing.print_due(now=NOW.replace(year=2999), library=library, printer=printer)
        asked = "SELECT pdf_sha256 FROM rendition WHERE document_id = :id AND form = 'salinan'"
        publication.publish(paper.id, seen=world.value(asked, id=paper.id), by=by, now=NOW, library=library)
    details = Details("tim", "Hukum Administrasi Negara", "Alasan", "Dasar", "Isi " * 200, "Catatan")
    publication.complete(made[0].id, details, by=world.hukum.actor, now=NOW, library=world.library)
    publication.withdraw(Withdrawal(made[1].id, "Memuat data pribadi"), by=world.hukum.actor, now=NOW)
    return made


def looked_at(page: Page, place: str) -> list[object]:
    """What is wrong with a page at any width."""
    found: list[object] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(place)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"sticks out by {over} px at {width} px"] if over > 0 else []
    return [*found, *page.evaluate(FAULTS)]


@pytest.mark.chromium
def test_strangers_read_the_pages_at_every_width_without_scripts(
    browser: Browser, world: World, papers: tuple[Paper, Paper], site: str
) -> None:
    tokens = [token for (token,) in world.rows("SELECT token FROM act ORDER BY id")]
    db.session.remove()
    context = browser.new_context(base_url=site, java_script_enabled=True)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    places = ["/jdih", "/jdih/serang", "/jdih/serang?q=tidak+ada", *(f"/jdih/serang/{token}" for token in tokens)]
    faults = {place: looked_at(page, place) for place in [*places, "/jdih/serang/tidak-ada"]}
    assert {place: found for place, found in faults.items() if found} == {}
    assert not [url for url in asked if url.endswith(".js")]
    assert context.cookies() == []
    page.goto(places[1])
    page.fill("[name=q]", "ditarik")
    page.click("main button[type=submit]")
    assert "Tidak ada produk hukum yang cocok" in page.locator("main").inner_text()
    page.goto(f"/jdih/serang/{tokens[0]}")
    with page.expect_download() as download:
        page.click("text=Unduh PDF")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    context.close()


@pytest.mark.chromium
def test_the_legal_section_s_pages_fit_at_every_width(browser: Browser, papers: tuple[Paper, Paper], site: str) -> None:
    db.session.remove()
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/")
    page.fill("[name=username]", "hukum")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    places = [
        "/",
        "/deliveries",
        *(f"/documents/{one.id}/{name}" for one in papers for name in ("publication", "deliveries")),
    ]
    faults = {place: looked_at(page, place) for place in places}
    assert {place: found for place, found in faults.items() if found} == {}
    context.close()


def test_a_stranger_who_asks_too_often_is_told_to_wait(tmp_path: Path) -> None:
    """In a process of its own: the counts are one for all applications of a process, and off in the others' tests."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == ["300", "429"]
