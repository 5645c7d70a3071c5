"""The content security policy needs no nonce: no page of any office holds a script, a style or a handler of its own."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from tests.web.reader import Reader
from tests.web.test_pages import paths, rules, settled
from tests.world import Maker, World
from web.requests import HEADERS

OFFICES = ("diskominfo", "hukum", "sekda", "dinkes", "kepala")
NO_PAGE = ("/alamat/karangan", "/documents/999999", "/static/mandat.css", "/healthz", "/readyz", "/api/v1/documents")


class Inline(HTMLParser):
    """Gathers what the policy would refuse: whatever is written in line, and whatever comes from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.seen: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.seen.add(tag)
        if tag == "style" or (tag == "script" and not given.get("src", "").startswith("/")):
            self.found.append(f"<{tag}> in line")
        if tag == "link" and not given.get("href", "").startswith("/"):
            self.found.append(f"<link> to {given.get('href')}")
        self.found += [f"{name} on <{tag}>" for name in given if name == "style" or name.startswith("on")]
        reached = [given.get(name, "") for name in ("href", "src", "action", "formaction")]
        self.found += [f"{one} on <{tag}>" for one in reached if one.strip().lower().startswith("javascript:")]

    handle_startendtag = handle_starttag


def pages(world: World) -> Iterator[str]:
    """Every address with a page, in every state a document can have, and some without."""
    for rule in rules(world.app, with_places=False):
        if "GET" in (rule.methods or ()):
            yield rule.rule
    for rule in rules(world.app, with_places=True):
        if "GET" in (rule.methods or ()):
            yield from paths(world, rule)
    yield from NO_PAGE


@pytest.mark.parametrize("office", [None, *OFFICES])
def test_no_page_holds_anything_in_line_and_every_answer_has_the_headers(
    world: World, make: Maker, office: str | None
) -> None:
    settled(make)
    reader = Reader(world.app, world.serang.people[office] if office else None)
    looked_at, found, bare = set(), {}, {}
    for path in pages(world):
        answer = reader.get(path)
        missing = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
        if missing:
            bare[path] = missing
        if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
            looked_at.add(path)
            page = Inline(answer.text)
            assert {"script", "link"} <= page.seen, "the whole page was read"
            if page.found:
                found[path] = page.found
    assert (found, bare) == ({}, {})
    assert len(looked_at) >= (2 if office is None else 20), looked_at


def test_the_reading_of_pages_finds_each_kind_of_fault() -> None:
    page = """<style>a{}</style><script>1</script><script src="https://x.example/a.js"></script><p style="a">
    <a href=" javascript:alert(1)" onclick="x()">x</a><link rel="stylesheet" href="//x.example/a.css"><br onload=x />"""
    assert len(Inline(page).found) == 7


def test_the_policy_refuses_what_is_in_line_and_what_comes_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert not policy.keys() & {"script-src", "style-src", "script-src-elem", "style-src-attr"}, "nothing is loosened"
    assert "unsafe" not in " ".join(policy.values())
