"""What the bells need at hand: the library, where mail goes, how a notice is put into words, LibreOffice."""

from dataclasses import dataclass

from workflows.letters import Written
from workflows.library import Library
from workflows.outside.mail import MailSettings
from workflows.outside.soffice import Printer


@dataclass(frozen=True)
class House:
    """Put together once by web/app.py and handed to the Celery app."""

    library: Library
    mail: MailSettings
    written: Written
    printer: Printer
