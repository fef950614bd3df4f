"""keys list, change-passphrase, add-recovery, add-host-key."""

import os
import secrets

from .arguments import Call, Commands
from .output import note, show_json, show_table


def add_to(commands: Commands) -> None:
    noun = commands.noun("keys", "保存先を開く鍵")
    noun("list", "鍵の一覧", _list)
    change = noun("change-passphrase", "パスフレーズを変える（RENRAKU_NEW_PASSPHRASE）", _change)
    change.add_argument("--new-passphrase-file", metavar="FILE",
                        help="新しいパスフレーズのファイル")
    recovery = noun("add-recovery", "印刷して保管する復旧鍵を作り、一度だけ表示する", _add_recovery)
    recovery.add_argument("--name", required=True, help="鍵の名前（保管場所など）")
    host = noun("add-host-key", "プログラム用の鍵を作り、新しいファイルに書く", _add_host_key)
    host.add_argument("file", metavar="FILE")
    host.add_argument("--name", required=True, help="鍵の名前（使うプログラムなど）")


def _list(call: Call) -> int:
    with call.store() as store:
        slots = store.key_slots()
    if call.json:
        show_json([slot.to_dict() for slot in slots])
    else:
        show_table(("種類", "名前", "作成"),
                   ((slot.kind, slot.name, slot.created.astimezone().isoformat(" ", "seconds"))
                    for slot in slots))
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
