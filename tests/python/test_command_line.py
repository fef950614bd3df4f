"""The command line without a terminal: results, exit codes, and what goes where."""

import io
import json
import os
import pty
import shutil
import subprocess
import sys
import unittest
from unittest import mock

import renraku
import renraku.command_line
from city import CODE, HOST_KEY, PASSPHRASE, PASSWORD, CityCase
from places import ON_A_SERVER, Place, on_a_folder

KEYS = ["id", "reference", "municipal_number", "name", "kana", "birth_date", "sex", "phone",
        "consent", "label", "district"]


class CommandCase(CityCase):
    def setUp(self):
        super().setUp()
        # A session keeps the store open; without it the folder is at rest.
        self.session = None
        self.store.close()

    def result(self, *words, code=0, **variables):
        """The standard output of a command that ends with `code`."""
        done = self.run_renraku(*words, **variables)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        if code:
            self.assertEqual(done.stdout, "")
            self.assertNotEqual(done.stderr, "")
            self.assertNotIn("Traceback", done.stderr)
        return done.stdout

    def database(self):
        return max(self.path.iterdir(), key=lambda file: file.stat().st_size)

    def json(self, *words, **variables):
        return json.loads(self.result(*words, "--json", **variables))


class Init(CommandCase):
    def init(self, *words, **more):
        return self.run_renraku("init", "--name", "常総市", "--admin", "kanri", *words,
                                **({"RENRAKU_STORE": str(self.folder / "new.renraku"),
                                    "RENRAKU_PASSPHRASE": PASSPHRASE,
                                    "RENRAKU_HOST_KEY_FILE": None} | more))

    def test_a_new_store(self):
        done = self.init("--municipality", CODE, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["municipality"], CODE)
        variables = {"RENRAKU_STORE": str(self.folder / "new.renraku"),
                     "RENRAKU_HOST_KEY_FILE": None}
        members = self.json("members", "list", RENRAKU_PASSPHRASE=PASSPHRASE, **variables)
        self.assertEqual(members[0]["roles"], ["administrator", "roster_officer"])
        (self.folder / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
        self.result("check", "--passphrase-file", self.folder / "passphrase", **variables)
        self.result("check", code=3, RENRAKU_PASSPHRASE="ちがう", **variables)
        self.result("check", code=2, RENRAKU_PASSPHRASE="", **variables)
        self.result("check", code=2, **variables)
        self.result("check", "--passphrase-file", self.folder / "none", code=2, **variables)
        self.assertEqual(self.init("--municipality", CODE).returncode, 5)

    def test_nothing_is_left_of_a_failed_one(self):
        for words, more, code in ((("--municipality", "082113"), {}, 5),
                                  (("--municipality", CODE), {"RENRAKU_PASSWORD": "short"}, 5),
                                  (("--municipality", CODE), {"RENRAKU_PASSPHRASE": ""}, 2),
                                  ((), {}, 2)):
            with self.subTest(words=words, more=list(more)):
                done = self.init(*words, **more)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertFalse((self.folder / "new.renraku").exists())

    @unittest.skipUnless(ON_A_SERVER, "on a server alone")
    def test_on_a_server_nobody_reads_the_password_of_the_address(self):
        (self.folder / "elsewhere").mkdir()
        place = Place(self.folder / "elsewhere")
        self.addCleanup(place.close)
        here = {"RENRAKU_STORE": place.address + "&password=mitsu-0123", "RENRAKU_HOME": None}
        home = ("--home", place.folder)
        done = self.init("--municipality", "082113", *home, **here)
        self.assertEqual(done.returncode, 5)
        self.assertIn("データベースを作り直して", done.stderr)
        again = self.init("--municipality", CODE, "--json", *home, **here)
        self.assertEqual(again.returncode, 5)  # there is a store
        self.assertIn("exists", again.stderr)
        self.result("check", *home, RENRAKU_PASSPHRASE=PASSPHRASE,
                    **(here | {"RENRAKU_HOST_KEY_FILE": None}))
        self.result("check", code=2, RENRAKU_PASSPHRASE=PASSPHRASE,
                    **(here | {"RENRAKU_HOST_KEY_FILE": None}))
        new = Place(self.folder / "elsewhere")
        self.addCleanup(new.close)
        here["RENRAKU_STORE"] = new.address + "&password=mitsu-0123"
        made = self.init("--municipality", CODE, "--json", *home, **here)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertTrue(json.loads(made.stdout)["store"].startswith("postgresql:///place_"))
        for said in (done, again, made):
            self.assertNotIn("mitsu-0123", said.stdout + said.stderr)


class Refusals(CommandCase):
    def test_usage(self):
        for words in ((), ("nothing",), ("roster",), ("evacuees", "list", "--label", "green"),
                      ("members", "suspend")):
            with self.subTest(words=words):
                self.result(*words, code=2)
        self.result("check", code=2, RENRAKU_STORE=None)
        self.result("members", "list", code=2, RENRAKU_LOGIN=None)
        self.result("members", "list", code=2, RENRAKU_PASSWORD=None)

    def test_sign_in(self):
        self.result("members", "list", code=3, RENRAKU_PASSWORD="ちがうことば")
        self.result("members", "list", "--municipality", "112089", code=3)

    def test_not_permitted(self):
        self.json("members", "add", "hana", "--role", "professional",
                  RENRAKU_NEW_PASSWORD=PASSWORD)
        self.result("members", "list", code=4, RENRAKU_LOGIN="hana")

    def test_what_is_no_store(self):
        (self.folder / "empty").mkdir()
        (self.folder / "file").write_bytes(b"SQLite format 3\0" + bytes(100))
        for name in ("nowhere", "empty", "file"):
            with self.subTest(name=name):
                self.result("check", "--store", self.folder / name, code=5)

    @on_a_folder("the database is a file")
    def test_a_plaintext_database(self):
        import sqlite3

        database = self.database()
        database.unlink()
        plain = sqlite3.connect(database)
        plain.execute("CREATE TABLE t (a)")
        plain.commit()
        plain.close()
        self.result("check", code=5)

    @on_a_folder("the database is a file")
    def test_damage(self):
        database = self.database()
        content = bytearray(database.read_bytes())
        content[len(content) // 2] ^= 1
        database.write_bytes(content)
        done = self.run_renraku("check")
        self.assertEqual(done.returncode, 6, done.stdout + done.stderr)

    def test_a_wrong_host_key_file(self):
        (self.folder / "wrong.key").write_text("00" * 32)
        self.result("check", "--host-key-file", self.folder / "wrong.key", code=3)
        (self.folder / "wrong.key").write_text("none")
        self.result("check", "--host-key-file", self.folder / "wrong.key", code=2)


class Results(CommandCase):
    def setUp(self):
        super().setUp()
        with renraku.open(self.address, host_key=HOST_KEY) as self.store:
            self.session = self.store.sign_in(CODE, "kanri", PASSWORD)
            self.red = self.add(label="red", birth_date="1940-03", sex="female")
            self.formula = self.add(name="=1+1", kana="", phone="", district="第二")
        self.session = None

    def test_evacuees_as_json(self):
        rows = self.json("evacuees", "list")
        self.assertEqual([list(row) for row in rows], [KEYS] * 2)
        red = next(row for row in rows if row["label"] == "red")
        self.assertEqual(red | {"reference": "", "municipal_number": ""}, {
            "id": self.red.person, "reference": "", "municipal_number": "", "name": "髙﨑　ハナ",
            "kana": "タカサキ　ハナ", "birth_date": "1940-03", "sex": "female",
            "phone": "0297000001", "consent": "unknown", "label": "red", "district": "第一"})
        other = next(row for row in rows if row["label"] != "red")
        self.assertEqual((other["sex"], other["birth_date"], other["phone"]), (None, None, ""))

    def test_filters(self):
        for words in (("--label", "red"), ("--district", "第一"), ("--text", "高崎")):
            with self.subTest(words=words):
                rows = json.loads(self.result("evacuees", "list", *words, "--format", "json"))
                self.assertEqual([row["id"] for row in rows], [self.red.person])
        self.assertEqual(self.json("evacuees", "list", "--consent", "granted"), [])

    def test_evacuees_as_csv(self):
        done = subprocess.run([sys.executable, "-m", "renraku", "evacuees", "list", "--format",
                               "csv"], stdin=subprocess.DEVNULL, capture_output=True,
                              env=self.environment(LC_ALL="C"))
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.decode().split("\r\n")
        self.assertEqual(lines[0], ",".join(KEYS))
        self.assertEqual(len(lines), 4)
        self.assertIn(",'=1+1,", done.stdout.decode())
        self.assertIn("未取込の行", done.stderr.decode())

    def test_evacuees_as_a_table(self):
        shown = self.run_renraku("evacuees", "list", LC_ALL="C", PYTHONIOENCODING="ascii")
        self.assertIn("髙﨑　ハナ", shown.stdout)
        self.assertIn("未取込の行: 0 件", shown.stderr)

    def test_how_the_roster_stands(self):
        self.assertEqual(self.json("roster", "summary"), {
            "people": 2, "open_rows": 0, "suspects": 0, "missing": 0, "conflicts": 0})
        shown = [line.split() for line in self.result("roster", "summary").splitlines()]
        self.assertEqual(shown, [["項目", "数"], ["名簿の人数", "2", "人"],
                                 ["未取込の行", "0", "行"], ["重複の疑い", "0", "件"],
                                 ["名簿にない人", "0", "人"], ["食い違い", "0", "件"]])

    def test_who_has_looked(self):
        entries = self.json("journal", "list", "--subject", self.red.person)
        self.assertIn("evacuee_add", [entry["action"] for entry in entries])
        self.json("evacuees", "list")
        again = self.json("journal", "list", "--subject", self.red.person, "--limit", "1")
        self.assertEqual(again[0]["action"], "evacuee_list")

    def test_a_witness_sees_what_the_journal_alone_can_not_tell(self):
        witness, signer = self.folder / "witness", self.folder / "signer"
        self.result("members", "list", "--witness", witness)
        kept = witness.read_text(encoding="utf-8")
        self.assertEqual(json.loads(kept.splitlines()[-1])["municipality"], CODE)
        self.assertTrue(self.json("journal", "verify", "--witness", witness)["witnessed"])
        self.assertEqual(witness.read_text(encoding="utf-8"), kept)
        heads = self.json("journal", "head")
        self.assertEqual({head["municipality"] for head in heads}, {"", CODE})
        self.assertIn("（保存先自身）", self.result("journal", "head"))
        # A head that was altered there counts for nothing.
        witness.write_text(kept.replace(CODE, "999999"), encoding="utf-8")
        self.result("journal", "verify", "--witness", witness, code=6)
        self.result("journal", "verify", "--signer", signer, code=2)

    def test_months_that_are_over_go_to_archives(self):
        self.assertEqual(self.json("journal", "archive", "--before", "2020-01", self.folder), [])
        self.result("journal", "archive", "--before", "soon", self.folder, code=2)
        self.result("journal", "bring-back", self.folder / "none", code=1)

    def test_journal_and_check(self):
        self.assertEqual(self.json("journal", "verify")["state"], "intact")
        self.assertTrue(self.json("check")["sound"])
        self.assertIn("改ざんはありません", self.result("journal", "verify"))
        self.assertIn("異常ありません", self.result("check"))

    def test_members(self):
        self.result("members", "add", "hana", "--name", "架空 花子", "--role", "roster_officer",
                    RENRAKU_NEW_PASSWORD=PASSWORD)
        self.result("members", "add", "hana", code=5, RENRAKU_NEW_PASSWORD=PASSWORD)
        self.assertEqual(self.json("members", "suspend", "HANA")["status"], "suspended")
        self.result("members", "list", code=3, RENRAKU_LOGIN="hana")
        self.assertEqual(self.json("members", "restore", "hana")["status"], "active")
        self.assertEqual([member["login"] for member in self.json("members", "list")],
                         ["hana", "kanri"])
        self.result("members", "suspend", "nobody", code=5)

    def test_keys(self):
        printed = self.json("keys", "add-recovery", "--name", "金庫")["recovery_key"]
        (self.folder / "recovery").write_text(printed)
        self.result("check", "--recovery-key-file", self.folder / "recovery",
                    RENRAKU_HOST_KEY_FILE=None)
        self.result("keys", "add-host-key", "second.key", "--name", "夜間処理")
        self.assertEqual((self.folder / "second.key").stat().st_mode & 0o077, 0)
        slots = self.json("keys", "list", "--host-key-file", self.folder / "second.key")
        self.assertEqual([slot["kind"] for slot in slots], ["host_key", "recovery", "host_key"])
        self.result("keys", "add-host-key", "second.key", "--name", "夜間処理", code=1)

    @on_a_folder("everything is encrypted anew")
    def test_a_lost_key_is_revoked_and_everything_encrypted_anew(self):
        lost = self.json("keys", "add-recovery", "--name", "紛失")["recovery_key"]
        (self.folder / "lost").write_text(lost)
        slot = next(slot for slot in self.json("keys", "list") if slot["name"] == "紛失")["id"]
        self.result("keys", "add-passphrase", "--name", "福祉課",
                    RENRAKU_NEW_PASSPHRASE=PASSPHRASE)
        self.result("keys", "revoke", slot)
        (self.folder / "kept").write_text(PASSPHRASE)
        kept = self.json("keys", "reencrypt", "--keep-passphrase-file", self.folder / "kept")
        self.assertEqual([slot["name"] for slot in kept], ["first", "福祉課"])
        self.result("check", "--recovery-key-file", self.folder / "lost", code=3,
                    RENRAKU_HOST_KEY_FILE=None)
        self.assertEqual(len(self.json("evacuees", "list")), 2)
        self.result("keys", "revoke", kept[0]["id"], code=5)

    def test_keys_are_made_anew_of_all_and_of_one_municipality(self):
        everybody = self.json("evacuees", "list")
        done = self.json("keys", "rotate")
        self.assertEqual([(each["number"], each["resumed"]) for each in done], [(2, False)] * 2)
        self.assertEqual(done[1]["municipality"], "")
        code = done[0]["municipality"]
        again = self.json("keys", "rotate", "--municipality", code)
        self.assertEqual([(each["municipality"], each["number"]) for each in again], [(code, 3)])
        self.assertEqual(self.json("evacuees", "list"), everybody)
        self.assertIn(code, self.result("keys", "rotate"))
        self.result("keys", "rotate", "--municipality", "011002", code=5)

    def test_a_store_is_carried_to_another_place_and_compared(self):
        there = self.folder / "copy.renraku"
        before = self.json("members", "list")
        report = self.json("copy", self.address, there)
        self.assertEqual(report["journal"]["state"], "intact")
        self.assertEqual(report["written"], report["rows"])
        self.assertEqual(self.json("members", "list", RENRAKU_STORE=str(there)), before)
        self.result("copy", self.address, there, code=5)
        again = self.folder / "again.renraku"
        self.result("copy", there, again)
        self.assertIn("同じです", self.result("compare", there, again))
        self.result("members", "add", "atarashii", "--name", "新", "--role", "roster_officer",
                    RENRAKU_STORE=str(again), RENRAKU_NEW_PASSWORD=PASSWORD)
        done = self.run_renraku("compare", there, again)
        self.assertEqual(done.returncode, 1)
        self.assertIn("member", done.stdout)
        self.assertNotIn("新", done.stdout)

    def test_one_municipality_moves_to_another_store(self):
        there, passphrase = self.folder / "there.renraku", "別の合言葉 七番目"
        with renraku.create(there, passphrase=passphrase) as store:
            store.add_municipality("082023", "日立市", login="kanri", password=PASSWORD,
                                   member_name="管理")
        key = self.folder / "other"
        key.write_text(passphrase + "\n", encoding="utf-8")
        before = self.json("members", "list")
        moving = ("--municipality", CODE)
        self.result("copy", self.address, there, *moving, code=3)
        report = self.json("copy", self.address, there, *moving, "--to-passphrase-file", key)
        self.assertEqual(report["journal"]["state"], "intact")
        self.assertIn("同じです", self.result("compare", self.address, there, *moving,
                                              "--other-passphrase-file", key))
        self.result("members", "list", *moving, code=1)
        after = self.json("members", "list", *moving, RENRAKU_STORE=str(there),
                          RENRAKU_HOST_KEY_FILE=None, RENRAKU_PASSPHRASE=passphrase)
        self.assertEqual(after, before)
        self.result("copy", self.address, there, *moving, "--to-passphrase-file", key, code=5)

        shutil.rmtree(there)
        self.result("take-back", code=2)
        self.result("take-back", *moving)
        self.assertEqual(self.json("members", "list"), before)
        self.result("take-back", *moving, code=5)

    @on_a_folder("a backup is restored")
    def test_a_backup_is_restored_without_whom_was_erased_since(self):
        key = self.json("keys", "backup-key")
        (self.folder / "private").write_text(key["private_half"])
        (self.folder / "backups").mkdir()
        made = self.json("backup", "backups", "--to-key", key["public_half"], "--keep", "1",
                         "--keep-until", "2027-03-31")
        proof = self.json("people", "erase", self.red.person, "--reason", "request")
        self.assertIn(f"backup {made['file']} until 2027-03-31", proof["proof"])
        self.assertEqual(self.json("people", "erasure", self.red.person), proof)
        report = self.json("restore", self.folder / "backups" / made["file"], "restored",
                           "--private-key-file", self.folder / "private",
                           "--old-store", self.path)
        self.assertEqual((report["people_erased"], report["reencrypt"]), (1, False))
        self.assertEqual(len(self.json("evacuees", "list", "--store", "restored")), 1)
        self.result("check", "--store", "restored")
        self.result("restore", self.folder / "backups" / made["file"], "restored",
                    "--private-key-file", self.folder / "private", code=5)

    @on_a_folder("a backup is restored")
    def test_a_backup_is_restored_as_the_witness_tells_though_the_store_is_gone(self):
        (self.folder / "backups").mkdir()
        witness = self.folder / "witness"
        made = self.json("backup", "backups", "--witness", witness)
        self.json("people", "erase", self.red.person, "--reason", "request", "--witness", witness)
        # Somewhere else: nothing of it can be read.
        self.path.rename(self.folder / "ashes")
        words = ("restore", self.folder / "backups" / made["file"])
        report = self.json(*words, "restored", "--witness", witness)
        self.assertEqual((report["witness_read"], report["old_store_read"],
                          report["people_erased"]), (True, False, 1))
        self.assertEqual(len(self.json("evacuees", "list", "--store", "restored")), 1)
        self.assertIn("消去 1 ", self.run_renraku(*words, "told", "--witness", witness).stderr)
        self.assertIn("証人も読んでいない", self.run_renraku(*words, "untold").stderr)
        text = witness.read_text(encoding="utf-8")
        witness.write_text(text.replace(self.red.person, self.red.id), encoding="utf-8")
        self.result(*words, "forged", "--witness", witness, code=6)
        self.assertFalse((self.folder / "forged").exists())

    def test_options_before_the_command(self):
        self.assertEqual(len(json.loads(self.result("--json", "evacuees", "list"))), 2)

    def test_a_reader_that_is_gone(self):
        command = f"{sys.executable} -m renraku evacuees list --format csv | true"
        done = subprocess.run(command, shell=True, capture_output=True, env=self.environment())
        self.assertNotIn(b"Traceback", done.stderr)


class Verbose(CommandCase):
    def test_lines_go_to_standard_error(self):
        done = self.run_renraku("members", "list", "--verbose")
        self.assertEqual(done.returncode, 0, done.stderr)
        events = [line.split(":")[0] for line in done.stderr.splitlines()]
        self.assertEqual([events[0], events[1], events[-1]],
                         ["INFO key_slot_used", "INFO store_opened", "INFO store_closed"])
        self.assertNotIn("store_", done.stdout)
        self.assertNotIn("store_", self.run_renraku("members", "list").stderr)


class Ends(unittest.TestCase):
    """What a command ends with when something else than an error of the library ends it."""

    def ended(self, error):
        with mock.patch("renraku.command_line.stores._check", side_effect=error):
            with mock.patch("sys.stderr", io.StringIO()) as said:
                return renraku.command_line.main(["check"]), said.getvalue()

    def test_codes(self):
        for error, code in ((KeyboardInterrupt(), 1), (OSError(28, "No space", "f"), 1),
                            (renraku.Busy(""), 1), (renraku.InvalidArgument(""), 2),
                            (renraku.BackOff(""), 3), (renraku.NotPermitted(""), 4),
                            (renraku.NewerFormat(""), 5), (renraku.Damaged(""), 6)):
            with self.subTest(error=type(error)):
                ended, said = self.ended(error)
                self.assertEqual(ended, code)
                self.assertNotEqual(said, "")


class Terminal(CommandCase):
    def test_it_asks_at_a_terminal(self):
        reader, writer = pty.openpty()
        variables = self.environment(RENRAKU_PASSWORD=None)
        running = subprocess.Popen([sys.executable, "-m", "renraku", "members", "list", "--json"],
                                   stdin=writer, stdout=subprocess.PIPE, stderr=writer,
                                   env=variables, start_new_session=True)
        os.close(writer)
        asked = b""
        while "パスワード: ".encode() not in asked:
            asked += os.read(reader, 1000)
        os.write(reader, PASSWORD.encode() + b"\n")
        out, _ = running.communicate(timeout=60)
        os.close(reader)
        self.assertEqual(running.returncode, 0)
        self.assertEqual([member["login"] for member in json.loads(out)], ["kanri"])


if __name__ == "__main__":
    unittest.main()
