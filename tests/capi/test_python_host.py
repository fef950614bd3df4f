"""Python's own SQLite and librenraku in one process, in either order: `test_python_host.py LIBRARY`.

Each order needs a process of its own, so the test calls this file again with the order.
"""

import ctypes
import pathlib
import subprocess
import sys
import tempfile
import unittest

CANARY = "CanaryNameInPlainSight"


class Secret(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint64), ("passphrase", ctypes.c_char_p),
                ("recovery_key", ctypes.c_char_p), ("host_key", ctypes.c_char_p),
                ("host_key_size", ctypes.c_uint64)]


class NewMember(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint64), ("login", ctypes.c_char_p),
                ("name", ctypes.c_char_p), ("profession", ctypes.c_char_p),
                ("roles", ctypes.POINTER(ctypes.c_char_p)), ("roles_count", ctypes.c_uint64),
                ("password", ctypes.c_char_p)]


class NewMunicipality(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint64), ("code", ctypes.c_char_p),
                ("name", ctypes.c_char_p), ("administrator", ctypes.POINTER(NewMember))]


def made(kind, **fields):
    return kind(struct_size=ctypes.sizeof(kind), **fields)


def write_store(renraku, path):
    store, error, page = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
    secret = made(Secret, host_key=bytes(range(32)), host_key_size=32)
    assert renraku.renraku_store_create(str(path).encode(), ctypes.byref(secret), b"host", None,
                                        ctypes.byref(store), ctypes.byref(error)) == 0
    administrator = made(NewMember, login=b"kanri", name=CANARY.encode(),
                         roles=(ctypes.c_char_p * 1)(b"administrator"), roles_count=1,
                         password=b"thirteen or more")
    city = made(NewMunicipality, code=b"082112", name=CANARY.encode(),
                administrator=ctypes.pointer(administrator))
    assert renraku.renraku_municipality_add(store, ctypes.byref(city), ctypes.byref(page),
                                            ctypes.byref(error)) == 0
    return store, page


def run(order, library, folder):
    """Uses both at once; a failed assertion ends the process with an error."""
    if order == "ours":
        renraku = ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
        import sqlite3
    else:
        import sqlite3
        sqlite3.connect(":memory:").close()
        renraku = ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
    folder = pathlib.Path(folder)
    plain = sqlite3.connect(folder / "plain.db")
    plain.execute("CREATE TABLE t (name TEXT)")
    store, page = write_store(renraku, folder / "city")
    plain.execute("INSERT INTO t VALUES (?)", (CANARY,))
    plain.commit()
    plain.close()
    renraku.renraku_municipality_page_free(page)
    renraku.renraku_store_free(store)


class PythonHost(unittest.TestCase):
    library = ""

    def side_by_side(self, order):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, __file__, order, self.library, folder], check=True)
            plain = (pathlib.Path(folder) / "plain.db").read_bytes()
            self.assertTrue(plain.startswith(b"SQLite format 3"))
            self.assertIn(CANARY.encode(), plain)
            files = [path for path in (pathlib.Path(folder) / "city").rglob("*") if path.is_file()]
            self.assertTrue(any(path.stat().st_size > 4096 for path in files))
            for path in files:
                content = path.read_bytes()
                self.assertFalse(content.startswith(b"SQLite format 3"), path.name)
                self.assertNotIn(CANARY.encode(), content, path.name)

    def test_ours_first(self):
        self.side_by_side("ours")

    def test_theirs_first(self):
        self.side_by_side("theirs")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        run(*sys.argv[1:])
    else:
        PythonHost.library = sys.argv.pop()
        unittest.main()
