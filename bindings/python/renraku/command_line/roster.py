"""roster import, export, summary, open-rows, suspects, missing, conflicts."""

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

import renraku

from .arguments import Call, Commands, UsageError
from .output import (
    note,
    note_open_rows,
    progress_bar,
    show_json,
    show_json_rows,
    show_table,
)

#: The fixed reasons of a report, as docs/command-line.md lists them.
REASONS = {
    "missing": "必要な値がありません",
    "invalid": "値が正しくありません",
    "future": "未来の日付です",
    "columns": "列の数が見出しより多くあります",
    "encoding": "文字コードが正しくありません",
    "birth_unknown": "生年月日が不明です",
    "sex_unknown": "性別が不明です",
    "consent_unknown": "同意の書き方が分かりません（不明として扱いました）",
    "era_overshoot": "元号の期間を過ぎた年です（西暦に直しました）",
    "zero_restored": "落ちた先頭の 0 を補いました",
    "private_use": "外字があります",
    "protection_suspected": "支援措置の疑いがあり、仮に保護しました",
    "reference_moved": "管理番号が別の人を指しています",
    "differs": "同じ人の前の行と違います",
}
#: What each count of a summary is of, and its unit.
COUNTS = {
    "people": ("名簿の人数", "人"),
    "open_rows": ("未取込の行", "行"),
    "suspects": ("重複の疑い", "件"),
    "missing": ("名簿にない人", "人"),
    "conflicts": ("食い違い", "件"),
}
Line = TypeVar("Line", bound=renraku.Record)
_PROFILE_MAX = 1 << 20  # bytes; a profile names a few dozen columns


def add_to(commands: Commands) -> None:
    noun = commands.noun("roster", "名簿の取込と書出")
    importing = noun("import", "名簿の CSV を取り込む", _import)
    importing.add_argument("file", metavar="FILE")
    importing.add_argument("--dry-run", action="store_true", help="書き込まずに試す")
    importing.add_argument("--profile", metavar="FILE", help="列の読み方のファイル")
    importing.add_argument("--save-profile", metavar="FILE", help="列の読み方をこのファイルに残す")
    importing.add_argument("--encoding", default="", choices=("utf-8", "cp932", "utf-16le",
                                                              "utf-16be"), help="文字コード")
    importing.add_argument("--accept-large", action="store_true",
                           help="一割を超える変更でも続ける")
    importing.add_argument("--district", default="", help="この行政区だけの名簿である")
    importing.add_argument("--report", metavar="FILE", help="結果を JSON でこのファイルにも書く")
    exporting = noun("export", "名簿を26列の CSV に書き出す", _export)
    exporting.add_argument("file", metavar="FILE")
    exporting.add_argument("--encoding", default="cp932", choices=("cp932", "utf-8-bom"),
                           help="文字コード")
    noun("summary", "名簿の人数と、判断を待つものの数", _summary)
    noun("open-rows", "取り込めなかった行（未取込）", _open_rows)
    suspects = noun("suspects", "同じ人かもしれない組", _suspects)
    suspects.add_argument("--decided", action="store_true", help="判断が済んだ組")
    noun("missing", "最後の名簿に載っていなかった人", _missing)
    noun("conflicts", "名簿とここでの修正が食い違う項目", _conflicts)


def report_as_json(report: renraku.ImportReport) -> dict[str, object]:
    """The report as scripts read it; the profile is saved by itself."""
    plain = report.to_dict()
    del plain["profile"]
    codes: dict[str, dict[str, object]] = {}
    for code in report.codes:
        codes.setdefault(code.column, {})[code.text] = {"meaning": code.meaning,
                                                        "count": code.count}
    return plain | {"codes": codes}


def _import(call: Call) -> int:
    given = call.given
    profile = _read_profile(given.profile) if given.profile else ""
    for file in (given.report, given.save_profile):
        if file:
            _require_writable(file)
    with call.session() as session:
        with progress_bar("取込") as progress:
            report = session.roster.import_file(
                given.file, dry_run=given.dry_run, encoding=given.encoding, profile=profile,
                accept_large=given.accept_large, district=given.district, progress=progress)
        if given.save_profile:
            _write(given.save_profile, report.profile)
        if given.report:
            _write(given.report, json.dumps(report_as_json(report), ensure_ascii=False, indent=2))
        if call.json:
            show_json(report_as_json(report))
        else:
            _show_report(report, dry_run=given.dry_run)
        note_open_rows(session)
    return 0


def _show_report(report: renraku.ImportReport, *, dry_run: bool) -> None:
    if dry_run:
        print("試しに読んだだけで、何も書き込んでいません。")
    print(f"文字コード {report.encoding}、{report.rows:,} 行: 追加 {report.added:,}、"
          f"更新 {report.updated:,}、変更なし {report.unchanged:,}、"
          f"重複 {len(report.duplicates):,}、取込不可 {len(report.rejected):,}")
    print(f"名簿に載っていない人 {report.missing:,}、同じ人かもしれない組 "
          f"{len(report.suspects):,}、食い違い {len(report.conflicts):,}")
    for row in report.rejected:
        print(f"  {row.line} 行目 {row.column or '行全体'}: {REASONS.get(row.reason, row.reason)}")
    for reason, count in Counter(warning.reason for warning in report.warnings).items():
        print(f"  注意 {count} 件: {REASONS.get(reason, reason)}")


def _export(call: Call) -> int:
    with call.session() as session:
        with progress_bar("書出") as progress:
            report = session.roster.export_file(call.given.file, encoding=call.given.encoding,
                                                progress=progress)
        if call.json:
            show_json(report.to_dict())
        else:
            print(f"{report.rows:,} 行を {call.given.file} に書き出しました。")
            print(f"保護のため場所を伏せた人 {report.withheld:,}、"
                  f"表せない文字（〓）のある欄 {len(report.unencodable):,}")
        note(f"未取込の行: {report.open_rows} 件")
    return 0


def _summary(call: Call) -> int:
    with call.session() as session:
        counts = session.roster.summary().to_dict()
    if call.json:
        show_json(counts)
    else:
        show_table(("項目", "数"), ((name, f"{counts[key]:,} {unit}")
                                 for key, (name, unit) in COUNTS.items()))
    return 0


def _open_rows(call: Call) -> int:
    def cells(row: renraku.OpenRow) -> Sequence[object]:
        content = " / ".join(cell.value for cell in row.cells if cell.value)
        return row.line, row.column, REASONS.get(row.reason, row.reason), content

    return _list(call, renraku.Roster.open_rows, ("行", "項目", "理由", "内容"), cells)


def _suspects(call: Call) -> int:
    def cells(pair: renraku.Suspect) -> Sequence[object]:
        return pair.id, pair.first, pair.second, " ".join(pair.reasons), pair.decision

    pairs = renraku.Roster.decided_suspects if call.given.decided else renraku.Roster.suspects
    return _list(call, pairs, ("ID", "人", "人", "似ている点", "判断"), cells)


def _missing(call: Call) -> int:
    def cells(line: renraku.MissingEvacuee) -> Sequence[object]:
        return line.id, line.person, line.decision

    return _list(call, renraku.Roster.missing, ("ID", "人", "判断"), cells)


def _conflicts(call: Call) -> int:
    def cells(field: renraku.ImportConflict) -> Sequence[object]:
        return field.id, field.person, field.column, field.stored, field.file, field.decision

    return _list(call, renraku.Roster.conflicts, ("ID", "人", "項目", "保存", "名簿", "判断"),
                 cells)


def _list(call: Call, pages: Callable[[renraku.Roster], renraku.Pages[Line]],
          headings: Sequence[str], cells: Callable[[Line], Sequence[object]]) -> int:
    with call.session() as session:
        lines = pages(session.roster).by(renraku.PAGE_SIZE_MAX)
        if call.json:
            show_json_rows(line.to_dict() for line in lines)
        else:
            show_table(headings, map(cells, lines))
        note_open_rows(session)
    return 0


def _read_profile(file: str) -> str:
    try:
        with open(file, encoding="utf-8-sig") as opened:
            return opened.read(_PROFILE_MAX)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} を読めません: {error}") from None


def _require_writable(file: str) -> None:
    """Said before the work is done, not after it."""
    folder = os.path.dirname(os.path.abspath(file))
    if os.path.isdir(file) or not os.access(file if os.path.exists(file) else folder, os.W_OK):
        raise UsageError(f"{file} に書けません。")


def _write(file: str, text: str) -> None:
    with open(file, "w", encoding="utf-8") as opened:
        opened.write(text + "\n")
