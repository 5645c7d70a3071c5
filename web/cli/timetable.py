"""Commands about the timetable: the nightly scan by hand."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.kernel import clock
from workflows import notices, obligations


@click.command("scan-obligations")
@click.option("--now", "moment", help="Saat yang dianggap sekarang (ISO), bawaan: sekarang.")
@with_appcontext
def scan_obligations(moment: str | None) -> None:
    """Susun kewajiban dan kirim pengingat yang jatuh tempo, tanpa Celery; mencetak jumlah pemerintah daerah."""
    try:
        now = datetime.fromisoformat(moment) if moment else clock.now()
    except ValueError:
        raise click.ClickException(f"--now harus saat dalam bentuk ISO, bukan {moment!r}.") from None
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    click.echo(obligations.scan(now=now, library=current_app.extensions["mandat"]))
    if moment is None:
        notices.pulse("scan", now=now)


COMMANDS = (scan_obligations,)
