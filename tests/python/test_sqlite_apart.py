"""Python's own sqlite3 and the library's engine never meet, whichever is loaded first."""

import os
import subprocess
import sys
import unittest

from city import CityCase

CANARY = "ｶﾅﾘｱ秘密丸"

PROGRAM = """
import sys
for name in sys.argv[1].split(","):
    __import__(name)
import sqlite3, renraku
plain = sqlite3.connect(sys.argv[2])
plain.execute("CREATE TABLE t (a)")
plain.execute("INSERT INTO t VALUES (?)", (sys.argv[4],))
plain.commit()
with renraku.create(sys.argv[3], host_key=bytes(range(32))) as store:
    store.add_municipality("082112", "常総市", login="kanri", password="ひみつのことば-十三文字以上")
    with store.sign_in("082112", "kanri", "ひみつのことば-十三文字以上") as session:
        session.evacuees.add(renraku.Person(name=sys.argv[4]), renraku.Evacuee())
        assert [line.name for line in session.evacuees.list()] == [sys.argv[4]]
assert plain.execute("SELECT a FROM t").fetchall() == [(sys.argv[4],)]
"""


class SqliteApart(CityCase):
    def test_both_orders(self):
        for order in ("sqlite3,renraku", "renraku,sqlite3"):
            with self.subTest(order=order):
                name = order.replace(",", "-")
                plain, store = self.folder / f"{name}.db", self.folder / f"{name}.renraku"
                done = subprocess.run([sys.executable, "-c", PROGRAM, order, plain, store, CANARY],
                                      capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(CANARY.encode(), plain.read_bytes())
                for folder, _, files in os.walk(store):
                    for file in files:
                        content = open(os.path.join(folder, file), "rb").read()
                        self.assertNotIn(CANARY.encode(), content, file)
                        self.assertFalse(content.startswith(b"SQLite format 3"), file)

    def test_the_library_reads_what_python_can_not(self):
        import sqlite3

        self.store.close()
        database = max(self.path.iterdir(), key=lambda file: file.stat().st_size)
        with self.assertRaises(sqlite3.DatabaseError):
            with sqlite3.connect(database) as plain:
                plain.execute("SELECT * FROM sqlite_master").fetchall()
        plain.close()


if __name__ == "__main__":
    unittest.main()
