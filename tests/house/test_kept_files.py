"""The table of columns that name files is complete, so that a sweep never takes a file that a row needs."""

import governance.obligations.models
import governance.tasks.models  # noqa: F401
from governance.kernel.db import db
from workflows.kept_files import NAMES_A_FILE, NAMES_NO_FILE


def test_every_sha256_column_names_a_file_or_is_said_not_to() -> None:
    columns = {
        str(column) for table in db.metadata.sorted_tables for column in table.columns if "sha256" in column.name
    }
    said = [f"{one.class_.__tablename__}.{one.key}" for one in (*NAMES_A_FILE, *NAMES_NO_FILE)]
    assert sorted(said) == sorted(columns), "add the column to workflows/kept_files.py"
