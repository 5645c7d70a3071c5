"""The form of a document, checked: every point as a rule with its severity and its source, and the one judge of all.

UU 12/2011 Lampiran II is the technique of regulations; legal sections hold Keputusan to it as well. "praktik" marks
what real documents show and no rule that was read says: such a point warns or notes, and never refuses.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from governance.documents import form_annexes as annexes
from governance.documents import form_articles as articles
from governance.documents import form_citations as citations
from governance.documents import form_dictums as dictums
from governance.documents import form_heading as heading
from governance.documents import form_reasons as reasons
from governance.documents import form_signers as signers
from governance.documents import form_team as team
from governance.documents import form_wording as wording
from governance.documents.form_case import Case, Fault, Finding, Rule, Severity
from governance.documents.text import Form

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
ONLY_KEPUTUSAN, ONLY_PERATURAN, EVERY_FORM = (Form.DECREE,), (Form.REGULATION,), tuple(Form)
MOST = 20  # findings of one rule that are told
LAMPIRAN_II, UU_30, PRACTICE = "UU 12/2011 Lampiran II angka", "UU 30/2014 Pasal", "praktik"
LAMPIRAN_II_WHOLE, UU_23 = "UU 12/2011 Lampiran II", "UU 23/2014 Pasal 248"
TEAM = "susunan tim menurut peraturan pada tanggal naskah"  # each finding names its article
LABELS = "Keputusan Menteri PANRB 965/2021 (KESATU, KEDUA, ...)"

RULES: tuple[Rule, ...] = (
    Rule("parts.missing", ERROR, f"{LAMPIRAN_II} 4-59", heading.missing_part, EVERY_FORM),
    Rule("parts.order", ERROR, f"{LAMPIRAN_II} 4-59", heading.order_of_parts),
    Rule("parts.unknown", NOTE, PRACTICE, wording.no_part, EVERY_FORM),
    Rule("parts.too_long", WARNING, PRACTICE, wording.too_long, EVERY_FORM),
    Rule("title.mark", ERROR, f"{LAMPIRAN_II} 4", heading.title_marks),
    Rule("title.capitals", ERROR, f"{LAMPIRAN_II} 4", heading.title_capitals),
    Rule("title.abbreviation", ERROR, f"{LAMPIRAN_II} 5", heading.abbreviations),
    Rule("title.decided", ERROR, f"{LAMPIRAN_II} 58", heading.title_decided),
    Rule("title.concluded", ERROR, f"{LAMPIRAN_II} 23", heading.title_concluded),
    Rule("title.annex", ERROR, f"{LAMPIRAN_II} 195", heading.title_in_annexes),
    Rule("title.term", WARNING, "istilah dalam peraturan yang dikutip", wording.term),
    Rule("title.terms_mixed", WARNING, "istilah dalam peraturan yang dikutip", wording.mixed_terms),
    Rule("grace.missing", ERROR, f"{LAMPIRAN_II} 15", heading.grace_missing, ONLY_PERATURAN),
    Rule("grace.strange", WARNING, f"{LAMPIRAN_II} 15; {PRACTICE}", heading.grace_strange, ONLY_KEPUTUSAN),
    Rule("office.comma", ERROR, f"{LAMPIRAN_II} 16 dan 166", heading.office_comma),
    Rule("office.other", ERROR, "data pemerintah daerah", heading.office_known),
    Rule("reasons.opening", ERROR, f"{LAMPIRAN_II} 22", reasons.opening),
    Rule("reasons.mark", ERROR, f"{LAMPIRAN_II} 22", reasons.closing_mark),
    Rule("reasons.sentence", WARNING, f"{LAMPIRAN_II} 22", reasons.one_sentence),
    Rule("reasons.letters", ERROR, f"{LAMPIRAN_II} 23", reasons.names_its_letters),
    Rule("reasons.conclusion", ERROR, f"{LAMPIRAN_II} 23", reasons.concludes),
    Rule("reasons.none", WARNING, f"{UU_30} 55 ayat (1)", reasons.gives_reasons),
    Rule("reasons.only_necessary", WARNING, f"{LAMPIRAN_II} 20", reasons.says_why),
    Rule("reasons.reference", ERROR, f"{LAMPIRAN_II} 22", reasons.refers_to_known_letters),
    Rule("reasons.lettering", ERROR, f"{LAMPIRAN_II} 22", reasons.lettering),
    Rule("bases.mark", ERROR, f"{LAMPIRAN_II} 52", citations.closing_mark),
    Rule("bases.numbering", ERROR, f"{LAMPIRAN_II} 52", citations.numbering),
    Rule("bases.order", ERROR, f"{LAMPIRAN_II} 43", citations.order),
    Rule("bases.republic", ERROR, f"{LAMPIRAN_II} 44-45", citations.republic),
    Rule("bases.article", ERROR, f"{LAMPIRAN_II} 44-45", citations.article),
    Rule("bases.circular", ERROR, f"{LAMPIRAN_II} 41", citations.circular),
    Rule("bases.rank", ERROR, f"{LAMPIRAN_II} 41", citations.rank),
    Rule("bases.decision", WARNING, f"{LAMPIRAN_II} 41", citations.decision),
    Rule("bases.double", WARNING, PRACTICE, citations.double),
    Rule("bases.unknown", WARNING, "daftar peraturan", citations.unknown),
    Rule("bases.revoked", ERROR, f"{LAMPIRAN_II} 42", citations.revoked),
    Rule("bases.not_yet", ERROR, f"{LAMPIRAN_II} 42", citations.not_yet),
    Rule("bases.unsure", NOTE, "daftar peraturan", citations.unsure),
    Rule("bases.gazette", ERROR, f"{LAMPIRAN_II} 47", citations.gazette),
    Rule("bases.local_gazette", WARNING, f"{LAMPIRAN_II} 49", citations.local_gazette),
    Rule("bases.wording", WARNING, "daftar peraturan", citations.wording),
    Rule("bases.incomplete", NOTE, "daftar peraturan", citations.incomplete),
    Rule("decided.form", ERROR, f"{LAMPIRAN_II} 54", heading.decided),
    Rule("decides.form", ERROR, f"{LAMPIRAN_II} 58-59", heading.decides_form),
    Rule("decides.kind", ERROR, f"{LAMPIRAN_II} 58", heading.decides_kind),
    Rule("dictums.order", ERROR, LABELS, dictums.labels_in_order, ONLY_KEPUTUSAN),
    Rule("dictums.double", ERROR, LABELS, dictums.label_doubled, ONLY_KEPUTUSAN),
    Rule("dictums.first", NOTE, LABELS, dictums.first_label, ONLY_KEPUTUSAN),
    Rule("dictums.empty", ERROR, LABELS, dictums.empty, ONLY_KEPUTUSAN),
    Rule("dictums.full_stop", WARNING, PRACTICE, dictums.full_stop, ONLY_KEPUTUSAN),
    Rule("dictums.list_marks", WARNING, PRACTICE, dictums.list_marks, ONLY_KEPUTUSAN),
    Rule("dictums.reference", ERROR, LABELS, dictums.refers_to_dictums, ONLY_KEPUTUSAN),
    Rule("itself.other_kind", ERROR, f"{LAMPIRAN_II} 58", dictums.calls_itself_otherwise),
    Rule("itself.other_body", ERROR, f"{LAMPIRAN_II} 58", articles.other_body),
    Rule("validity.start", ERROR, f"{UU_30} 58 ayat (1)", dictums.start_said, ONLY_KEPUTUSAN),
    Rule("validity.end", ERROR, f"{UU_30} 58 ayat (1)", dictums.end_said, ONLY_KEPUTUSAN),
    Rule("validity.end_first", ERROR, f"{UU_30} 58 ayat (1)", dictums.end_before_start, ONLY_KEPUTUSAN),
    Rule("validity.backdated", WARNING, f"{UU_30} 58 ayat (6)", dictums.backdated, ONLY_KEPUTUSAN),
    Rule("chapters.order", ERROR, LAMPIRAN_II_WHOLE, articles.chapters_in_order, ONLY_PERATURAN),
    Rule("chapters.filled", ERROR, LAMPIRAN_II_WHOLE, articles.chapter_filled, ONLY_PERATURAN),
    Rule("articles.order", ERROR, LAMPIRAN_II_WHOLE, articles.articles_in_order, ONLY_PERATURAN),
    Rule("articles.filled", ERROR, LAMPIRAN_II_WHOLE, articles.article_filled, ONLY_PERATURAN),
    Rule("articles.clauses", ERROR, LAMPIRAN_II_WHOLE, articles.clauses_in_order, ONLY_PERATURAN),
    Rule("articles.reference", ERROR, LAMPIRAN_II_WHOLE, articles.refers_to_articles, ONLY_PERATURAN),
    Rule("articles.list_marks", WARNING, PRACTICE, articles.list_marks, ONLY_PERATURAN),
    Rule("articles.start", ERROR, UU_23, articles.start_said, ONLY_PERATURAN),
    Rule("closing.formula", ERROR, f"{LAMPIRAN_II} 163", articles.formula, ONLY_PERATURAN),
    Rule("closing.promulgation", ERROR, UU_23, articles.promulgated, ONLY_PERATURAN),
    Rule("budget.year", WARNING, PRACTICE, dictums.budget_year, ONLY_KEPUTUSAN),
    Rule("annexes.numbering", ERROR, f"{LAMPIRAN_II} 194", annexes.numbering),
    Rule("annexes.heading", ERROR, f"{LAMPIRAN_II} 194-195", annexes.heading),
    Rule("annexes.unused", ERROR, f"{LAMPIRAN_II} 192", annexes.referred_to),
    Rule("annexes.reference", ERROR, f"{LAMPIRAN_II} 192", annexes.refers_to_annexes),
    Rule("annexes.inseparable", WARNING, f"{LAMPIRAN_II} 192", annexes.inseparable),
    Rule("annexes.order", NOTE, PRACTICE, annexes.order),
    Rule("annexes.head", ERROR, f"{LAMPIRAN_II} 195", annexes.head),
    Rule("annexes.head_number", ERROR, f"{LAMPIRAN_II} 195", annexes.head_number),
    Rule("annexes.head_mark", ERROR, f"{LAMPIRAN_II} 195", annexes.head_marks),
    Rule("annexes.title", ERROR, f"{LAMPIRAN_II} 196", annexes.title),
    Rule("annexes.closed", ERROR, f"{LAMPIRAN_II} 197", annexes.closed),
    Rule("annexes.list_marks", WARNING, PRACTICE, annexes.list_marks),
    Rule("annexes.row_twice", WARNING, PRACTICE, annexes.row_doubled),
    Rule("team.minimum", ERROR, TEAM, team.minimum),
    Rule("team.maximum", ERROR, TEAM, team.maximum),
    Rule("team.chair", ERROR, TEAM, team.chair),
    Rule("team.holder", ERROR, TEAM, team.holders),
    Rule("closing.office", ERROR, f"{LAMPIRAN_II} 165-166", heading.office_signs),
    Rule("closing.holder", WARNING, "daftar pejabat", signers.holder, EVERY_FORM),
    Rule("closing.unmarked", NOTE, "templat", signers.unmarked, EVERY_FORM),
    Rule("closing.titles", NOTE, f"{LAMPIRAN_II} 164 huruf d; {PRACTICE}", heading.name_titles),
    Rule("closing.rank", WARNING, f"{LAMPIRAN_II} 164 huruf d", heading.name_rank),
    Rule("closing.placeless", NOTE, f"{LAMPIRAN_II} 165", heading.placeless),
    Rule("closing.nameless", NOTE, f"{LAMPIRAN_II} 165-166", heading.nameless),
    Rule("copies.marks", NOTE, PRACTICE, heading.copies_marks),
    Rule("copies.double", WARNING, PRACTICE, heading.copies_double),
    Rule("sealing.early", ERROR, "penomoran", heading.draft_is_blank),
    Rule("sealing.missing", ERROR, "penomoran", heading.final_is_filled),
    Rule("words.wali_kota", WARNING, "UU 23/2014 (wali kota)", wording.one_word, EVERY_FORM),
    Rule("words.number", ERROR, "angka dan huruf bertentangan", wording.number_words, EVERY_FORM),
    Rule("words.day", WARNING, PRACTICE, wording.day_form, EVERY_FORM),
    Rule("words.no_such_day", ERROR, "kalender", wording.no_such_day, EVERY_FORM),
    Rule("words.twice", WARNING, PRACTICE, wording.said_twice, EVERY_FORM),
    Rule("words.gap", NOTE, PRACTICE, wording.gaps, EVERY_FORM),
    Rule("words.left_over", ERROR, "templat", wording.left_over, EVERY_FORM),
)


def judge(case: Case, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Everything found against the form, most serious first, and within that in the order of the document."""
    found = [
        Finding(rule.key, fault.severity or rule.severity, fault.place, fault.source or rule.source, fault.params)
        for rule in rules
        if case.form in rule.forms
        for fault in islice(_once(rule.check(case)), MOST)
    ]
    return tuple(sorted(found, key=lambda one: list(Severity).index(one.severity)))


def _once(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Each fault once: a sentence that errs the same way twice is one thing to mend."""
    seen: list[Fault] = []
    for fault in faults:
        if fault not in seen[-MOST:]:
            seen.append(fault)
            yield fault


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that refuse a submission."""
    return tuple(one for one in findings if one.severity is Severity.ERROR)
