"""The chain of the trail as a pure rule: any change, gap or cut is found, wherever it is."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from governance.trail.chain import Line, canonical, chained, first_break


def chain(count: int) -> list[Line]:
    lines, previous = [], ""
    for number in range(1, count + 1):
        text = canonical({"number": number, "about": ["document", number % 3], "what": "diuji ✓"})
        previous = chained(previous, text)
        lines.append(Line(number, text, previous, f"document:{number % 3}"))
    return lines


def head(lines: list[Line]) -> Line | None:
    return replace(lines[-1], text="", about="") if lines else None


counts = st.integers(1, 8)


@given(st.integers(0, 8), st.data())
def test_an_untouched_chain_holds(count: int, data: st.DataObject) -> None:
    lines = chain(count)
    anchor = head(lines[: data.draw(st.integers(0, count))])
    assert first_break(lines, head(lines), anchor) is None


@given(counts, st.data())
def test_any_changed_letter_is_found_at_its_line(count: int, data: st.DataObject) -> None:
    lines = chain(count)
    place = data.draw(st.integers(0, count - 1))
    column = data.draw(st.sampled_from(["text", "hash", "about"]))
    value = getattr(lines[place], column)
    at = data.draw(st.integers(0, len(value) - 1))
    lines[place] = replace(lines[place], **{column: value[:at] + "~" + value[at + 1 :]})
    found = first_break(lines, head(chain(count)), None)
    assert found is not None
    assert found.number == place + 1


@given(counts, st.data())
def test_a_line_taken_out_is_found(count: int, data: st.DataObject) -> None:
    lines = chain(count)
    untouched = head(lines)
    lines.pop(data.draw(st.integers(0, count - 1)))
    assert first_break(lines, untouched, None) is not None


@given(counts, st.data())
def test_a_cut_tail_is_found_by_the_anchor_even_when_the_head_is_set_back(count: int, data: st.DataObject) -> None:
    lines = chain(count)
    kept = lines[: data.draw(st.integers(0, count - 1))]
    found = first_break(kept, head(kept), head(lines))
    assert found is not None
    assert (found.number, found.why) == (len(kept) + 1, "cut")


@given(st.integers(2, 8))
def test_a_whole_chain_written_anew_is_found_by_the_anchor(count: int) -> None:
    lines, forged, previous = chain(count), [], ""
    for line in lines:
        text = line.text.replace("diuji", "palsu")
        previous = chained(previous, text)
        forged.append(replace(line, text=text, hash=previous))
    found = first_break(forged, head(forged), head(lines))
    assert found is not None
    assert found.why == "changed"


def test_a_line_is_written_in_one_way_only() -> None:
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'
    assert json.loads(canonical({"b": [1, None]})) == {"b": [1, None]}
