"""Seeded institutions: regional governments made up after those of config/institutions, as many as are asked for."""

from collections.abc import Mapping
from dataclasses import replace

from governance.people.facts import InstitutionFacts, PostFact, UnitFact
from governance.people.roles import Role

PREFIX = "contoh_"  # of every seeded institution's key: so it is told from a real one
UNITS = 40
ZONES = ("Asia/Jakarta",) * 6 + ("Asia/Makassar",) * 3 + ("Asia/Jayapura",)
# What a kabupaten's words become in another kind of region (UU 23/2014: head of region, setda's sections).
WORDS: dict[str, dict[str, str]] = {
    "kabupaten": {},
    "kota": {"Bupati": "Wali Kota", "Kabupaten": "Kota"},
    "provinsi": {"Bupati": "Gubernur", "Kabupaten": "Provinsi", "Bagian ": "Biro "},
}
REGION = {"kabupaten": "Kabupaten", "kota": "Kota", "provinsi": "Provinsi"}
# Offices that most regions have beside those of the files; then districts until there are enough units.
OFFICES: dict[str, tuple[str, str]] = {
    "setwan": ("Sekretariat Dewan Perwakilan Rakyat Daerah", "Setwan"),
    "satpolpp": ("Satuan Polisi Pamong Praja", "Satpol PP"),
    "bpbd": ("Badan Penanggulangan Bencana Daerah", "BPBD"),
    "bapenda": ("Badan Pendapatan Daerah", "Bapenda"),
    "kesbangpol": ("Badan Kesatuan Bangsa dan Politik", "Kesbangpol"),
    "dlh": ("Dinas Lingkungan Hidup", "DLH"),
    "dperkim": ("Dinas Perumahan dan Kawasan Permukiman", "Disperkim"),
    "distan": ("Dinas Pertanian", "Distan"),
    "diskan": ("Dinas Perikanan", "Diskan"),
    "dkp": ("Dinas Ketahanan Pangan", "DKP"),
    "disnaker": ("Dinas Tenaga Kerja", "Disnaker"),
    "dkoperasi": ("Dinas Koperasi dan Usaha Mikro", "Diskop UM"),
    "disperdag": ("Dinas Perdagangan dan Perindustrian", "Disperdagin"),
    "dispora": ("Dinas Kepemudaan dan Olahraga", "Dispora"),
    "dispar": ("Dinas Pariwisata dan Kebudayaan", "Disparbud"),
    "dpmd": ("Dinas Pemberdayaan Masyarakat", "DPM"),
    "dp3a": ("Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "DP3A"),
    "dppkb": ("Dinas Pengendalian Penduduk dan Keluarga Berencana", "DPPKB"),
    "rsud": ("Rumah Sakit Umum Daerah", "RSUD"),
    "damkar": ("Dinas Pemadam Kebakaran dan Penyelamatan", "Damkar"),
}


def kind_of(number: int) -> str:
    """The kind of the region with that number: provinces, cities and regencies about as Indonesia has them."""
    if number % 14 == 0:
        return "provinsi"
    return "kota" if number % 14 in (5, 10) else "kabupaten"


def place(number: int, models: Mapping[str, InstitutionFacts]) -> InstitutionFacts:
    """The institution with that number; its offices are those of one of `models`, completed to forty units."""
    kind = kind_of(number)
    model = models[sorted(models)[number % len(models)]]
    region = f"{REGION[kind]} Contoh {number:03}"
    units, posts = _offices(model, WORDS[kind])
    return replace(
        model,
        key=f"{PREFIX}{number:03}",
        name=f"Pemerintah {region}",
        region=region,
        region_kind=kind,
        province=f"Contoh {number:03}" if kind == "provinsi" else f"Contoh {number - number % 14:03}",
        head_office=WORDS[kind].get("Bupati", "Bupati"),
        timezone=ZONES[number % len(ZONES)],
        seat=f"Contoh {number:03}",
        units=units,
        posts=posts,
        bases=(),
    )


def shape_of(facts: InstitutionFacts) -> tuple[object, ...]:
    """What its papers depend on besides its name: two institutions of one shape are asked and told the same."""
    return (facts.region_kind, facts.posts, facts.series)


def _offices(model: InstitutionFacts, words: Mapping[str, str]) -> tuple[tuple[UnitFact, ...], tuple[PostFact, ...]]:
    units = [replace(unit, name=_said(unit.name, words), short=_said(unit.short, words)) for unit in model.units]
    posts = [replace(post, title=_said(post.title, words)) for post in model.posts]
    known = {unit.key for unit in units}
    districts = {
        f"kec{number:02}": (f"Kecamatan Contoh {number:02}", f"Kec. {number:02}") for number in range(1, UNITS)
    }
    for key, (name, short) in (OFFICES | districts).items():
        if len(units) < UNITS and key not in known:
            units.append(UnitFact(key, name, short))
            posts.append(PostFact(key, f"Kepala {name}".replace("Kepala Kecamatan", "Camat"), key, Role.SERVICE))
    return tuple(units), tuple(posts)


def _said(text: str, words: Mapping[str, str]) -> str:
    for one, other in words.items():
        text = text.replace(one, other)
    return text
