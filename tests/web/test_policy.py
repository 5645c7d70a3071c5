"""The content security policy needs no nonce: no page of any office holds a script, a style or a handler of its own."""

from collections.abc import Iterator

import pytest
from lxml import etree, html

from governance.assessment.course import Stage
from tests.full_cycle import full_cycle
from tests.web.reader import Reader
from tests.web.test_pages import paths, rules, settled
from tests.world import KIND, Maker, World
from web.requests import HEADERS

OFFICES = ("diskominfo", "hukum", "sekda", "dinkes", "kepala")
NO_PAGE = ("/alamat/karangan", "/documents/999999", "/static/mandat.css", "/healthz", "/readyz", "/api/v1/documents")


def refused_in(page: str) -> list[str]:
    """What the policy would refuse: whatever is written in line, and whatever comes from elsewhere."""
    found = []
    for element in html.document_fromstring(page).iter(etree.Element):
        tag, given = element.tag, element.attrib
        if tag == "style" or (tag == "script" and not local(given.get("src", ""))):
            found.append(f"<{tag}> in line, or from elsewhere")
        if tag == "link" and not local(given.get("href", "")):
            found.append(f"<link> to {given.get('href')}")
        found += [f"{name} on <{tag}>" for name in given if name == "style" or name.startswith("on")]
        reached = [given.get(name, "") for name in ("href", "src", "action", "formaction")]
        found += [f"{one} on <{tag}>" for one in reached if one.strip().lower().startswith("javascript:")]
    return found


def local(address: str) -> bool:
    """Whether it is an address of this very house."""
    return address.startswith("/") and not address.startswith("//")


def pages(world: World) -> Iterator[str]:
    """Every address with a page, in every state a document can have, and some without."""
    for rule in rules(world.app, with_places=False):
        if "GET" in (rule.methods or ()):
            yield rule.rule
    for rule in rules(world.app, with_places=True):
        if "GET" in (rule.methods or ()):
            yield from [rule.rule.replace("<kind>", KIND)] if "kind" in rule.arguments else paths(world, rule)
    yield from NO_PAGE


@pytest.mark.parametrize("office", [None, *OFFICES])
def test_no_page_holds_anything_in_line_and_every_answer_has_the_headers(
    world: World, make: Maker, office: str | None
) -> None:
    settled(make)
    if office == OFFICES[0]:  # The pages of a cycle are many, and look alike to every office.
        full_cycle(world, make, stage=Stage.EXECUTION)
    reader = Reader(world.app, world.serang.people[office] if office else None)
    looked_at, found, bare = set(), {}, {}
    for path in pages(world):
        answer = reader.get(path)
        missing = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
        if missing:
            bare[path] = missing
        if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
            looked_at.add(path)
            assert "mandat.js" in answer.text
            if refused := refused_in(answer.text):
                found[path] = refused
    assert (found, bare) == ({}, {})
    assert len(looked_at) >= (2 if office is None else 20), looked_at


def test_the_reading_of_pages_finds_each_kind_of_fault() -> None:
    page = """<style>a{}</style><script>1</script><script src="https://x.example/a.js"></script><p style="a">
    <a href=" javascript:alert(1)" onclick="x()">x</a><link rel="stylesheet" href="//x.example/a.css"><br onload=x />"""
    assert len(refused_in(page)) == 8


def test_the_policy_refuses_what_is_in_line_and_what_comes_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert not policy.keys() & {"script-src", "style-src", "script-src-elem", "style-src-attr"}, "nothing is loosened"
    assert "unsafe" not in " ".join(policy.values())
