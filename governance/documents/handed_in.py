"""A Word file that was handed in, read before anything is locked; what is wrong with it is said in its turn."""

from dataclasses import dataclass

from governance.documents.origin import Origin, origin_of
from governance.documents.package import Package
from governance.documents.places import Scan
from governance.documents.reading import read_document
from governance.documents.sealing import places_of, require_gazette_places, require_places
from governance.documents.text import DocumentText
from governance.documents.upload import judge_package
from governance.kernel.errors import BadFile, TooLarge


@dataclass(frozen=True)
class Contents:
    """What a file holds that can be read, shown and sealed."""

    places: dict[str, Scan]
    origin: Origin | None
    text: DocumentText


@dataclass(frozen=True)
class Opened:
    """A file's contents, or its fault: whether a file may be handed in at all is asked first, under the lock."""

    found: Contents | BadFile | TooLarge

    def required(self, *, promulgated: bool = False) -> Contents:
        """The contents; raises the fault. A Peraturan needs the places of its promulgation too."""
        if not isinstance(self.found, Contents):
            raise self.found
        if promulgated:
            require_gazette_places(self.found.places)
        return self.found


def opened(data: bytes) -> Opened:
    """Parse and judge a file: the slow part, which needs nothing of the database."""
    try:
        package = Package.read(data)
        judge_package(package)
        places = places_of(package)
        require_places(places)
        return Opened(Contents(places, origin_of(package), read_document(data)))
    except (BadFile, TooLarge) as fault:
        return Opened(fault)
