"""Decrees for the tests of this folder, made from the data as shipped."""

import functools
import os
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from config.settings import ROOT
from governance.documents.drafting import DocumentText, compose
from governance.documents.fields import defaults
from governance.documents.kind_files import read_kinds
from governance.documents.kinds import Kind
from governance.documents.rendering import Templates
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts
from governance.people.institution_files import read_all

KIND = "coordination_team_decree"
FOLDER = ROOT / "doc_templates"
TEMPLATE = FOLDER / f"{KIND}.docx"
NUMBER = "656.1/Kep. 160-Huk.Diskominfo/2020"
SIGNED_ON = date(2020, 3, 16)
DOCUMENT = "word/document.xml"


@functools.cache
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


@functools.cache
def institutions() -> dict[str, InstitutionFacts]:
    return read_all(ROOT / "config" / "institutions") | read_all(ROOT / "tests" / "institutions")


@functools.cache
def kind() -> Kind:
    return read_kinds(FOLDER)[KIND]


@functools.cache
def templates() -> Templates:
    return Templates.read(FOLDER)


def fields(institution: str = "serang", on: date = date(2020, 3, 2), year: int | None = None) -> dict[str, Any]:
    return defaults(kind(), institution=institutions()[institution], law=law(), year=year or on.year, on=on)


def text(institution: str = "serang", on: date = date(2020, 3, 2), **changes: Any) -> DocumentText:
    given = {**fields(institution, on), **changes}
    return compose(kind(), given, institution=institutions()[institution], law=law(), on=on)


def draft(institution: str = "serang", on: date = date(2020, 3, 2), **changes: Any) -> bytes:
    return templates().render(KIND, text(institution, on, **changes))


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def changed(data: bytes, name: str, old: str, new: str, times: int = -1) -> bytes:
    """The file with a text of one member replaced; the text must be there."""
    members = members_of(data)
    content = members[name].decode()
    assert old in content, f"{name} does not hold {old!r}"
    return zipped({**members, name: content.replace(old, new, times)})


def converted(data: bytes, to: str, folder: Path) -> bytes:
    """What LibreOffice makes of a Word file; its profile lies in the test's own folder."""
    source = folder / "naskah.docx"
    source.write_bytes(data)
    made = folder / "made"
    words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
    subprocess.run(
        [*words, "--outdir", str(made), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(folder)},
    )
    return next(made.iterdir()).read_bytes()
