"""What a program does with a store and a session."""

import pathlib
import subprocess
import sys
import threading
import unittest
from datetime import timedelta

import renraku
from city import CODE, HOST_KEY, PASSPHRASE, PASSWORD, CityCase, resident


class Stores(CityCase):
    def test_reopen_and_close(self):
        self.store.close()
        self.store.close()
        with self.assertRaises(renraku.InvalidArgument):
            self.store.municipalities()
        with renraku.open(self.address, host_key=HOST_KEY) as store:
            self.assertEqual([city.name for city in store.municipalities()], ["常総市"])
            self.assertTrue(store.check().sound)
            self.assertEqual(store.verify_journal().state, "intact")
        with self.assertRaises(renraku.InvalidArgument):
            store.check()

    def test_one_secret(self):
        with self.assertRaises(renraku.InvalidArgument):
            renraku.open(self.address)
        with self.assertRaises(renraku.InvalidArgument):
            renraku.open(self.address, passphrase="x", host_key=HOST_KEY)
        with self.assertRaises(renraku.InvalidArgument):
            renraku.open(self.address, host_key=b"short")
        with self.assertRaises(renraku.WrongPassphrase):
            renraku.open(self.address, host_key=bytes(32))

    def test_the_address_of_a_server_arrives_as_it_was_written(self):
        with self.assertRaises(renraku.Error) as unreachable:
            renraku.open("postgresql://nobody@127.0.0.1:1/city", host_key=HOST_KEY, home=self.folder)
        # Where the engine is built, it looked for the server; nobody looked for a folder.
        self.assertIn(unreachable.exception.field, ("server", "address"))
        with self.assertRaises(renraku.InvalidArgument) as cut:
            renraku.open(pathlib.Path("postgresql://host/city"), host_key=HOST_KEY)
        self.assertEqual(cut.exception.field, "address")

    def test_passphrase_and_recovery_key(self):
        path = self.folder / "second.renraku"
        with renraku.create(path, passphrase=PASSPHRASE, slot_name="情報政策課") as store:
            printed = store.add_recovery_key("金庫")
            self.assertEqual([slot.kind for slot in store.key_slots()], ["passphrase", "recovery"])
        renraku.open(path, recovery_key=printed).close()
        with self.assertRaises(renraku.EmptyPassphrase):
            renraku.open(path, passphrase="")
        with self.assertRaises(renraku.WrongPassphrase):
            renraku.open(path, passphrase="ちがう")
        with self.assertRaises(renraku.Exists):
            renraku.create(path, passphrase=PASSPHRASE)

    def test_log_goes_to_logging(self):
        self.session = None
        self.store.close()
        with self.assertLogs("renraku", "INFO") as heard:
            with renraku.open(self.address, host_key=HOST_KEY) as store:
                for _ in range(5):
                    with self.assertRaises(renraku.SignInFailed):
                        store.sign_in(CODE, "kanri", "ちがう")
            del store
        self.assertEqual([(record.levelname, record.event) for record in heard.records],
                         [("INFO", "key_slot_used"), ("INFO", "store_opened"),
                          ("WARNING", "sign_in_back_off"), ("INFO", "store_closed")])
        self.assertNotIn("kanri", "".join(heard.output))

    def test_log_is_silent_where_nobody_listens(self):
        done = subprocess.run(
            [sys.executable, "-c",
             "import renraku\n"
             "try:\n    renraku.open('nowhere', passphrase='x')\n"
             "except renraku.NotAStore:\n    pass\n"],
            capture_output=True, encoding="utf-8", env=self.environment(), timeout=120, check=True)
        self.assertEqual(done.stdout + done.stderr, "")

    def test_session_limits_are_passed_on(self):
        with renraku.open(self.address, host_key=HOST_KEY, session_idle=timedelta(0)) as store:
            with self.assertRaises(renraku.SessionEnded):
                store.sign_in(CODE, "kanri", PASSWORD).people.find(name="誰").page()


class Sessions(CityCase):
    def test_sign_in_and_out(self):
        with self.assertRaises(renraku.SignInFailed):
            self.store.sign_in(CODE, "kanri", "ちがうことば")
        with self.store.sign_in(CODE, "kanri", PASSWORD) as session:
            self.assertEqual(session.member.login, "kanri")
            again = self.store.resume(session.token)
            self.assertEqual(again.member.id, session.member.id)
        with self.assertRaises(renraku.SessionEnded):
            again.evacuees.list().page()

    def test_signing_out_hides_no_exception(self):
        with self.assertRaises(ZeroDivisionError):
            with self.store.sign_in(CODE, "kanri", PASSWORD) as session:
                session.sign_out()
                raise ZeroDivisionError

    def test_members(self):
        members = self.session.members
        hana = members.add("hana", "架空 花子", PASSWORD, roles=["roster_officer"])
        self.assertEqual(hana.roles, ["roster_officer"])
        hana.name = "架空 はな"
        self.assertEqual(members.change(hana).name, "架空 はな")
        with self.assertRaises(renraku.Conflict):
            members.change(hana)
        self.assertEqual(members.suspend(hana.id).status, "suspended")
        self.assertEqual(members.restore(hana.id).status, "active")
        self.assertEqual([member.login for member in members.list()], ["hana", "kanri"])
        with self.assertRaises(renraku.NotPermitted):
            self.store.sign_in(CODE, "hana", PASSWORD).members.suspend(hana.id)

    def test_municipality(self):
        city = self.session.municipality.view()
        city.label_red = "最優先"
        self.assertEqual(self.session.municipality.change(city).label_red, "最優先")

    def test_find_in_any_spelling(self):
        self.add(birth_date="1940-03-05")
        for known in ({"name": "高崎"}, {"kana": "たかさき"}, {"phone": "０２９７－００－０００１"},
                      {"birth_date": "昭和15年3月5日"}, {"text": "高崎"}):
            with self.subTest(known=known):
                found = list(self.session.people.find(**known))
                self.assertEqual([person.name for person in found], ["髙﨑　ハナ"])
        with self.assertRaises(renraku.Missing):
            self.session.people.find().page()
        with self.assertRaisesRegex(TypeError, "fone"):
            self.session.people.find(fone="1")

    def test_pages_are_fetched_as_they_are_read(self):
        for number in range(7):
            self.add(name=f"架空　{number}", phone=f"029700000{number}", label="red")
        lines = self.session.evacuees.list(label="red").by(3)
        self.assertEqual(len(list(lines)), 7)
        self.assertEqual(len(list(lines)), 7)

        def lists():
            return sum(1 for _ in self.session.journal.list(action="evacuee_list"))

        before = lists()
        next(iter(lines))
        self.assertEqual(lists(), before + 1)
        first = lines.page(size=5)
        rest = lines.page(after=first.next, size=5)
        self.assertEqual((len(first.items), len(rest.items), rest.next), (5, 2, ""))
        self.assertEqual(list(self.session.evacuees.list(renraku.EvacueeFilter(label="blue"))), [])

    def test_change_and_history(self):
        entry = self.add()
        entry.label = "red"
        self.session.evacuees.change(entry)
        with self.assertRaises(renraku.Conflict):
            self.session.evacuees.change(entry)
        history = list(self.session.journal.history(entry.person))
        self.assertIn(("label", '"red"'), [(change.field, change.after) for change in
                                           history[-1].changes])
        self.assertEqual(self.session.journal.verify().state, "intact")

    def test_threads(self):
        self.add()
        failures = []

        def work():
            try:
                session = self.store.sign_in(CODE, "kanri", PASSWORD)
                for _ in range(50):
                    if len(list(session.people.find(phone="0297000001"))) != 1:
                        failures.append("not found")
            except Exception as error:  # what went wrong is the main thread's to tell
                failures.append(repr(error))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def test_python_runs_while_the_library_works(self):
        """Without the lock released, the other thread would not count while a key is stretched."""
        counted, done = [0], threading.Event()

        def count():
            while not done.is_set():
                counted[0] += 1

        thread = threading.Thread(target=count)
        thread.start()
        before = counted[0]
        self.store.sign_in(CODE, "kanri", PASSWORD)
        during = counted[0] - before
        done.set()
        thread.join()
        self.assertGreater(during, 1000)


if __name__ == "__main__":
    unittest.main()
