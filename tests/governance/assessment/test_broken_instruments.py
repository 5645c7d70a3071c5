"""An instrument that is wrong is refused by file and line: first of all every weight with one changed digit."""

import re

import pytest

from governance.assessment.instrument_files import BrokenInstrument, Instruments
from tests.governance.assessment.conftest import FOLDER, KEYS

WEIGHT = re.compile(r"(\s+weight: ')([\d./]+)(')")


@pytest.mark.parametrize("key", KEYS)
def test_a_weight_with_one_changed_digit_is_refused_with_its_line(alone, key) -> None:
    lines = (FOLDER / f"{key}.yaml").read_text(encoding="utf-8").splitlines()
    changed = 0
    for place, line in enumerate(lines):
        match = WEIGHT.fullmatch(line)
        for at in (at for at, sign in enumerate(match[2]) if sign.isdigit()) if match else ():
            digit = str((int(match[2][at]) + 1) % 10)
            other = match[1] + match[2][:at] + digit + match[2][at + 1 :] + match[3]
            folder = alone(key, "\n".join([*lines[:place], other, *lines[place + 1 :]]))
            with pytest.raises(BrokenInstrument) as refusal:
                Instruments.read(folder)
            named = {fault.line for fault in refusal.value.faults}
            named |= {int(one) for one in re.findall(r"baris (\d+)", str(refusal.value))}
            assert place + 1 in named, other
            assert {fault.file for fault in refusal.value.faults} == {f"instruments/{key}.yaml"}
            changed += 1
    assert changed >= len(Instruments.read(FOLDER).instrument(key).items)


WRONG = [
    # file, what stands there, what is written instead, what the refusal says
    ("permenpanrb-59-2020.yaml", "weight: '1.3'", "weight: 1.3", "bukan bilangan pasti"),
    ("permenpanrb-59-2020.yaml", "weight: '1.3'", "weight: '0'", "lebih dari 0"),
    ("permenpanrb-59-2020.yaml", "weight: '1.3'", "weight: '1.3/0'", "bukan bilangan pasti"),
    ("permenpanrb-59-2020.yaml", "key: permenpanrb-59-2020", "key: permenpanrb-95-2020", "tidak sama dengan nama"),
    ("permenpanrb-59-2020.yaml", "item: '2'", "item: '1'", "sudah ada"),
    ("permenpanrb-59-2020.yaml", "code: A2", "code: A1", "sudah ada"),
    ("permenpanrb-59-2020.yaml", "scale: process", "scale: proses", "maksudnya 'process'"),
    ("permenpanrb-59-2020.yaml", "I1-L1-01", "I1-L2-01", "berkode berurutan"),
    ("permenpanrb-59-2020.yaml", "      5: {name: 'Optimum'}\n", "", "tidak memuat tingkat"),
    ("permenpanrb-59-2020.yaml", "max: '3.5'", "max: '3.6'", "tidak bersambung"),
    ("permenpanrb-59-2020.yaml", "min: '4.2', min_inclusive: true", "min: '4.2', min_inclusive: false", "bersambung"),
    ("permenpanrb-59-2020.yaml", "max: '5.0'", "max: '4.9'", "tidak mencakup nilai 5"),
    ("permenpanrb-59-2020.yaml", "  weights: {", "  weight: {", "belum dikatakan seberapa pasti: weights"),
    ("permenpanrb-59-2020.yaml", "            misprint: ", "            note: ", "'misprint' tidak menjelaskan"),
    ("permenpanrb-59-2020.yaml", "ringkasan: ", "ringkas: ", "maksudnya 'ringkasan'"),
    ("permenpanrb-59-2020.yaml", "max_value: 5", "max_value: 1", "lebih besar daripada min_value"),
    ("permenpanrb-59-2020.yaml", "tiers: [domain, aspect", "tiers: [domain, domain", "tidak dikenal"),
    ("permenpanrb-8-2026.yaml", "'37.5'", "'12.4'", "harus naik"),
    ("permenpanrb-8-2026.yaml", "source_bounds: ['0', ", "source_bounds: [", "sama banyak"),
    ("permenpanrb-8-2026.yaml", "grade: secondary", "grade: yakin", "bukan salah satu dari"),
    ("mapping.yaml", "from: ['1']", "from: ['99']", "butir '99' tidak ada"),
    ("mapping.yaml", "to: permenpanrb-59-2020", "to: permenpanrb-95-2020", "permenpanrb-95-2020 tidak ada"),
    ("mapping.yaml", "relation: split", "relation: terbagi", "bukan salah satu dari"),
    ("mapping.yaml", "{from: ['7'], to: [], relation: dropped", "{from: [], to: [], relation: new", "menyebut butir 7"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), WRONG)
def test_a_wrong_instrument_is_refused_with_file_and_line(broken_by, file, old, new, says) -> None:
    refusal = broken_by(file, old, new)
    assert f"instruments/{file}" in {fault.file for fault in refusal.faults}
    assert all(fault.line >= 1 for fault in refusal.faults)
    assert says in str(refusal)


@pytest.mark.parametrize("content", ["", "[]", "tiers: 5", "tiers: [a, [b]]", "tiers: {a: b}", "key: [", "\x00"])
def test_what_is_no_instrument_at_all_is_refused_too(alone, content) -> None:
    with pytest.raises(BrokenInstrument):
        Instruments.read(alone("x", content))


def test_an_empty_folder_is_refused(tmp_path) -> None:
    with pytest.raises(BrokenInstrument):
        Instruments.read(tmp_path)
