"""The demonstration's assessment: a year under way, made by the verbs that people use; everything in it is made up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from governance.assessment import opening
from governance.assessment.course import Part, ScoreStage
from governance.assessment.cycle_models import Share
from governance.assessment.evidence_models import EvidenceUse
from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceMove, Reason
from governance.assessment.score_check import Given
from governance.kernel.clock import day_in
from governance.kernel.db import db, one_within, within
from governance.mandates.evaluation import Round
from governance.people.actors import Actor, system
from governance.tasks.handing_in import FilePart
from workflows import cycling, judging, proving, rating, share_tasks, sharing
from workflows.cycling import Moved, NewCycle, Plan
from workflows.evidence_keeping import Facts, Piece
from workflows.judging import Verdict
from workflows.library import Library
from workflows.proving import Offer
from workflows.rating import Sheet

RUNS, RATES = "diskominfo", "organisasi"  # who runs the cycle, and who rates and judges everything in it
BASE, TARGET, LIFT = 2, "2,60", Fraction(40)  # every item at 2, and items that weigh 40 of 100 at 3: an index of 2.40
EVIDENCE_DAYS = timedelta(days=21)  # in which the offices still hand in
# What becomes of the levels offered for one item after the other: in every state, given back for every reason.
FATES: tuple[tuple[tuple[int, EvidenceMove, Reason | None], ...], ...] = (
    ((1, EvidenceMove.ACCEPT, None), (2, EvidenceMove.ACCEPT, None)),
    ((1, EvidenceMove.ACCEPT, None), (2, EvidenceMove.ACCEPT, None), (3, EvidenceMove.SUBMIT, None)),
    ((1, EvidenceMove.ACCEPT, None), (2, EvidenceMove.SEND_BACK, Reason.WRONG_OBJECT)),
    ((1, EvidenceMove.SEND_BACK, Reason.NOT_UPLOADED),),
    ((1, EvidenceMove.OFFER, None), (2, EvidenceMove.SEND_BACK, Reason.LOWER_LEVEL_OPEN)),
    ((1, EvidenceMove.SUBMIT, None),),
    ((1, EvidenceMove.OFFER, None),),
)
WORDS = {
    Reason.WRONG_OBJECT: "Yang diunggah SK tim lain. Lampirkan yang menyebut indikator ini.",
    Reason.NOT_UPLOADED: "Hanya sampul yang terunggah. Lampirkan seluruh naskahnya.",
    Reason.LOWER_LEVEL_OPEN: "Buktikan dahulu tingkat 1.",
}


@dataclass(frozen=True)
class Stage:
    """Where the demonstration's assessment is played: who acts, in which cycle, when, with what at hand."""

    cast: Mapping[str, Actor]
    cycle_id: int
    instrument: Instrument
    now: datetime
    library: Library


def begin(cast: Mapping[str, Actor], *, now: datetime, library: Library) -> int:
    """Set this year's assessment up, open it, offer evidence in every state and rate every item; the cycle's id."""
    by = cast[RUNS]
    today = day_in(by.timezone, now)
    known = opening.usual(library.law.evaluation, today.year, None)
    key = known.instrument if known else list(library.instruments.by_key)[-1]
    round_ = known.round if known else Round.NONE
    plan = Plan(round_, TARGET, today + EVIDENCE_DAYS, "Isi contoh untuk peragaan.")
    cycle_id, _brought = cycling.set_up(NewCycle(today.year, key, plan), by=by, now=now, library=library)
    sharing.lay_out(cycle_id, by=_program(by), now=now, library=library)
    cycling.open_cycle(Moved(cycle_id, 1), by=by, now=now, library=library)
    share_tasks.hand_out(cycle_id, by=_program(by), now=now, library=library)
    stage = Stage(cast, cycle_id, library.instruments.instrument(key), now, library)
    for (item, office), fates in zip(_asked(stage), FATES, strict=False):
        for level, move, reason in fates:
            _played(stage, item, office, (level, move, reason))
    _rated(stage)
    return cycle_id


def lifted(instrument: Instrument, weight: Fraction) -> frozenset[str]:
    """Items of the institution's own that weigh exactly as much together; none where no such items are found."""
    found: dict[Fraction, frozenset[str]] = {Fraction(0): frozenset()}
    for item in instrument.items.values():
        if item.external is None:
            wider = {sum_ + item.weight: items | {item.key} for sum_, items in found.items()}
            found = {sum_: items for sum_, items in wider.items() if sum_ <= weight} | found
    return found.get(weight, frozenset())


def _asked(stage: Stage) -> Iterator[tuple[str, Actor]]:
    """Items with an office of the cast that answers for them, other offices first, each as seldom as can be."""
    institution_id = stage.cast[RUNS].institution_id
    rows = within(institution_id, Share, Share.item, Share.unit_id).where(
        Share.cycle_id == stage.cycle_id, Share.part == Part.RESPONSIBLE
    )
    by_unit = {actor.unit_id: actor for actor in stage.cast.values()}
    answered: dict[Actor, list[str]] = {}
    for item, unit_id in db.session.execute(rows.order_by(Share.id)).all():
        if unit_id in by_unit and stage.instrument.items[item].external is None:
            answered.setdefault(by_unit[unit_id], []).append(item)
    turns = max((len(items) for items in answered.values()), default=0)
    for turn in range(turns):
        yield from ((items[turn], actor) for actor, items in answered.items() if turn < len(items))


def _played(stage: Stage, item: str, office: Actor, fate: tuple[int, EvidenceMove, Reason | None]) -> None:
    """Offer a file for a level, and take it as far as its fate says."""
    level, move, reason = fate
    code, what = next(iter(stage.instrument.items[item].levels[level].evidence.items()))
    name = f"{code} contoh.pdf"
    offer = Offer(
        stage.cycle_id,
        item,
        level,
        Piece(file=FilePart(name, one_page(f"{code}: contoh untuk peragaan"))),
        code=code,
        pointer="hlm. 1",
        explanation=f"{what}. Isi contoh.",
        facts=Facts(dated_on=date(day_in(office.timezone, stage.now).year, 1, 15), signed=True),
    )
    use_id = proving.offer(offer, by=office, now=stage.now, library=stage.library).use_id
    if move is EvidenceMove.OFFER:
        return
    proving.submit(use_id, _version(office, use_id), by=office, now=stage.now)
    if move is not EvidenceMove.SUBMIT:
        words = WORDS[reason] if reason else "Sesuai."
        verdict = Verdict(use_id, _version(office, use_id), move, reason, words)
        judging.judge(verdict, by=stage.cast[RATES], now=stage.now, library=stage.library)


def _rated(stage: Stage) -> None:
    """The self-assessment of every item."""
    raised = lifted(stage.instrument, LIFT)
    given = tuple(
        Given(item, str(BASE + (item in raised)), explanation="Nilai contoh untuk peragaan.")
        for item in stage.instrument.items
    )
    sheet = Sheet(stage.cycle_id, ScoreStage.SELF, given)
    rating.rate(sheet, by=stage.cast[RATES], now=stage.now, library=stage.library)


def _version(by: Actor, use_id: int) -> int:
    return one_within(by.institution_id, EvidenceUse, use_id).version


def _program(by: Actor) -> Actor:
    return system(by.institution_id, by.timezone)


def one_page(text: str) -> bytes:
    """A PDF of one page with one line of plain ASCII on it."""
    shown = text.encode("ascii", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    drawn = b"BT /F1 14 Tf 72 760 Td (" + shown + b") Tj ET"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(data))
    return data + head + table + tail
