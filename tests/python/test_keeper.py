"""A keeper of the host's in place of a home."""

import gc
import os
import sys
import tempfile
import threading
import unittest

import renraku
from city import CODE, HOST_KEY, PASSWORD
from places import ON_A_SERVER, Place


class Cupboard:
    """Memory; `broken` makes it raise."""

    def __init__(self):
        self.files = {}
        self.broken = False

    def read(self, name):
        self._look()
        return self.files.get(name)

    def write(self, name, data):
        self._look()
        self.files[name] = data

    def remove(self, name):
        self._look()
        self.files.pop(name, None)

    def _look(self):
        if self.broken:
            raise RuntimeError("the cupboard is locked")


@unittest.skipUnless(ON_A_SERVER, "a folder is not asked: of stores on a server alone")
class KeeperTest(unittest.TestCase):
    # No CityCase: that one's store has a home.

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.place = Place(folder.name)
        self.addCleanup(self.place.close)
        self.home = os.environ.pop("RENRAKU_HOME")
        self.cupboard = Cupboard()
        self.raised = []
        hook = sys.unraisablehook
        sys.unraisablehook = self.raised.append
        self.addCleanup(setattr, sys, "unraisablehook", hook)

    def make(self):
        with renraku.create(self.place.address, host_key=HOST_KEY, keeper=self.cupboard) as store:
            store.add_municipality(CODE, "常総市", login="kanri", password=PASSWORD)

    def open(self, **more):
        return renraku.open(self.place.address, host_key=HOST_KEY, keeper=self.cupboard, **more)

    def test_opens_a_store_that_has_no_folder(self):
        self.make()
        self.assertEqual(sorted(name[36:] for name in self.cupboard.files), ["-access", "-keys"])
        with self.open() as store:
            self.assertTrue(store.is_strict())
            with store.sign_in(CODE, "kanri", PASSWORD) as session:
                self.assertEqual(list(session.evacuees.list()), [])
            store.add_passphrase("福祉課", "二番の言葉")
            self.assertTrue(store.check().sound)
        with renraku.open(self.place.address, passphrase="二番の言葉", keeper=self.cupboard) as store:
            self.assertEqual(len(store.key_slots()), 2)
        self.assertEqual(self.raised, [])

    def test_what_it_raises_is_seen_and_told(self):
        self.make()
        with self.open() as store:
            self.cupboard.broken = True
            with self.assertRaises(renraku.Io) as told:
                store.add_passphrase("福祉課", "二番の言葉")
            self.assertEqual(told.exception.field, "keeper")
            self.cupboard.broken = False
        self.assertIn("the cupboard is locked", str(self.raised[0].exc_value))
        with self.assertRaises(renraku.Io):
            renraku.open(self.place.address, host_key=HOST_KEY, keeper=object())

    def test_a_municipality_moves_between_what_it_keeps_and_a_folder(self):
        self.make()
        folder = os.path.join(self.home, "moved.renraku")
        renraku.create(folder, host_key=HOST_KEY).close()
        opened = {"host_key": HOST_KEY, "target_host_key": HOST_KEY}
        renraku.copy_municipality(self.place.address, folder, CODE, **opened, keeper=self.cupboard)
        with self.open() as store, renraku.open(folder, host_key=HOST_KEY) as moved:
            with self.assertRaises(renraku.Busy):
                store.sign_in(CODE, "kanri", PASSWORD)
            moved.sign_in(CODE, "kanri", PASSWORD).sign_out()
        # And home again, where the keeper is the target's.
        renraku.copy_municipality(folder, self.place.address, CODE, **opened,
                                  target_keeper=self.cupboard)
        self.assertTrue(renraku.compare_municipality(
            folder, self.place.address, CODE, host_key=HOST_KEY, other_host_key=HOST_KEY,
            other_keeper=self.cupboard).same)
        with self.open() as store:
            store.sign_in(CODE, "kanri", PASSWORD).sign_out()

    def test_leaves_tails_to_a_home(self):
        self.make()
        with self.open(home=self.home) as store:
            self.assertFalse(store.is_strict())

    def test_sessions_that_are_let_go_last_close_the_store(self):
        self.make()
        store = self.open()
        store.sign_in(CODE, "kanri", PASSWORD)
        # Within ten seconds: it is written when the store is closed.
        session = store.sign_in(CODE, "kanri", PASSWORD)
        before = dict(self.cupboard.files)
        store.close()
        # As the garbage collector does, with Python's lock.
        closing = threading.Thread(target=lambda holder: holder.clear(), args=([session],))
        del session, store
        closing.start()
        closing.join()
        del closing
        gc.collect()
        self.assertNotEqual(self.cupboard.files, before)


if __name__ == "__main__":
    unittest.main()
