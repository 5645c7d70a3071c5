"""Letters in words: subject, text and HTML of an e-mail, in its reader's own language. No remote parts, no scripts."""

from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext, ngettext

from governance.notices.letter_wording import PLAIN_PARAMS, line_of
from governance.notices.timing import Sort
from governance.notices.topics import TERMS, topic_of
from web.wording import subject_told, told
from workflows.letters import Contents, Line, Worded

MOST_LINES = 40  # of one letter; the rest is in the inbox
ACCOUNT = "/account/notices"


def letter_told(contents: Contents) -> Worded:
    """A letter of one notice, or of several."""
    with force_locale(contents.language):
        if contents.sort is None:
            return _of_one(contents, contents.lines[0])
        return _of_several(contents, contents.sort)


def _of_one(contents: Contents, line: Line) -> Worded:
    subject, said = subject_told(line.key, line.params), told(line.key, line.params)
    words = {"heading": subject, "lead": "", "items": [{"text": said, "link": line.link}], "why": _why(line.key)}
    return _worded(contents, subject, words)


def _of_several(contents: Contents, sort: Sort) -> Worded:
    """Its lines name no person and repeat nothing that somebody wrote."""
    items = [{"text": _plain(line), "link": line.link} for line in contents.lines[:MOST_LINES]]
    count, left = len(contents.lines), len(contents.lines) - len(items)
    if sort is Sort.REMINDERS:
        subject = items[0]["text"] if count == 1 else ngettext("%(num)s pengingat", "%(num)s pengingat", count)
        why = gettext("Semua pengingat satu hari datang dalam satu surel; pengingat wajib.")
    else:
        subject = ngettext("Ringkasan: %(num)s pemberitahuan", "Ringkasan: %(num)s pemberitahuan", count)
        why = gettext("Anda memilih satu ringkasan sehari.")
    lead = ""
    if left:
        lead = ngettext("%(num)s lainnya ada di kotak masuk.", "%(num)s lainnya ada di kotak masuk.", left)
    return _worded(contents, subject, {"heading": subject, "lead": lead, "items": items, "why": why})


def _plain(line: Line) -> str:
    """A notice in one line."""
    params = {name: value for name, value in line.params.items() if name in PLAIN_PARAMS}
    if own := line_of(line.key):
        return told(own, params)
    return told(line.key, params) if line.key.startswith("reminder.") else subject_told(line.key, params)


def _why(key: str) -> str:
    if TERMS[topic_of(key)].compulsory:
        return gettext("Pemberitahuan ini wajib.")
    return gettext("Anda dapat memilih satu ringkasan sehari.")


def _worded(contents: Contents, subject: str, words: dict[str, Any]) -> Worded:
    """The same said twice. `subject` is one line, however long a title it holds."""
    told_at = {
        "institution": contents.institution,
        "inbox": f"{contents.base_url}/inbox",
        "account": f"{contents.base_url}{ACCOUNT}",
        "language": contents.language,
    }
    page = current_app.jinja_env.get_template("letter_mail.html")
    return Worded(subject, _text(words, told_at), page.render(**words, **told_at))


def _text(words: dict[str, Any], at: dict[str, str]) -> str:
    several = len(words["items"]) > 1
    parts = [words["heading"]] if several else []
    for number, item in enumerate(words["items"], start=1):
        opened = gettext("Buka di Mandat: %(link)s", link=item["link"])
        parts.append(f"{number}. {item['text']}\n   {opened}" if several else f"{item['text']}\n\n{opened}")
    parts += [f"{words['lead']} {at['inbox']}"] if words["lead"] else []
    closing = f"{words['why']} {gettext('Atur surel: %(link)s', link=at['account'])}"
    return "\n\n".join([*parts, f"{at['institution']}\n{closing}"]) + "\n"
