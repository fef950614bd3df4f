"""A made-up city in a temporary folder, opened by a host key so that nothing is stretched."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import renraku
from places import Place

HOST_KEY = bytes(range(32))
PASSPHRASE = "本庁舎の地下の金庫 三番"
PASSWORD = "ひみつのことば-十三文字以上"
CODE = "082112"
SHARED_DATA = pathlib.Path(os.environ.get("RENRAKU_SHARED_DATA", "../shared/data"))


def resident(name="髙﨑　ハナ", kana="タカサキ　ハナ", phone="0297000001", **fields):
    phones = [renraku.Phone(digits=phone, written=phone)] if phone else []
    return renraku.Person(name=name, kana=kana, phones=phones, **fields)


def shared(case, name):
    """A file of the shared data; skips the test where there is none."""
    file = SHARED_DATA / name
    if not file.exists():
        case.skipTest(f"{name} is not here")
    return file


class CityCase(unittest.TestCase):
    """常総市 with its administrator "kanri", who is roster officer too."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        place = Place(self.folder)
        self.addCleanup(place.close)
        self.address = place.address
        self.path = self.folder / "city.renraku"  # where the store is a folder
        self.store = renraku.create(self.address, host_key=HOST_KEY)
        self.addCleanup(self.store.close)
        self.store.add_municipality(CODE, "常総市", login="kanri", password=PASSWORD)
        self.session = self.store.sign_in(CODE, "kanri", PASSWORD)

    def add(self, district="第一", label="none", **person):
        return self.session.evacuees.add(resident(**person),
                                         renraku.Evacuee(district=district, label=label))

    def environment(self, **more):
        """Variables for the command line, without those that the tester has set."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("RENRAKU")}
        key = self.folder / "host.key"
        key.write_text(HOST_KEY.hex() + "\n")
        given = plain | {"RENRAKU_STORE": self.address, "RENRAKU_HOME": str(self.folder),
                         "RENRAKU_HOST_KEY_FILE": str(key),
                         "RENRAKU_LOGIN": "kanri", "RENRAKU_PASSWORD": PASSWORD} | more
        return {name: value for name, value in given.items() if value is not None}

    def run_renraku(self, *words, **variables):
        """Runs the command line without a terminal."""
        return subprocess.run([sys.executable, "-m", "renraku", *map(str, words)],
                              stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                              env=self.environment(**variables), cwd=self.folder, timeout=120)
