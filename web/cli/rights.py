"""`flask grant-runtime`: what the running database role may do, table by table. It owns nothing and changes no schema.

Read top down it is the promise of decision 0018: lines of the trail, revisions, numbers and acts are written once.
"""

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from governance.kernel.db import db

READ = "SELECT"
ADD = "SELECT, INSERT"
CHANGE = "SELECT, INSERT, UPDATE"

# What web and worker do. What only an operator's command does (taking an institution in, appointing) is not here:
# it is run in the owner's name.
RIGHTS: dict[str, str] = {
    "alembic_version": READ,
    "institution": f"{READ}, UPDATE (scanned_on, facts_mark, work_week, timetable_mark)",
    "unit": READ,
    "post": f"{READ}, UPDATE (id)",  # Locked while a holding is entered, so that two at once see each other.
    "person": f"{ADD}, UPDATE (password_hash)",
    "holding": f"{ADD}, UPDATE (to_on, withdrawn_at, version)",
    "series": CHANGE,
    "api_token": f"{ADD}, UPDATE (revoked_at)",
    "sign_in": f"{ADD}, UPDATE (ended_at)",
    "trail_line": ADD,
    "trail_head": f"{ADD}, UPDATE (number, hash)",
    "document": f"{ADD}, UPDATE (title, state, route, revision_number, round, act_id, changed_at, approved_at)",
    "waiting": f"{ADD}, UPDATE (due_on, warn_on, warned_at, escalated_at), DELETE",
    "route_setting": f"{ADD}, UPDATE (withdrawn_at)",
    "step_change": ADD,
    "working_copy": f"{ADD}, UPDATE (fields, file_sha256, version, saved_at, saved_by_id)",
    "check_out": f"{ADD}, UPDATE (ended_at)",
    "revision": ADD,
    "comparison": ADD,
    "opened": ADD,
    "citation": ADD,
    "regulation_entry": CHANGE,  # Its triggers refuse to change what is closed.
    "regulation_fact": CHANGE,
    "decision": f"{ADD}, UPDATE (counts)",
    "section_comment": f"{ADD}, UPDATE (answer, answered_holding_id, answered_by, answered_at)",
    "external_step": f"{ADD}, UPDATE (counts)",
    "promulgation": ADD,
    "own_template": f"{ADD}, UPDATE (withdrawn_at)",
    "number": f"{ADD}, UPDATE (use, reason, dated_on, by_title, at)",  # A reserved one alone: its trigger refuses else.
    "act": f"{ADD}, UPDATE (scan_sha256, token, revoked_on)",  # Each once: its trigger refuses a second time.
    "delegation": f"{ADD}, UPDATE (withdrawn_at, withdrawn_by)",  # Once: its trigger refuses a second time.
    "act_relation": f"{ADD}, UPDATE (since, withdrawn_at, withdrawn_by, withdrawn_reason)",
    "signature": ADD,
    "signing": (
        f"{ADD}, UPDATE (state, prepared_sha256, signed_sha256, attempts, lease_until, answer, reason, ended_at)"
    ),
    "publication": f"{ADD}, UPDATE (withdrawn_on, withdrawn_at, withdrawn_by, reason)",  # Once, as its trigger says.
    "publication_detail": ADD,
    "delivery": f"{ADD}, UPDATE (due_on, received_on, way, received_by, scan_sha256, recorded_at, recorded_by_id,"
    " by_title)",
    "assignment": f"{ADD}, UPDATE (id)",  # Locked while its copies are followed up; nothing of it changes.
    "task": f"{ADD}, UPDATE (unit_id, due_on, state, moved_at, acknowledged_at, acknowledged_by_id, wished_until,"
    " version)",
    "task_step": ADD,
    "hand_in": ADD,
    "hand_in_file": ADD,
    "hand_in_link": f"{ADD}, UPDATE (revoked_at, revoked_by, used_at, step_id)",
    "rendition": f"{ADD}, UPDATE (pdf_sha256, state, due_at, lease_until, attempts, answer)",
    "notice": f"{ADD}, UPDATE (read_at)",
    "message": CHANGE,
    "enclosure": ADD,
    "notice_setting": CHANGE,
    "job": CHANGE,
    "pulse": CHANGE,
    "obligation": CHANGE,
    "evaluation_letter": CHANGE,
    "milestone": f"{ADD}, UPDATE (withdrawn_at, withdrawn_by, reason, version)",
    "closed_day": f"{ADD}, UPDATE (withdrawn_at, withdrawn_by, reason, version)",
    "reminder": ADD,
    "feed_link": f"{ADD}, UPDATE (revoked_at, revoked_by)",
    "criterion": READ,  # Loaded by an operator's command.
    "cycle": f"{ADD}, UPDATE (stage, target, ready_by, round, note, opened_at, closed_at, closed_by, frozen_sha256,"
    " version)",  # Closed once: its trigger refuses anything after.
    "cycle_step": ADD,
    "cycle_seat": f"{CHANGE}, DELETE",
    "share": f"{CHANGE}, DELETE",
    "cycle_task": ADD,
    "cycle_paper": CHANGE,
    "table_import": f"{ADD}, UPDATE (changes, confirmed_at, undone_at, undone_by)",
    "evidence": f"{ADD}, UPDATE (name, dated_on, expires_on, signed, secrecy, withdrawn_at, withdrawn_by,"
    " withdrawn_reason)",
    "evidence_use": CHANGE,
    "evidence_step": ADD,
    "declaration": f"{ADD}, UPDATE (withdrawn_at, withdrawn_by, withdrawn_reason)",
    "score": f"{ADD}, UPDATE (counts)",
    "rebuttal": f"{ADD}, UPDATE (answer, upheld, answered_by, answered_at)",
    "step_effort": f"{CHANGE}, DELETE",
    "document_effort": f"{CHANGE}, DELETE",
    "published_result": f"{ADD}, UPDATE (withdrawn_at, withdrawn_by, reason)",
    "recommendation": CHANGE,
    "peer_average": f"{CHANGE}, DELETE",
}


@click.command("grant-runtime")
@click.argument("role")
@click.option("--apply", "applied", is_flag=True, help="Jalankan, bukan hanya dicetak.")
@with_appcontext
def grant_runtime(role: str, *, applied: bool) -> None:
    """Cetak SQL yang memberi ROLE hak secukupnya untuk menjalankan Mandat; jalankan sebagai pemilik tabel."""
    statements = rights_of(role)
    if applied:
        _apply(role, statements)
    for statement in statements:
        click.echo(f"{statement};")


def rights_of(role: str) -> list[str]:
    """The statements that take everything from a role and give back what it needs."""
    name = '"' + role.replace('"', '""') + '"'
    taken = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON SCHEMA public FROM {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
    ]
    given = [f'GRANT {rights} ON "{table}" TO {name}' for table, rights in RIGHTS.items()]
    counting = [
        f'GRANT USAGE ON SEQUENCE "{table}_id_seq" TO {name}'
        for table, rights in RIGHTS.items()
        if "INSERT" in rights and _counts_its_rows(table)
    ]
    return taken + given + counting


def _counts_its_rows(table: str) -> bool:
    columns = db.metadata.tables[table].columns
    return "id" in columns and columns["id"].autoincrement is not False and columns["id"].type.python_type is int


def _apply(role: str, statements: list[str]) -> None:
    if db.engine.dialect.name != "postgresql":
        raise click.ClickException("Hak per peran hanya ada di PostgreSQL; atur DATABASE_URL.")
    try:
        with db.engine.begin() as connection:
            _require_modest(connection, role)
            for statement in statements:
                connection.exec_driver_sql(statement)
    except SQLAlchemyError as error:
        raise click.ClickException(str(error.__cause__ or error).splitlines()[0]) from None


def _require_modest(connection: Connection, role: str) -> None:
    """Rights mean nothing to a superuser, to an owner, or to a member of the owner's role."""
    found = connection.execute(
        text(
            "SELECT rolsuper OR EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public'"
            " AND pg_has_role(r.oid, tableowner, 'MEMBER')) FROM pg_roles r WHERE rolname = :role"
        ),
        {"role": role},
    ).scalar()
    if found is None:
        raise click.ClickException(f"Peran {role} tidak ada. Buat dahulu: CREATE ROLE {role} LOGIN.")
    if found:
        raise click.ClickException(f"Peran {role} adalah superuser atau pemilik tabel; hak tidak berlaku baginya.")


COMMANDS = (grant_runtime,)
