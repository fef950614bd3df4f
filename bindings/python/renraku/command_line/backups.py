"""backup and restore."""

import renraku

from .arguments import Call, Commands, read_secret
from .output import note, show_json


def add_to(commands: Commands) -> None:
    backup = commands.add("backup", "保存先の全体を暗号化したファイルに写す", _backup)
    backup.add_argument("folder", metavar="FOLDER", help="置き場所のフォルダ")
    backup.add_argument("--to-key", metavar="KEY", default="",
                        help="封をする鍵（keys backup-key の上の行）。なければ保存先の鍵で開く")
    backup.add_argument("--keep", type=int, default=0, metavar="N",
                        help="新しい順に N 個だけ残す。0 は全部")
    backup.add_argument("--keep-until", metavar="DATE",
                        help="いつまで保管するか。消去の証明に載る")
    restore = commands.add("restore", "バックアップを新しい保存先として開く", _restore)
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("folder", metavar="NEWFOLDER")
    restore.add_argument("--private-key-file", metavar="FILE",
                         help="開ける鍵のファイル。なければ保存先の鍵で開く")
    restore.add_argument("--old-store", metavar="FOLDER",
                         help="元の保存先。その後の停止・失効・消去を引き継ぐ")
    restore.add_argument("--add-passphrase", action="store_true",
                         help="新しいパスフレーズでも開けるようにする（RENRAKU_NEW_PASSPHRASE）")
    restore.add_argument("--new-passphrase-file", metavar="FILE",
                         help="新しいパスフレーズのファイル")


def _backup(call: Call) -> int:
    given = call.given
    with call.store() as store:
        report = store.backup(given.folder, to_key=given.to_key, keep=given.keep,
                              keep_until=given.keep_until)
    if call.json:
        show_json(report.to_dict())
    else:
        print(report.file)
        note(f"{report.bytes} バイトを書き、読み返して確かめました。"
             f"古いもの {len(report.removed)} 個を消しました。")
    return 0


def _restore(call: Call) -> int:
    given = call.given
    private = read_secret(given.private_key_file) if given.private_key_file else None
    own = call.secret() if private is None or given.old_store else None
    opening = own if private is None else None
    old = own if given.old_store else None
    report = renraku.restore(
        given.file, given.folder, private_key=private,
        passphrase=opening.passphrase if opening else None,
        recovery_key=opening.recovery_key if opening else None,
        host_key=opening.host_key if opening else None,
        old_store=given.old_store,
        old_passphrase=old.passphrase if old else None,
        old_recovery_key=old.recovery_key if old else None,
        old_host_key=old.host_key if old else None,
        new_passphrase=call.new_passphrase() if given.add_passphrase else None,
        witness=call.witness)
    if call.json:
        show_json(report.to_dict())
    else:
        _tell(report, given.folder)
    return 0


def _tell(report: renraku.RestoreReport, folder: str) -> None:
    note(f"{report.at.astimezone().isoformat(' ', 'seconds')} のバックアップを {folder} に開きました。")
    if report.old_store_read or report.witness_read:
        note(f"その後の停止 {report.members_suspended}、証明書の失効 {report.certificates_revoked}、"
             f"連携の取消 {report.applications_revoked}、鍵の無効化 {report.slots_revoked}、"
             f"消去 {report.people_erased} を引き継ぎました。")
    else:
        note("元の保存先も証人も読んでいないので、その後の停止・失効・消去はやり直してください。")
    if report.reencrypt:
        note("元の保存先はその後に暗号化し直されています。keys reencrypt を行ってください。")
