"""What a cycle's workbook holds: its sheets, their columns, and which cells of them are written into; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from governance.assessment.course import SCORES, ScoreStage
from governance.assessment.effort_check import LONGEST_NOTE, LONGEST_TITLE
from governance.mandates.evaluation import Round

SHARES, SCORED, PROVEN, EFFORTS, PAPERS = "Pembagian", "Nilai", "Bukti", "Upaya", "Dokumen"
GUIDE, CHOICES, ORIGIN = "Petunjuk", "Pilihan", "Asal"
FIRST_ROW = 2  # the first one holds the headings
FORMAT = "1"  # of the workbook; another one is not read
MOST_ROWS = 2000
LONGEST_WORDS = 4000
RULED_OUT = "-"  # the effort of a step that is not possible

# A cell of the workbook: its sheet, what its row is about ("5", "5:3", "rencana_induk"), its column.
Place = tuple[str, str, str]
Cells = Mapping[Place, str]

STAGES: dict[ScoreStage, str] = {
    ScoreStage.PROPOSAL: "Usulan responden",
    ScoreStage.SELF: "Penilaian mandiri",
    ScoreStage.DOCUMENT: "Penilaian dokumen",
    ScoreStage.INTERVIEW: "Interviu",
    ScoreStage.VISIT: "Visitasi",
    ScoreStage.FINAL: "Nilai akhir",
}


class Holds(StrEnum):
    """What a column's cells hold."""

    ITEM = "item"
    NAME = "name"  # of the item: only read, to see that a row has kept its place
    ABOUT = "about"  # what a key stands for: only shown
    OFFICE = "office"
    OFFICES = "offices"
    SCORE = "score"
    WORDS = "words"
    LEVEL = "level"
    EFFORT = "effort"
    COST = "cost"  # an effort that cannot be ruled out
    DAY = "day"
    RUNGS = "rungs"
    KEYS = "keys"
    KEY = "key"


SHOWN = (Holds.NAME, Holds.ABOUT)  # beside what names a row


@dataclass(frozen=True)
class Column:
    """One column; the first ones (`names`) say what a row is about."""

    key: str
    label: str
    holds: Holds
    width: int = 16
    names: bool = False
    limit: int = LONGEST_WORDS


@dataclass(frozen=True)
class Layout:
    """One sheet that is read back."""

    name: str
    columns: tuple[Column, ...]

    @property
    def naming(self) -> tuple[int, ...]:
        """The places of the columns that together name a row."""
        return tuple(place for place, one in enumerate(self.columns) if one.names and one.holds not in SHOWN)


_ITEM = Column("item", "Butir", Holds.ITEM, 8, names=True)
_NAME = Column("name", "Nama", Holds.NAME, 44, names=True)

_SHARES = Layout(
    SHARES,
    (
        _ITEM,
        _NAME,
        Column("responsible", "Penanggung jawab", Holds.OFFICE, 30),
        Column("contributors", "Kontributor", Holds.OFFICES, 44),
    ),
)
_EFFORTS = Layout(
    EFFORTS,
    (
        _ITEM,
        _NAME,
        Column("level", "Ke tingkat", Holds.LEVEL, 10, names=True),
        Column("effort", "Upaya", Holds.EFFORT, 10),
        Column("unit", "Perangkat daerah", Holds.OFFICE, 30),
        Column("earliest", "Paling cepat", Holds.DAY, 14),
        Column("needs", "Syarat", Holds.RUNGS, 18),
        Column("documents", "Dokumen", Holds.KEYS, 30),
        Column("note", "Catatan", Holds.WORDS, 40, limit=LONGEST_NOTE),
    ),
)
_PAPERS = Layout(
    PAPERS,
    (
        Column("key", "Kunci", Holds.KEY, 30, names=True),
        Column("about", "Nama", Holds.ABOUT, 50, names=True),
        Column("title", "Judul", Holds.WORDS, 60, limit=LONGEST_TITLE),
        Column("effort", "Upaya", Holds.COST, 10),
    ),
)


def why(stage: ScoreStage) -> str:
    """The key of the column that explains a stage's score."""
    return f"{stage.value}.why"


def layouts_of(asked: Round) -> tuple[Layout, ...]:
    """The sheets that are read back in a cycle of that round, in their order."""
    columns = [_ITEM, _NAME]
    for stage in SCORES[asked]:
        columns.append(Column(stage.value, STAGES[stage], Holds.SCORE, 14))
        columns.append(Column(why(stage), f"Penjelasan {STAGES[stage].lower()}", Holds.WORDS, 40))
    return _SHARES, Layout(SCORED, tuple(columns)), _EFFORTS, _PAPERS


def stage_headed(heading: str) -> ScoreStage | None:
    """The stage that a heading speaks of, also one that the cycle's round does not have."""
    asked = heading.casefold().removeprefix("penjelasan ").strip()
    return next((stage for stage, label in STAGES.items() if label.casefold() == asked), None)
