"""The tables of sentences of the maturity index, put together: one file for each of its parts."""

from governance.notices.cycle_wording import CYCLE_SENTENCES, CYCLE_SUBJECTS
from governance.notices.effort_wording import EFFORT_SENTENCES, EFFORT_SUBJECTS
from governance.notices.evidence_wording import EVIDENCE_SENTENCES, EVIDENCE_SUBJECTS
from governance.notices.proof_wording import PROOF_SENTENCES, PROOF_SUBJECTS
from governance.notices.result_wording import RESULT_SENTENCES, RESULT_SUBJECTS
from governance.notices.score_wording import SCORE_SENTENCES, SCORE_SUBJECTS
from governance.notices.share_wording import SHARE_SENTENCES, SHARE_SUBJECTS
from governance.notices.sheet_wording import SHEET_SENTENCES, SHEET_SUBJECTS

ASSESSMENT_TABLES = (
    CYCLE_SENTENCES,
    EFFORT_SENTENCES,
    EVIDENCE_SENTENCES,
    PROOF_SENTENCES,
    RESULT_SENTENCES,
    SCORE_SENTENCES,
    SHARE_SENTENCES,
    SHEET_SENTENCES,
)
ASSESSMENT_SUBJECT_TABLES = (
    CYCLE_SUBJECTS,
    EFFORT_SUBJECTS,
    EVIDENCE_SUBJECTS,
    PROOF_SUBJECTS,
    RESULT_SUBJECTS,
    SCORE_SUBJECTS,
    SHARE_SUBJECTS,
    SHEET_SUBJECTS,
)
