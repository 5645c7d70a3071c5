"""Every refusal of values, instruments and paths has its sentence, and no sentence is left without use."""

import re

from config.settings import ROOT
from governance.notices.maturity_wording import MATURITY_SENTENCES

KEY = re.compile(r'"((?:instrument|values|index|path)\.[a-z_.]+)"')


def test_the_keys_in_use_are_those_with_a_sentence() -> None:
    told = [ROOT / "web" / "cli" / "maturity.py", ROOT / "web" / "index_told.py"]
    sources = [*(ROOT / "governance" / "assessment").glob("*.py"), *told]
    used = {key for source in sources for key in KEY.findall(source.read_text(encoding="utf-8"))}
    assert used == set(MATURITY_SENTENCES)
