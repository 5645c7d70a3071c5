"""Closed cycles: what hangs on a closed cycle is not added to, changed or removed; what was said once stays said."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

# What hangs on a cycle and rests with it. A step may still be told after the close; it is written once all the same.
OF_A_CYCLE = (
    "cycle_seat",
    "share",
    "cycle_task",
    "cycle_paper",
    "table_import",
    "evidence_use",
    "score",
    "rebuttal",
    "step_effort",
    "document_effort",
)
FILE = ("id", "institution_id", "act_id", "sha256", "media", "size", "unit_id", "by_title", "at")
SCORED = ("id", "institution_id", "cycle_id", "item", "stage", "value", "source_value", "explanation", "holding_id",
          "by_title", "at")  # fmt: skip
SAID = ("id", "institution_id", "cycle_id", "score_id", "value", "words", "by_title", "at")
ANSWER = ("answer", "upheld", "answered_by", "answered_at")
DECLARED = ("id", "institution_id", "act_id", "state", "on", "evidence_id", "pointer", "by_title", "at")
PUBLISHED = ("id", "institution_id", "year", "instrument", "predicate", "target", "number", "dated_on", "source",
             "scan_sha256", "by_title", "entered_at")  # fmt: skip


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "CREATE FUNCTION refuse_closed_cycle() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE of_cycle bigint; BEGIN"
            " IF TG_OP = 'DELETE' THEN of_cycle := OLD.cycle_id; ELSE of_cycle := NEW.cycle_id; END IF;"
            " IF TG_OP = 'UPDATE' AND OLD.cycle_id <> NEW.cycle_id THEN"
            " RAISE EXCEPTION 'closed: % of % to another cycle is refused', TG_OP, TG_TABLE_NAME"
            " USING ERRCODE = 'restrict_violation'; END IF;"
            " PERFORM 1 FROM cycle WHERE id = of_cycle AND stage = 'closed';"
            " IF FOUND THEN RAISE EXCEPTION 'closed: % of % is refused', TG_OP, TG_TABLE_NAME"
            " USING ERRCODE = 'restrict_violation'; END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
    for table in OF_A_CYCLE:
        (_with_the_cycle_postgresql if postgresql else _with_the_cycle_sqlite)(table)
    _close("cycle", "OLD.stage = 'closed'")
    _close("cycle_step", "")
    _close("evidence", _once(FILE, ("withdrawn_at", "withdrawn_by", "withdrawn_reason"), "withdrawn_at"))
    _close("evidence_step", "")
    _close("score", f"{_changed(SCORED)} OR (NEW.counts AND NOT OLD.counts)")
    _close("rebuttal", _once(SAID, ANSWER, "answered_at"))
    _close("declaration", _once(DECLARED, ("withdrawn_at", "withdrawn_by", "withdrawn_reason"), "withdrawn_at"))
    _close("published_result", _once(PUBLISHED, ("withdrawn_at", "withdrawn_by", "reason"), "withdrawn_at"))


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    once = ("cycle", "cycle_step", "evidence", "evidence_step", "score", "rebuttal", "declaration", "published_result")
    for table in once:
        for what in ("update", "delete", "truncate") if postgresql else ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{what}" + (f" ON {table}" if postgresql else ""))
    for table in OF_A_CYCLE:
        for what in ("all",) if postgresql else ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER {table}_closed_{what}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION refuse_closed_cycle()")


def _with_the_cycle_postgresql(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_closed_all BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
        " EXECUTE FUNCTION refuse_closed_cycle()"
    )


def _with_the_cycle_sqlite(table: str) -> None:
    for what, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        elsewhere = "OLD.cycle_id <> NEW.cycle_id OR " if what == "UPDATE" else ""
        op.execute(
            f"CREATE TRIGGER {table}_closed_{what.lower()} BEFORE {what} ON {table} WHEN {elsewhere}"
            f"(SELECT stage FROM cycle WHERE id = {row}.cycle_id) = 'closed'"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {what} of {table} is refused'); END"
        )


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns)


def _once(fixed: tuple[str, ...], added: tuple[str, ...], when: str) -> str:
    """The condition under which an update is refused: a fixed column changes, or what is added was there already."""
    changed = [f'OLD.{when} IS NOT NULL AND NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in added]
    return " OR ".join(f"({one})" for one in (_changed(fixed), *changed))


def _close(table: str, condition: str) -> None:
    """No row goes; a row changes only where `condition` (none: never) does not refuse it."""
    if op.get_bind().dialect.name == "postgresql":
        when = f" WHEN ({condition})" if condition else ""
        for what, each in (("UPDATE", f"ROW{when}"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} FOR EACH {each}"
                " EXECUTE FUNCTION refuse_change()"
            )
        return
    when = f" WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}" if condition else ""
    for what, only in (("UPDATE", when), ("DELETE", "")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table}{only}"
            f" BEGIN SELECT RAISE(ABORT, 'closed: {what} of {table} is refused'); END"
        )
