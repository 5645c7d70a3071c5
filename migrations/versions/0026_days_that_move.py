"""A delivery that is still open may get another last day; a closed day is withdrawn once and never deleted."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

RECEIPT = ("received_on", "way", "received_by", "scan_sha256", "recorded_at", "recorded_by_id", "by_title")
DELIVERED = ("id", "institution_id", "act_id", "document_id", "place", "recipient", "post_id", "unit_id", "created_at")
WITHDRAWAL = ("withdrawn_at", "withdrawn_by", "reason", "version")
ENTERED = ("id", "institution_id", "day", "name", "kind", "source", "by_title", "entered_at")


def upgrade() -> None:
    _drop("delivery", "UPDATE")
    _refuse("delivery", "UPDATE", _once(DELIVERED, (*RECEIPT, "due_on"), "received_on"))
    for what in _kinds():
        _refuse("closed_day", what, _once(ENTERED, WITHDRAWAL, "withdrawn_at") if what == "UPDATE" else "")


def downgrade() -> None:
    for what in _kinds():
        _drop("closed_day", what)
    _drop("delivery", "UPDATE")
    _refuse("delivery", "UPDATE", _once((*DELIVERED, "due_on"), RECEIPT, "received_on"))


def _once(fixed: tuple[str, ...], added: tuple[str, ...], when: str) -> str:
    """The condition under which an update is refused: a fixed column changes, or what may follow had followed."""
    changed = [f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in fixed]
    changed += [f'OLD.{when} IS NOT NULL AND NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in added]
    return " OR ".join(f"({one})" for one in changed)


def _kinds() -> tuple[str, ...]:
    return ("UPDATE", "DELETE", "TRUNCATE") if _on_postgresql() else ("UPDATE", "DELETE")


def _on_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")


def _drop(table: str, what: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_{what.lower()}{f' ON {table}' if _on_postgresql() else ''}")


def _refuse(table: str, what: str, condition: str) -> None:
    """No row goes; a row changes only where `condition` (none: never) does not refuse it."""
    name = f"{table}_no_{what.lower()}"
    if _on_postgresql():
        each = "STATEMENT" if what == "TRUNCATE" else f"ROW{f' WHEN ({condition})' if condition else ''}"
        op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH {each} EXECUTE FUNCTION refuse_change()")
        return
    when = f" WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}" if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {what} ON {table}{when}"
        f" BEGIN SELECT RAISE(ABORT, 'closed: {what} of {table} is refused'); END"
    )
