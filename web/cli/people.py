"""Commands about institutions and persons: take in, appoint, tokens, and the demonstration."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.kernel import clock
from governance.kernel.errors import Refusal
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts
from governance.people.queries import known_by_name
from web.wording import told
from workflows import founding, seeding_cycle, signing_in
from workflows.founding import DemoAccount, NewPerson

Result = TypeVar("Result")

DEMONSTRATION = "serang"
# User name -> post key of the demonstration institution.
DEMO_POSTS = {
    "bupati": "bupati",
    "wabup": "wabup",
    "sekda": "setda",
    "asisten": "asda1",
    "diskominfo": "diskominfo",
    "hukum": "hukum",
    "organisasi": "organisasi",
    "bappeda": "bappeda",
    "inspektorat": "inspektorat",
    "bkpsdm": "bkpsdm",
    "dinkes": "dinkes",
    "disdik": "disdik",
    "dishub": "dishub",
    "dpmptsp": "dpmptsp",
}


@click.command("take-in")
@click.argument("key")
@with_appcontext
def take_in(key: str) -> None:
    """Ambil pemerintah daerah dari config/institutions/KEY.yaml."""
    told_or_stop(lambda: founding.take_in(facts_named(key), now=clock.now()))
    click.echo(key)


@click.command("appoint")
@click.argument("username")
@click.option("--institution", required=True)
@click.option("--post", required=True, help="Kunci jabatan, misalnya setda atau diskominfo.")
@click.option("--name", required=True)
@click.option("--email")
@click.option("--from-on", type=click.DateTime(["%Y-%m-%d"]), help="Hari pertama memegang jabatan; bawaan: hari ini.")
@with_appcontext
def appoint(username: str, institution: str, post: str, name: str, email: str | None, from_on: datetime | None) -> None:
    """Beri seseorang akun dan jabatan; mencetak kata sandinya sekali ini saja."""
    since = from_on.date() if from_on else clock.now().date()
    new = NewPerson(username=username, name=name, post=post, from_on=since, email=email)
    click.echo(told_or_stop(lambda: founding.appoint(institution, new, now=clock.now())))


@click.command("token")
@click.argument("username")
@click.option("--label", default="cli")
@with_appcontext
def token(username: str, label: str) -> None:
    """Cetak token API baru untuk USERNAME; token hanya terlihat sekali ini."""
    click.echo(told_or_stop(lambda: signing_in.make_token(username, label, now=clock.now())))


@click.command("revoke-tokens")
@click.argument("username")
@with_appcontext
def revoke_tokens(username: str) -> None:
    """Cabut semua token API milik USERNAME; mencetak jumlahnya."""
    click.echo(told_or_stop(lambda: signing_in.revoke_tokens(username, now=clock.now())))


@click.command("seed-demo")
@with_appcontext
def seed_demo() -> None:
    """Isi data contoh bila basis data masih kosong; akun contoh di instance/demo-accounts.json."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("Akun contoh hanya dibuat dengan DEMO=1.")
    if not founding.is_empty():
        return
    facts = facts_named(DEMONSTRATION)
    now = clock.now()
    founding.take_in(facts, now=now)
    founding.take_in(facts_named("jombang"), now=now)
    titles = {post.key: post.title for post in facts.posts}
    accounts = []
    for username, post in DEMO_POSTS.items():
        new = NewPerson(
            username=username,
            name=f"Pejabat Peragaan {titles[post]}"[:200],
            post=post,
            from_on=date(2020, 1, 1),
            email=f"{username}@serang.example",
            demonstration=True,
        )
        password = founding.appoint(DEMONSTRATION, new, now=now)
        accounts.append(DemoAccount(username, password, titles[post], DEMONSTRATION))
    founding.keep_accounts(accounts, Path(current_app.config["INSTANCE"]) / "demo-accounts.json")
    if current_app.config["DEMO_CYCLE"]:
        seeding_cycle.begin(_cast(now), now=now, library=current_app.extensions["mandat"])


def _cast(now: datetime) -> dict[str, Actor]:
    """The persons of the demonstration, each in his post."""
    known = {username: known_by_name(username, now) for username in DEMO_POSTS}
    return {username: one.held[0].actor for username, one in known.items() if one is not None and one.held}


def facts_named(key: str) -> InstitutionFacts:
    """The institution of config/institutions with that key."""
    known: dict[str, InstitutionFacts] = current_app.extensions["institutions"]
    if key not in known:
        raise click.ClickException(f"Tidak ada config/institutions/{key}.yaml. Yang ada: {', '.join(sorted(known))}.")
    return known[key]


def told_or_stop(verb: Callable[[], Result]) -> Result:
    """What the verb returns; a refusal ends the command with its sentence."""
    try:
        return verb()
    except Refusal as refusal:
        raise click.ClickException(told(refusal.key, refusal.params)) from None


COMMANDS = (take_in, appoint, token, revoke_tokens, seed_demo)
