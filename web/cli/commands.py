"""The command line's table of contents. Data goes to stdout, logs to stderr."""

from flask import Flask

from web.cli import (
    citing,
    clock,
    comparing,
    criteria,
    cycles,
    form,
    keeping,
    kinds,
    letters,
    maturity,
    packs,
    peers,
    people,
    printing,
    reminding,
    rights,
    seeding,
    serve,
    timetable,
    trail,
    word,
    working_days,
)


def register(app: Flask) -> None:
    """Put every command under `flask`."""
    modules = (
        people,
        word,
        printing,
        kinds,
        form,
        comparing,
        citing,
        criteria,
        cycles,
        maturity,
        trail,
        packs,
        peers,
        timetable,
        working_days,
        rights,
        reminding,
        seeding,
        keeping,
        letters,
    )
    for module in modules:
        for command in module.COMMANDS:
            app.cli.add_command(command)
    app.cli.add_command(serve.serve)
    app.cli.add_command(clock.clock)
