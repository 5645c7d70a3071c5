"""`flask letters`: how the letters stand on their way out; `flask quiet-hours`: when an institution's wait."""

import click
from flask.cli import with_appcontext

from governance.kernel import clock
from governance.notices.queries import standing, troubles
from governance.notices.timing import Quiet
from web.cli.people import told_or_stop
from workflows import notice_wishes


@click.command("letters")
@with_appcontext
def letters() -> None:
    """Cetak jumlah surel menurut keadaannya, lalu yang gagal: keadaan, jumlah, percobaan, coba lagi, jawaban."""
    for state, count in standing()["message"].items():
        click.echo(f"{state}\t{count}")
    for trouble in troubles():
        again = trouble.due_at.isoformat(timespec="seconds") if trouble.due_at else "-"
        answer = " ".join(trouble.answer.split())
        click.echo(f"{trouble.state.value}\t{trouble.messages}\t{trouble.attempts}\t{again}\t{answer}")


@click.command("quiet-hours")
@click.argument("key")
@click.argument("start", type=click.IntRange(0, 23))
@click.argument("end", type=click.IntRange(0, 23))
@with_appcontext
def quiet_hours(key: str, start: int, end: int) -> None:
    """Jam tenang surel pemerintah daerah KEY: dari jam START sampai END di zona waktunya; sama berarti tidak ada."""
    told_or_stop(lambda: notice_wishes.set_quiet_hours(key, Quiet(start, end), now=clock.now()))
    click.echo(f"{key}\t{start:02}.00\t{end:02}.00")


COMMANDS = (letters, quiet_hours)
