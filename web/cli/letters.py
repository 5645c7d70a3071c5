"""`flask letters`: how the letters stand on their way out, and what keeps some from going."""

import click
from flask.cli import with_appcontext

from governance.notices.queries import standing, troubles


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


COMMANDS = (letters,)
