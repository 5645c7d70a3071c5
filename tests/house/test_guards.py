"""Every route is closed to strangers unless `web/guard.py` names it as open."""

import flask_migrate
import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from config.settings import ROOT, Testing
from web.app import create_app
from web.guard import OPEN


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = create_app(Testing.within(tmp_path_factory.mktemp("guards")))
    with made.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    return made


def closed_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN]


def address(app: Flask, rule: Rule) -> str:
    """The rule's address with something in every place."""
    values = {}
    for place in rule.arguments:
        values[place] = 1 if isinstance(rule._converters[place], IntegerConverter) else "x"
    method = min(rule.methods or {"GET"})
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values, method=method))


def test_a_stranger_is_let_in_nowhere(app: Flask) -> None:
    client, let_in = app.test_client(), []
    for rule in closed_rules(app):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = client.open(address(app, rule), method=method)
            sent_to_sign_in = answer.status_code == 302 and method == "GET"
            if not sent_to_sign_in and answer.status_code not in {401, 403}:
                let_in.append(f"{method} {rule.rule} -> {answer.status_code}")
    assert not let_in


def test_every_open_route_exists(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= OPEN
