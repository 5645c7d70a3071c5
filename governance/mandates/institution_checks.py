"""Checks that what an institution file says of the law exists in the law."""

from collections.abc import Iterable

from governance.kernel.data_files import Fault, meant
from governance.mandates.law import BrokenLaw, Law
from governance.people.institution_files import InstitutionFile


def require_known_law(files: Iterable[InstitutionFile], law: Law) -> None:
    """Every regulation, kind and term that an institution names is in the law, or BrokenLaw."""
    faults = [fault for file in files for fault in _faults(file, law)]
    if faults:
        raise BrokenLaw(faults)


def _faults(file: InstitutionFile, law: Law) -> Iterable[Fault]:
    for line, family, key in file.names:
        known = {"regulation": law.regulations, "kind": law.mandates, "term": law.terms}[family]
        if key not in known:
            yield Fault(file.name, line, f"kunci {key!r} tidak ada dalam config/law{meant(key, known)}")
