"""What the bells need at hand: the library, where mail goes, and how a notice is put into words."""

from dataclasses import dataclass

from workflows.letters import Written
from workflows.library import Library
from workflows.outside.mail import MailSettings


@dataclass(frozen=True)
class House:
    """Put together once by web/app.py and handed to the Celery app."""

    library: Library
    mail: MailSettings
    written: Written
