"""Rosters from files, tables and programs, and what waits for an officer after an import."""

import os
from collections.abc import Callable

from . import _renraku
from .page import Pages
from .records import (
    ExportOptions,
    ExportReport,
    ImportConflict,
    ImportOptions,
    ImportReport,
    MissingEvacuee,
    OpenRow,
    Suspect,
)
from .rows import Table, cells_of

#: Told how far long work is: rows, bytes, bytes in all (0 where unknown). False cancels.
Progress = Callable[[int, int, int], object]


class Roster(_renraku.Roster):
    """Import and export of the roster.

    `progress` is called while the work is done; when it returns False, the work is undone and
    Cancelled is raised. An exception of it, or Ctrl+C, cancels too and goes on to the caller.
    """

    def import_file(
        self,
        file: str | os.PathLike[str],
        *,
        dry_run: bool = False,
        encoding: str = "",
        profile: str = "",
        accept_large: bool = False,
        district: str = "",
        progress: Progress | None = None,
    ) -> ImportReport:
        """Takes a CSV file. The keywords are the fields of ImportOptions.

        Every row that can't be taken is in the report and kept as an open row. The same file again
        changes nothing.
        """
        options = ImportOptions(dry_run=dry_run, encoding=encoding, profile=profile,
                                accept_large=accept_large, district=district)
        return self._import_file(file, options, progress)

    def import_rows(
        self,
        rows: Table,
        *,
        dry_run: bool = False,
        profile: str = "",
        accept_large: bool = False,
        district: str = "",
        progress: Progress | None = None,
    ) -> ImportReport:
        """The same from an iterable of mappings, a DataFrame or an openpyxl worksheet.

        Keys, columns or the sheet's first row are the headers. Cells that are no text are written
        as a CSV file would have them: dates as ISO text, whole numbers without a point, None and
        NaN as empty.
        """
        options = ImportOptions(dry_run=dry_run, profile=profile, accept_large=accept_large,
                                district=district)
        return self._import_rows(cells_of(rows), options, progress)

    def export_file(
        self,
        file: str | os.PathLike[str],
        *,
        encoding: str = "cp932",
        progress: Progress | None = None,
    ) -> ExportReport:
        """Writes the roster in the 26-column layout, "cp932" or "utf-8-bom".

        The file is complete or absent. Exists when it is there already.
        """
        return self._export_file(file, ExportOptions(encoding=encoding), progress)

    def open_rows(self) -> Pages[OpenRow]:
        """Rows that were not taken (未取込), oldest first, without those mended or dismissed."""
        return Pages(self._open_rows)

    def suspects(self) -> Pages[Suspect]:
        """Pairs of people that may be one and wait for an officer."""
        return Pages(self._suspects)

    def decided_suspects(self) -> Pages[Suspect]:
        """Those decided, the pair that came last first: any can be opened again."""
        return Pages(self._decided_suspects)

    def missing(self) -> Pages[MissingEvacuee]:
        """People of the store whom the last file did not name."""
        return Pages(self._missing)

    def conflicts(self) -> Pages[ImportConflict]:
        """Fields where a file and an edit made here disagree."""
        return Pages(self._conflicts)
