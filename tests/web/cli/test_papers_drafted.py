"""`flask fields` then `flask draft`: each paper is written from what the first one prints, unchanged."""

from pathlib import Path
from typing import Any

import pytest

from governance.documents.reading import read_document
from governance.documents.text import Form
from tests.governance.documents.test_papers import PAPERS
from tests.world import World


@pytest.mark.parametrize("kind", PAPERS)
def test_what_fields_prints_is_what_draft_takes(world: World, run: Any, tmp_path: Path, kind: str) -> None:
    file, out = tmp_path / "isian.yaml", tmp_path / "naskah.docx"
    file.write_text(run("fields", kind, "--institution", "serang").stdout, encoding="utf-8")
    drafted = run("draft", kind, str(file), "--out", str(out))
    assert drafted.exit_code == 0, drafted.stderr
    read = read_document(out.read_bytes())
    assert read.form is Form.PAPER
    assert read.parts
    assert read.signer_office.endswith("KABUPATEN SERANG")
