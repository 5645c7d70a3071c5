"""LibreOffice as a person at a desk uses it: opens a Word file, types, accepts or rejects changes, saves.

What is to be done is written down line by line and carried out by a macro in one start of soffice, in a profile of its
own. A macro needs nothing but LibreOffice itself; its Python bridge would be one package more to install and to match.
"""

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

WORD = "MS Word 2007 XML"
BASIC = """
Sub Carry(job As String)
  On Error Goto Failed
  Dim files, lines, told, doc, frame, words, at As Long
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  lines = createUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(files.openFileRead(ConvertToURL(job)))
  lines.setEncoding("UTF-8")
  told = createUnoService("com.sun.star.io.TextOutputStream")
  told.setOutputStream(files.openFileWrite(ConvertToURL(job & ".told")))
  told.setEncoding("UTF-8")
  Do While Not lines.isEOF()
    words = Split(lines.readLine(), Chr(9))
    If UBound(words) >= 0 Then
    Select Case words(0)
    Case "open"
      doc = StarDesktop.loadComponentFromURL(ConvertToURL(words(1)), "_blank", 0, Array(Value("Hidden", True)))
      frame = doc.CurrentController.Frame
    Case "say"
      createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(frame, words(1), "", 0, Array())
    Case "count"
      told.writeString(Counted(doc.Redlines) & Chr(10))
    Case "each"
      told.writeString(Settled(doc, frame, words(1)) & Chr(10))
    Case "replace"
      told.writeString(Replaced(doc, words(1), words(2)) & Chr(10))
    Case "row"
      told.writeString(RowAdded(doc, words) & Chr(10))
    Case "save"
      doc.storeToURL(ConvertToURL(words(1)), Array(Value("FilterName", words(2))))
    Case "close"
      doc.close(True)
    End Select
    End If
  Loop
  told.writeString("done" & Chr(10))
  told.closeOutput()
  StarDesktop.terminate()
  Exit Sub
Failed:
  told.writeString("failed: " & Error$ & " (line " & Erl & ")" & Chr(10))
  told.closeOutput()
  StarDesktop.terminate()
End Sub

Function Value(name As String, content As Variant) As Object
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = name
  one.Value = content
  Value = one
End Function

Function Counted(redlines As Object) As Long
  Dim all, one, found As Long
  all = redlines.createEnumeration()
  Do While all.hasMoreElements()
    one = all.nextElement()
    found = found + 1
  Loop
  Counted = found
End Function

Function Settled(doc As Object, frame As Object, move As String) As Long
  Dim speaker, left As Long, done As Long
  speaker = createUnoService("com.sun.star.frame.DispatchHelper")
  left = Counted(doc.Redlines)
  Do While left > 0
    speaker.executeDispatch(frame, ".uno:GoToStartOfDoc", "", 0, Array())
    speaker.executeDispatch(frame, ".uno:NextTrackedChange", "", 0, Array())
    speaker.executeDispatch(frame, move, "", 0, Array())
    If Counted(doc.Redlines) >= left Then Exit Do
    left = Counted(doc.Redlines)
    done = done + 1
  Loop
  Settled = done
End Function

Function Replaced(doc As Object, old As String, new_text As String) As Long
  Dim wanted, found
  wanted = doc.createSearchDescriptor()
  wanted.SearchString = old
  wanted.SearchCaseSensitive = True
  found = doc.findFirst(wanted)
  If IsNull(found) Then
    Replaced = 0
  Else
    found.setString(new_text)
    Replaced = 1
  End If
End Function

Function RowAdded(doc As Object, words As Variant) As Long
  Dim table, at As Long, column As Long
  table = doc.TextTables.getByIndex(CLng(words(1)))
  at = CLng(words(2))
  table.Rows.insertByIndex(at, 1)
  For column = 3 To UBound(words)
    table.getCellByPosition(column - 3, at).setString(words(column))
  Next
  RowAdded = table.Rows.Count
End Function
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Desk"/></library:library>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Desk" script:language="StarBasic">{}
</script:module>"""


class Desk:
    """Steps to be carried out one after the other; `carried_out` does them and gives the files that were saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self.saved: list[Path] = []

    def open(self, data: bytes) -> "Desk":
        """Open a Word file."""
        file = self.folder / f"open-{len(self.lines)}.docx"
        file.write_bytes(data)
        return self._step("open", str(file))

    def accept_all(self) -> "Desk":
        """Accept every tracked change."""
        return self._step("say", ".uno:AcceptAllTrackedChanges")

    def reject_all(self) -> "Desk":
        """Reject every tracked change."""
        return self._step("say", ".uno:RejectAllTrackedChanges")

    def accept_each(self) -> "Desk":
        """Accept one change after the other, as the reader comes to it; tells how many times it took."""
        return self._step("each", ".uno:AcceptTrackedChange")

    def reject_each(self) -> "Desk":
        """Reject one change after the other; tells how many times it took."""
        return self._step("each", ".uno:RejectTrackedChange")

    def count(self) -> "Desk":
        """Tell how many tracked changes LibreOffice lists."""
        return self._step("count")

    def replace(self, old: str, new: str) -> "Desk":
        """Type a text over the first place where another stands; tells 1, or 0 where it stands nowhere."""
        return self._step("replace", old, new)

    def add_row(self, table: int, at: int, *cells: str) -> "Desk":
        """Put a row into a table; tells how many rows it then has."""
        return self._step("row", str(table), str(at), *cells)

    def save(self, *, close: bool = True) -> "Desk":
        """Save as a Word file under a new name."""
        file = self.folder / f"saved-{len(self.saved)}.docx"
        self.saved.append(file)
        self._step("save", str(file), WORD)
        return self._step("close") if close else self

    def carried_out(self) -> tuple[list[bytes], list[int]]:
        """Do it all in one start of soffice: the files saved, and the numbers told."""
        job, profile = self.folder / "steps", self.folder / "profile"
        job.write_text("\n".join(self.lines) + "\n", encoding="utf-8")
        soffice = ("soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo")
        # The first start fills a new profile, and would put an empty macro library in place of ours.
        subprocess.run([*soffice, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
        _write_library(profile / "user" / "basic")
        macro = f'macro:///Standard.Desk.Carry("{job}")'
        subprocess.run([*soffice, macro], check=True, capture_output=True, timeout=180)
        *told, last = (self.folder / "steps.told").read_text(encoding="utf-8").splitlines()
        assert last == "done", last
        return [file.read_bytes() for file in self.saved], [int(one) for one in told]

    def _step(self, *words: str) -> "Desk":
        assert not any(sign in word for word in words for sign in "\t\n")
        self.lines.append("\t".join(words))
        return self


def _write_library(folder: Path) -> None:
    (folder / "Standard" / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (folder / "Standard" / "Desk.xba").write_text(MODULE.format(escape(BASIC)), encoding="utf-8")


def edited_decree(drafted: bytes, folder: Path) -> bytes:
    """A drafted decree as an office sends it back: another title, a dictum with a few words more, one member more."""
    desk = Desk(folder).open(drafted)
    desk.replace("PEMBENTUKAN TIM KOORDINASI", "PENATAAN TIM KOORDINASI")
    desk.replace(
        "Anggaran Pendapatan dan Belanja Daerah", "Anggaran Pendapatan dan Belanja Daerah dan sumber dana lain yang sah"
    )
    desk.add_row(0, 5, "", "Anggota", "Kepala Dinas Ketahanan Pangan").save()
    (edited,), (title, dictum, rows) = desk.carried_out()
    assert (title, dictum) == (1, 1), "both stand in the decree"
    assert rows > 5
    return edited
