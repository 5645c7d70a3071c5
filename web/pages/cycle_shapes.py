"""How a year's assessment looks to its pages: its stage, its target, what is missing, who does what, the ways on."""

from datetime import date
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.assessment import course
from governance.assessment.course import CycleMove, CycleRole, Stage
from governance.assessment.cycles import Seen
from governance.assessment.listing import Listed, Story
from governance.assessment.opening import Lack
from governance.assessment.scoring import as_fraction, two_decimals
from governance.mandates.evaluation import Round
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.days import days_left
from web.pages.cycle_ways import ways_of
from web.wording import duty_told, marked, told

STAGES = {
    Stage.PREPARATION: marked("Persiapan"),
    Stage.EXECUTION: marked("Pelaksanaan"),
    Stage.REPORTING: marked("Pelaporan"),
    Stage.CLOSED: marked("Ditutup"),
}
IN_EACH = {
    Stage.PREPARATION: marked("target, peran, dan pembagian indikator"),
    Stage.EXECUTION: marked("bukti dikumpulkan, asesor internal menilai"),
    Stage.REPORTING: marked("penanggung jawab memeriksa, berita acara ditandatangani"),
    Stage.CLOSED: marked("dibekukan; tidak dapat diubah lagi"),
}
HEADINGS = {
    Stage.PREPARATION: marked("Penilaian %(year)s sedang disiapkan"),
    Stage.EXECUTION: marked("Penilaian %(year)s sedang berjalan"),
    Stage.REPORTING: marked("Penilaian %(year)s menunggu penanggung jawab"),
    Stage.CLOSED: marked("Penilaian %(year)s sudah ditutup"),
}
MISSING = {
    Stage.PREPARATION: marked("Sebelum dibuka"),
    Stage.EXECUTION: marked("Sebelum diserahkan"),
    Stage.REPORTING: marked("Sebelum ditutup"),
}
ROUNDS = {
    Round.MONITORING: marked("Pemantauan"),
    Round.EVALUATION: marked("Evaluasi"),
    Round.NONE: marked("Penilaian mandiri saja"),
}
ROUNDS_TOLD = {
    Round.MONITORING: marked("Penilaian mandiri dan penilaian dokumen."),
    Round.EVALUATION: marked("Penilaian mandiri, penilaian dokumen, interviu, dan visitasi."),
    Round.NONE: marked("Tidak ada pemantauan atau evaluasi kementerian tahun ini."),
}
ROLES = {
    CycleRole.DATA_ENTRY: marked("Pelaksana entri data"),
    CycleRole.ASSESSOR: marked("Asesor internal"),
    CycleRole.ANSWERABLE: marked("Penanggung jawab"),
    CycleRole.COORDINATOR: marked("Koordinator"),
}
DONE = {
    CycleMove.OPEN: marked("membuka penilaian"),
    CycleMove.REPORT: marked("menyerahkan penilaian mandiri"),
    CycleMove.SEND_BACK: marked("mengembalikan"),
    CycleMove.CLOSE: marked("menutup"),
}
ACTS = {
    CycleMove.OPEN: Act.RUN_CYCLE,
    CycleMove.REPORT: Act.RUN_CYCLE,
    CycleMove.SEND_BACK: Act.SEND_BACK_CYCLE,
    CycleMove.CLOSE: Act.CLOSE_CYCLE,
}
LABELS = {
    "year": marked("Tahun"),
    "instrument": marked("Instrumen"),
    "round": marked("Jenis"),
    "target": marked("Target indeks (IKD)"),
    "ready_by": marked("Bukti lengkap paling lambat"),
    "note": marked("Catatan"),
    "carry": marked("Dibawa dari"),
    "words": marked("Catatan"),
}


def listed_shape(one: Listed) -> dict[str, Any]:
    """A year in the list."""
    return {
        "year": one.year,
        "url": url_for("pages.cycle", cycle_id=one.id),
        "instrument": instrument_title(one.instrument),
        "round": _(ROUNDS[one.round]),
        "stage": one.stage.value,
        "stage_told": _(STAGES[one.stage]),
        "target": target_told(one.target),
        "closed_at": one.closed_at,
    }


def waiting_shape(one: Listed) -> dict[str, Any]:
    """A cycle that waits for the reader, as lists of what waits show it."""
    return {
        "title": _("Penilaian mandiri %(year)s", year=one.year),
        "url": url_for("pages.cycle", cycle_id=one.id),
        "asked": _("Diserahkan kepada Anda: periksa, lalu tutup atau kembalikan."),
        "due_on": None,
        "days_left": None,
        "facts": [],
        "act": _("Periksa"),
    }


def cycle_shape(cycle: Seen, actor: Actor, today: date) -> dict[str, Any]:
    """A cycle as its own page shows it."""
    return {
        "id": cycle.id,
        "year": cycle.year,
        "heading": _(HEADINGS[cycle.stage], year=cycle.year),
        "instrument": instrument_title(cycle.instrument),
        "round": _(ROUNDS[cycle.round]),
        "round_told": _(ROUNDS_TOLD[cycle.round]),
        "stage": cycle.stage.value,
        "target": target_told(cycle.target),
        "ready_by": cycle.ready_by,
        "days_left": None if cycle.is_closed else days_left(cycle.ready_by, today),
        "frozen": cycle.frozen_sha256,
        "version": cycle.version,
        "own": ", ".join(_(ROLES[role]) for role in CycleRole if role in cycle.seats),
        "shared": len(cycle.shared),
        "can_plan": not cycle.is_closed and permissions.may(actor, Act.RUN_CYCLE, cycle.matter(actor)),
    }


def stages_shape(cycle: Seen) -> list[dict[str, Any]]:
    """The four stages in a row: what is over, where it stands, what comes."""
    order = list(Stage)
    at = order.index(cycle.stage)
    return [
        {
            "title": _(STAGES[stage]),
            "about": _(IN_EACH[stage]),
            "is_now": place == at and not cycle.is_closed,
            "is_next": place > at,
        }
        for place, stage in enumerate(order)
    ]


def missing_shape(cycle: Seen, lacks: list[Lack], ways: dict[str, str]) -> dict[str, Any]:
    """What is missing before the next move, each with the way to where it is mended."""
    rows = [
        {"parts": _around(lack), "blocks": lack.blocks, "url": ways.get(lack.way, "")}
        for lack in sorted(lacks, key=lambda lack: not lack.blocks)
    ]
    blocking = sum(lack.blocks for lack in lacks)
    return {"title": _(MISSING[cycle.stage]) if not cycle.is_closed else "", "rows": rows, "blocking": blocking}


def _around(lack: Lack) -> tuple[str, str, str]:
    """The sentence before, in and after the title of a paper, which is the law's own."""
    said = told(lack.key, lack.params)
    mandate = (lack.params or {}).get("mandate")
    return said.partition(duty_told(str(mandate), "")) if mandate else (said, "", "")


def moves_of(cycle: Seen, actor: Actor) -> list[str]:
    """The moves that the stage knows and this actor may make."""
    matter = cycle.matter(actor)
    known = [move for stage, move in course.MOVES if stage is cycle.stage]
    return [move.value for move in known if permissions.may(actor, ACTS[move], matter)]


def story_shape(found: Story) -> dict[str, Any]:
    """What was done and who takes which part; parts that nobody takes are named too."""
    held: dict[CycleRole, list[str]] = {role: [] for role in CycleRole}
    for seat in found.seats:
        held[seat.role].append(seat.title)
    return {
        "done": [{"by": one.by, "said": _(DONE[one.move]), "words": one.words, "at": one.at} for one in found.done],
        "seats": [(_(ROLES[role]), titles) for role, titles in held.items()],
        "is_being_laid_out": found.is_being_laid_out,
    }


def ways_shape(cycle: Seen) -> list[dict[str, str]]:
    """The ways on from the cycle's page in its stage."""
    return [
        {
            "label": _(way.label),
            "about": _(way.about),
            "url": url_for(way.endpoint, cycle_id=cycle.id) if way.of_cycle else url_for(way.endpoint),
        }
        for way in ways_of(cycle.stage)
    ]


def target_told(target: Fraction | None) -> str:
    """The exact target as it is written here: "2,60"; beside it the fraction where two decimals do not say all."""
    if target is None:
        return ""
    written = two_decimals(target).replace(".", ",")
    return written if (target * 100).denominator == 1 else f"{as_fraction(target)} (≈ {written})"


def target_typed(target: Fraction | None) -> str:
    """The target as it stands in the form: exact, so that saving it again changes nothing."""
    if target is None:
        return ""
    return target_told(target) if (target * 100).denominator == 1 else as_fraction(target)


def instrument_title(key: str) -> str:
    """What an instrument is called; its key where it is no longer known."""
    known = library().instruments.by_key.get(key)
    return f"{known.index_name} ({known.indicators} indikator)" if known else key
