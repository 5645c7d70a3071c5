"""What verbs need at hand besides the database: the law, the kinds with their templates, and the store of files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.assessment.instrument_files import Instruments
from governance.documents.kinds import Kind
from governance.documents.origin import Origin
from governance.documents.own_templates import own_template
from governance.documents.rendering import CompiledTemplate, Templates
from governance.documents.text import DocumentText, Form
from governance.kernel.errors import Invalid, Problem
from governance.kernel.files import Files
from governance.mandates.law import Law
from governance.mandates.register import law_of
from workflows.outside.clamd import Clamd


@dataclass(frozen=True)
class Library:
    """Read once when the program is put together; its folders come from the settings. `clamd` looks through uploads."""

    law: Law
    instruments: Instruments
    kinds: Mapping[str, Kind]
    templates: Templates
    files: Files
    clamd: Clamd = field(default_factory=Clamd)

    def template(self, institution_id: int, kind: str) -> CompiledTemplate | None:
        """The institution's own template of a kind, None where it uses the one shipped."""
        own = own_template(institution_id, kind)
        return self.templates.own(own.sha256, self.files.read) if own else None

    def render(
        self, institution_id: int, kind: str, text: DocumentText, origin: Origin | None = None
    ) -> tuple[bytes, str]:
        """The document as a Word file, and the sha256 of the template it was made in."""
        own = self.template(institution_id, kind)
        data = self.templates.render(kind, text, origin=origin, own=own)
        return data, own.sha256 if own else self.templates.sha256(kind)

    def family(self, key: str) -> str | None:
        """The series that a kind belongs to, None for what is only recorded and never drafted."""
        return self.kinds[key].series if key in self.kinds else None

    @property
    def citing_kinds(self) -> frozenset[str]:
        """The kinds with a Mengingat: decrees and regulations, not letters and reports."""
        return frozenset(key for key, kind in self.kinds.items() if kind.form is not Form.PAPER)

    def is_promulgated(self, key: str) -> bool:
        """Whether acts of that kind bind only from their promulgation: a Peraturan."""
        return key in self.kinds and self.kinds[key].form is Form.REGULATION

    def stands_alone(self, key: str) -> bool:
        """Whether two acts of that kind that hold at once are an oversight: a new team revokes the old, as does a rule.

        Reports, letters and plans may stand beside one another.
        """
        return self.is_promulgated(key) or (key in self.kinds and self.kinds[key].spec("revokes") is not None)

    def law_of(self, institution_id: int) -> Law:
        """The law as an institution sees it: with its own regulations and what it found of others."""
        return law_of(institution_id, self.law)

    def kind(self, key: str) -> Kind:
        """The kind with that key, or Invalid."""
        if key not in self.kinds:
            raise Invalid(
                Problem("kind", "document.unknown_kind", {"kind": str(key)[:60], "known": ", ".join(self.kinds)})
            )
        return self.kinds[key]
