"""keys: the ways to open the store, and the key that opens its backups."""

import os
import secrets

import renraku

from .arguments import Call, Commands, read_host_key, read_secret
from .output import note, progress_bar, show_json, show_table


def add_to(commands: Commands) -> None:
    noun = commands.noun("keys", "保存先を開く鍵")
    noun("list", "鍵の一覧", _list)
    adding = noun("add-passphrase", "パスフレーズを加える（RENRAKU_NEW_PASSPHRASE）", _add_passphrase)
    adding.add_argument("--name", required=True, help="鍵の名前（使う部署など）")
    adding.add_argument("--new-passphrase-file", metavar="FILE",
                        help="新しいパスフレーズのファイル")
    change = noun("change-passphrase", "パスフレーズを変える（RENRAKU_NEW_PASSPHRASE）", _change)
    change.add_argument("--new-passphrase-file", metavar="FILE",
                        help="新しいパスフレーズのファイル")
    recovery = noun("add-recovery", "印刷して保管する復旧鍵を作り、一度だけ表示する", _add_recovery)
    recovery.add_argument("--name", required=True, help="鍵の名前（保管場所など）")
    revoking = noun("revoke", "鍵を無効にする", _revoke)
    revoking.add_argument("slot", metavar="ID", help="keys list の番号")
    revoking.add_argument("--even-own", action="store_true", help="今開いている鍵でも無効にする")
    anew = noun("reencrypt", "全体を新しい鍵で暗号化し直す。今の鍵と、次に挙げる鍵だけが残る",
                _reencrypt)
    for kind, what in (("passphrase", "パスフレーズ"), ("recovery-key", "復旧鍵"),
                       ("host-key", "ホスト鍵")):
        anew.add_argument(f"--keep-{kind}-file", metavar="FILE", action="append", default=[],
                          help=f"残す{what}のファイル（何度でも）")
    noun("rotate", "--municipality の市町村の、なければ全市町村と保存先自身の鍵を新しくする。"
         "仕事は続けられ、途中で終わった分は次に続きから行う", _rotate)
    noun("backup-key", "バックアップ用の鍵の対を作り、一度だけ表示する", _backup_key)
    host = noun("add-host-key", "プログラム用の鍵を作り、新しいファイルに書く", _add_host_key)
    host.add_argument("file", metavar="FILE")
    host.add_argument("--name", required=True, help="鍵の名前（使うプログラムなど）")


def _list(call: Call) -> int:
    with call.store() as store:
        slots, own = store.key_slots(), store.opened_with()
    if call.json:
        show_json([slot.to_dict() for slot in slots])
    else:
        show_table(("番号", "種類", "名前", "作成", ""),
                   ((slot.id, slot.kind, slot.name,
                     slot.created.astimezone().isoformat(" ", "seconds"),
                     "今の鍵" if slot.id == own else "") for slot in slots))
    return 0


def _add_passphrase(call: Call) -> int:
    passphrase = call.new_passphrase()
    with call.store() as store:
        store.add_passphrase(call.given.name, passphrase)
    note("パスフレーズを加えました。")
    return 0


def _revoke(call: Call) -> int:
    with call.store() as store:
        store.revoke_slot(call.given.slot, even_own=call.given.even_own)
    note("鍵を無効にしました。紛失や盗難の後は keys reencrypt も行ってください。")
    return 0


def _reencrypt(call: Call) -> int:
    given, own = call.given, call.secret()
    passphrases = [read_secret(file) for file in given.keep_passphrase_file]
    recovery_keys = [read_secret(file) for file in given.keep_recovery_key_file]
    host_keys = [read_host_key(file) for file in given.keep_host_key_file]
    passphrases += [own.passphrase] if own.passphrase is not None else []
    recovery_keys += [own.recovery_key] if own.recovery_key is not None else []
    host_keys += [own.host_key] if own.host_key is not None else []
    with call.store() as store:
        before = len(store.key_slots())
        kept = store.reencrypt(passphrases=passphrases, recovery_keys=recovery_keys,
                               host_keys=host_keys)
    if call.json:
        show_json([slot.to_dict() for slot in kept])
    else:
        note(f"全体を新しい鍵で暗号化し直しました。残した鍵 {len(kept)}、外した鍵 {before - len(kept)}。")
        note("ほかのプログラムは保存先を開き直してください。")
    return 0


def _rotate(call: Call) -> int:
    with call.store() as store:
        wanted = call.option("municipality")
        codes = [wanted] if wanted else [each.code for each in store.municipalities()] + [""]
        done = []
        for code in codes:
            with progress_bar(code or "保存先") as progress:
                done.append(store.rotate_keys(code, progress=progress))
    if call.json:
        show_json([each.to_dict() for each in done])
    else:
        show_table(("市町村", "鍵の番号", "住民の鍵", "二要素", "行"),
                   ((each.municipality or "（保存先）", each.number, each.people_keys, each.secrets,
                     each.rows) for each in done))
    return 0


def _backup_key(call: Call) -> int:
    made = renraku.make_backup_key()
    if call.json:
        show_json(made.to_dict())
    else:
        print(made.public_half)
        print(made.private_half)
        note("上は封をする鍵（backup --to-key）、下は開ける鍵です。下は二度と表示されません。"
             "印刷して別の場所に保管してください。")
    return 0


def _change(call: Call) -> int:
    current, replacement = call.passphrase(), call.new_passphrase()
    with call.store() as store:
        store.change_passphrase(current, replacement)
    note("パスフレーズを変えました。")
    return 0


def _add_recovery(call: Call) -> int:
    with call.store() as store:
        key = store.add_recovery_key(call.given.name)
    if call.json:
        show_json({"name": call.given.name, "recovery_key": key})
    else:
        print(key)
        note("この鍵は二度と表示されません。印刷して保管してください。")
    return 0


def _add_host_key(call: Call) -> int:
    key = secrets.token_bytes(32)
    with call.store() as store:
        # New, and for its owner's eyes alone; it is there before the store knows the key.
        with open(os.open(call.given.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w",
                  encoding="ascii") as file:
            file.write(key.hex() + "\n")
        store.add_host_key(call.given.name, key)
    note(f"{call.given.file} に書きました。")
    return 0
