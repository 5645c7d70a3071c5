"""The shapes of the API, for its description; reading a body strictly is `bodies`' work."""

from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, Date, DateTime, Dict, Integer, List, Nested, Raw, String


class DocumentIn(Schema):
    """What opens a document; `fields` as `flask fields KIND` prints them."""

    kind = String(required=True)
    year = Integer(required=True)
    title = String()
    fields_ = Dict(required=True, data_key="fields")
    secrecy = String(metadata={"enum": ["biasa", "terbatas", "rahasia"]})


class DocumentQuery(Schema):
    """How a list is filtered."""

    state = String()
    kind = String()
    after = String()


class DocumentOut(Schema):
    """A document as the caller sees it; `seen` must be named by his next move."""

    id = Integer()
    kind = String()
    year = Integer()
    title = String()
    state = String()
    secrecy = String()
    initiating_unit = String()
    seen = String()
    sha256 = String(allow_none=True)
    number = String(allow_none=True)
    signed_on = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    scan = String(allow_none=True)
    way = String(allow_none=True)  # wet, signed_pdf, national
    signed = String(allow_none=True)  # the sha256 of the PDF with its electronic signature
    gazette = String(allow_none=True)
    promulgated_on = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    effect = String(allow_none=True)
    revoked_on = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    waiting_for = List(String())
    due_on = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    moves = List(String())


class DocumentList(Schema):
    """A page of documents."""

    items = List(Nested(DocumentOut))
    next = String(allow_none=True)


class FindingOut(Schema):
    """What the form check says of one place; `rule` never changes its name."""

    rule = String()
    severity = String(metadata={"enum": ["error", "warning", "note"]})
    place = String()
    message = String()
    source = String()


class FindingList(Schema):
    """Everything found, most serious first."""

    items = List(Nested(FindingOut))
    next = String(allow_none=True)


class MoveIn(Schema):
    """A move on what the caller last saw."""

    move = String(required=True)
    seen = String(required=True)
    reason = String()
    signed_on = Date()
    number = String()
    letter_number = String()
    letter_date = Date()
    step = String()
    promulgated_on = Date()
    to_step = Integer(metadata={"description": "return_step: langkah tujuan, dihitung dari 1"})
    to_post = String(metadata={"description": "forward: kunci jabatan yang menerima paraf"})
    for_post = String(metadata={"description": "forward oleh Bagian Hukum: kunci jabatan yang digantikan"})


class CommentIn(Schema):
    """What is said about a part of the revision that `seen` marks; `place` as the page's list names the parts."""

    seen = String(required=True)
    place = String(
        required=True, metadata={"description": "title, considerations, dictums.KEDUA, annexes.0, form.SECTION"}
    )
    text = String(required=True)


class AnswerIn(Schema):
    """The answer to a comment; it is given once."""

    text = String(required=True)


class CommentOut(Schema):
    """A comment with the revision it was made on, and its answer once there is one."""

    id = Integer()
    revision = Integer()
    place = String()
    label = String()
    section = String()
    text = String()
    by = String()
    at = Raw(metadata={"type": "string", "format": "date-time"})
    answer = String(allow_none=True)
    answered_by = String(allow_none=True)
    answered_at = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date-time"})


class CommentMade(CommentOut):
    """A comment just written."""


class CommentAnswered(CommentOut):
    """A comment just answered."""


class CommentList(Schema):
    """Every comment on a document."""

    items = List(Nested(CommentOut))
    next = String(allow_none=True)


class Step(Schema):
    """One step of how a date was computed."""

    key = String()
    text = String()


class ObligationOut(Schema):
    """An obligation with its date, why then, and how it was answered; `version` must be named by the next move."""

    id = Integer()
    obligation = String()
    title = String()
    stage = String()
    year = Integer()
    family = String()
    group = String()
    unit = String()
    begins_on = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    due_on = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    estimated = Boolean()
    how_sure = String()
    basis = String()
    computed = List(Nested(Step))
    awaits = List(String())
    state = String(metadata={"enum": ["late", "due", "open", "estimate", "undated", "met", "waived", "dropped"]})
    met_on = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    met_by = String()
    reason = String()
    by = String()
    acknowledged = Boolean()
    version = Integer()


class ReminderOut(Schema):
    """A reminder that was sent."""

    rung = String()
    at = DateTime()


class ObligationWhole(ObligationOut):
    """One obligation with every reminder and the moves that the caller may make."""

    reminders = List(Nested(ReminderOut))
    moves = List(String(metadata={"enum": ["report", "waive", "acknowledge", "take_back"]}))


class ObligationAnswered(ObligationWhole):
    """An obligation after a move."""


class ObligationMoveIn(Schema):
    """An answer on the version the caller saw."""

    move = String(required=True, metadata={"enum": ["report", "waive", "acknowledge", "take_back"]})
    version = Integer(required=True)
    how = String(metadata={"description": "report: dengan apa dipenuhi"})
    on = Date(metadata={"description": "report: dipenuhi pada; tanpa isi berarti hari ini"})
    task_id = Integer(metadata={"description": "report: tugas yang penyerahannya sudah dinyatakan lengkap"})
    reason = String(metadata={"description": "waive, take_back: alasannya"})


class ObligationQuery(Schema):
    """Which year, this one where none is named; and what of it."""

    year = Integer()
    group = String()
    state = String()


class ObligationList(Schema):
    """A year's obligations by date."""

    items = List(Nested(ObligationOut))
    next = String(allow_none=True)


class MilestoneOut(Schema):
    """A dated fact of the institution that its timetable rests on."""

    id = Integer()
    key = String()
    title = String()
    year = Integer(allow_none=True)
    day = Raw(metadata={"type": "string", "format": "date"})
    until = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    number = String()
    note = String()
    by = String()
    entered_at = DateTime()
    withdrawn_at = DateTime(allow_none=True)
    reason = String()


class MilestoneList(Schema):
    """Every dated fact, the latest day first; withdrawn ones too."""

    items = List(Nested(MilestoneOut))
    next = String(allow_none=True)


class NoticeOut(Schema):
    """What the caller was told."""

    id = Integer()
    key = String()
    text = String()
    document_id = Integer(allow_none=True)
    task_id = Integer(allow_none=True)
    obligation_id = Integer(allow_none=True)
    created_at = DateTime()
    read_at = DateTime(allow_none=True)


class NoticeQuery(Schema):
    """From where the list goes on."""

    after = String()


class NoticeList(Schema):
    """A page of notices, the newest first."""

    items = List(Nested(NoticeOut))
    next = String(allow_none=True)
    unread = Integer()


class RegulationQuery(Schema):
    """On which day, and which words; today and all where none is named."""

    on = Date()
    q = String()


class RegulationOut(Schema):
    """A regulation as the caller's institution sees it on a day; `why_not` says why there is no `citation`."""

    key = String()
    type = String()
    number = Integer(allow_none=True)
    year = Integer(allow_none=True)
    name = String()
    title = String()
    gazette = Dict(allow_none=True)
    in_force_from = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    in_force_to = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    in_preparation = Boolean()
    origin = String()
    how_sure = String()
    on = Raw(metadata={"type": "string", "format": "date"})
    state = String()
    since = Raw(allow_none=True, metadata={"type": ["string", "null"], "format": "date"})
    amended_by = List(String())
    revoked_by = String(allow_none=True)
    citation = String(allow_none=True)
    complete = Boolean()
    why_not = String()
    kinds = List(String())


class RegulationRead(RegulationOut):
    """One regulation, read by its key."""


class RegulationList(Schema):
    """The register in the order of Mengingat."""

    items = List(Nested(RegulationOut))
    next = String(allow_none=True)


class PdfQuery(Schema):
    """Which form is meant; the naskah where none is named."""

    form = String(metadata={"enum": ["naskah", "salinan"]})


class PdfProblem(Schema):
    """How far a PDF is: a problem of RFC 9457 with its state, and how many files are printed before it."""

    type = String()
    title = String()
    status = Integer()
    detail = String()
    request_id = String()
    state = String(metadata={"enum": ["waiting", "running", "failed"]})
    before = Integer()


_PROBLEM = {"content": {"application/problem+json": {"schema": PdfProblem}}}
PDF_ANSWERS: dict[int, Any] = {
    200: {
        "description": "PDF",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    },
    202: {"description": "Masih dikerjakan: tanya lagi nanti", **_PROBLEM},
    401: "Tanpa token yang dikenal",
    404: "Tidak ada, atau belum diminta (POST)",
    409: {"description": "Tidak dapat dibuat; `detail` menyebut sebabnya", **_PROBLEM},
    422: "Bentuk yang tidak dikenal",
}
ASKED_ANSWERS: dict[int, Any] = {
    202: {"description": "Sudah diminta; hasilnya di Location", **_PROBLEM},
    401: "Tanpa token yang dikenal",
    404: "Tidak ada",
    409: {"description": "Tidak dapat diminta: draf yang belum diajukan, atau LibreOffice tidak terpasang", **_PROBLEM},
    422: "Bentuk yang tidak dikenal",
}
