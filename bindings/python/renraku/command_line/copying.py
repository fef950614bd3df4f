"""copy and compare."""

import argparse

import renraku

from .arguments import Call, Commands, UsageError
from .output import note, progress_bar, show_json, show_table
from .stores import DAMAGED

DIFFERENT = 1


def add_to(commands: Commands) -> None:
    copying = commands.add(
        "copy", "保存先の全体を別の場所（フォルダかサーバー）に写す。"
        "--municipality があれば、その自治体だけを今ある別の保存先へ移す", _copy)
    copying.add_argument("source", metavar="FROM", help="今の保存先")
    copying.add_argument("target", metavar="TO",
                         help="新しいフォルダか、空のデータベース。自治体を移すときは今ある保存先")
    copying.add_argument("--to-home", metavar="FOLDER",
                         help="写した先がサーバーのとき、その鍵などを置くフォルダ。なければ --home")
    _add_secrets(copying, "to", "移す先")
    comparing = commands.add(
        "compare", "二つの保存先を一行ずつ比べる。--municipality があれば、その自治体だけを", _compare)
    comparing.add_argument("one", metavar="ONE")
    comparing.add_argument("other", metavar="OTHER")
    comparing.add_argument("--other-home", metavar="FOLDER",
                           help="比べる相手がサーバーのとき、その鍵などを置くフォルダ。なければ --home")
    _add_secrets(comparing, "other", "比べる相手")
    commands.add("take-back", "移した先の保存先が失われた自治体（--municipality）を、この保存先に戻す",
                 _take_back)


def _add_secrets(parser: argparse.ArgumentParser, which: str, called: str) -> None:
    """What opens the second store, where a municipality's two stores don't open by one secret."""
    for name, what in (("passphrase", "パスフレーズ"), ("recovery-key", "印刷した復旧鍵"),
                       ("host-key", "ホスト鍵（16進64文字）")):
        parser.add_argument(f"--{which}-{name}-file", metavar="FILE",
                            help=f"{called}の{what}のファイル。なければ FROM と同じ"
                            if which == "to" else f"{called}の{what}のファイル。なければ ONE と同じ")
    parser.add_argument(f"--{which}-signer", metavar="FILE",
                        help=f"{called}の記録に署名する鍵のファイル。なければ保存先自身の鍵")


def _copy(call: Call) -> int:
    if call.option("municipality"):
        return _move(call)
    given, own = call.given, call.secret()
    with progress_bar("写し") as progress:
        report = renraku.copy_store(
            given.source, given.target, passphrase=own.passphrase, recovery_key=own.recovery_key,
            host_key=own.host_key, home=call.home, target_home=given.to_home,
            journal_signer=call.signer, progress=progress)
    if call.json:
        show_json(report.to_dict())
        return _intact(report.journal)
    print(f"{report.rows} 行を写し、読み返して確かめました。")
    if report.journal.state != "intact":
        note(f"記録は写す前から正しくありません（{report.journal.state}）。")
    _note_archives(report)
    note("元の保存先はそのまま残っています。これからは新しい保存先だけを使ってください。")
    return _intact(report.journal)


def _note_archives(report: renraku.CopyReport) -> None:
    if report.archives:
        note("別のファイルに移した記録は写していません。元の場所のものを使います: "
             + " ".join(report.archives))


def _move(call: Call) -> int:
    given, own, other = call.given, call.secret(), call.secret_of("to")
    code: str = given.municipality
    with progress_bar("移動") as progress:
        report = renraku.copy_municipality(
            given.source, given.target, code, passphrase=own.passphrase,
            recovery_key=own.recovery_key, host_key=own.host_key,
            target_passphrase=other.passphrase, target_recovery_key=other.recovery_key,
            target_host_key=other.host_key, home=call.home,
            target_home=given.to_home, journal_signer=call.signer,
            target_signer=given.to_signer, progress=progress)
    if call.json:
        show_json(report.to_dict())
        return _intact(report.journal)
    print(f"{code} の {report.rows} 行を移し、読み返して確かめました。")
    if report.journal.state != "intact":
        note(f"移した先の記録は正しくありません（{report.journal.state}）。")
    _note_archives(report)
    note(f"これからは移した先だけが {code} を受け付けます。region.toml を使っていれば、"
         f"[{code}] の address（と home）を移した先に書き換えてください。")
    note("もとの行は元の保存先に残っています。職員はもう一度サインインします。")
    return _intact(report.journal)


def _take_back(call: Call) -> int:
    code = call.option("municipality")
    if not code:
        raise UsageError("自治体コードを --municipality で指定してください。")
    with call.store() as store:
        store.take_back_municipality(code)
    if call.json:
        show_json({"municipality": code})
    else:
        note(f"{code} をこの保存先に戻しました。移したときの内容に戻っています。"
             "移した先がまだあるなら、もう使わせないでください。")
        note("職員はもう一度サインインします。region.toml を使っていれば、この保存先に書き換えてください。")
    return 0


def _compared(call: Call) -> renraku.StoreComparison:
    given, own = call.given, call.secret()
    code = call.option("municipality")
    with progress_bar("比較") as progress:
        if not code:
            return renraku.compare_stores(
                given.one, given.other, passphrase=own.passphrase, recovery_key=own.recovery_key,
                host_key=own.host_key, home=call.home, other_home=given.other_home,
                journal_signer=call.signer, progress=progress)
        other = call.secret_of("other")
        return renraku.compare_municipality(
            given.one, given.other, code, passphrase=own.passphrase,
            recovery_key=own.recovery_key, host_key=own.host_key,
            other_passphrase=other.passphrase, other_recovery_key=other.recovery_key,
            other_host_key=other.host_key, home=call.home,
            other_home=given.other_home, journal_signer=call.signer,
            other_signer=given.other_signer, progress=progress)


def _compare(call: Call) -> int:
    found = _compared(call)
    rows = sum(table.same for table in found.tables)
    if call.json:
        show_json(found.to_dict())
    elif found.same:
        print(f"同じです（{rows} 行）。")
    else:
        show_table(("表", "同じ", "違う", "ONE だけ", "OTHER だけ", "最初の違い"),
                   ((table.table, table.same, table.different, table.only_one, table.only_other,
                     ", ".join(table.first))
                    for table in found.tables
                    if table.different or table.only_one or table.only_other))
    for name, journal in (("ONE", found.journal), ("OTHER", found.other_journal)):
        if journal.state != "intact":
            note(f"{name} の記録は正しくありません（{journal.state}）。")
    if not found.same:
        return DIFFERENT
    return max(_intact(found.journal), _intact(found.other_journal))


def _intact(journal: renraku.JournalReport) -> int:
    return 0 if journal.state == "intact" else DAMAGED
