"""What goes wrong with a server, as Python and C tell it: a kind, a field, and words for both readers."""

import ctypes
import pathlib
import subprocess
import tempfile
import unittest

import renraku
from city import HOST_KEY, CityCase
from places import ON_A_SERVER

LIBRARY = pathlib.Path(renraku.__file__).parents[2] / "librenraku.so"


class Secret(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint64), ("passphrase", ctypes.c_char_p),
                ("recovery_key", ctypes.c_char_p), ("host_key", ctypes.c_char_p),
                ("host_key_size", ctypes.c_uint64)]


def opened_in_c(address):
    """Number, field, text and Japanese sentence of an opening by the C library; None when it opened."""
    library = ctypes.CDLL(str(LIBRARY))
    secret = Secret(ctypes.sizeof(Secret), None, None, HOST_KEY, len(HOST_KEY))
    store, error = ctypes.c_void_p(), ctypes.c_void_p()
    status = library.renraku_store_open(address.encode(), ctypes.byref(secret), None,
                                        ctypes.byref(store), ctypes.byref(error))
    if status == 0:
        library.renraku_store_free(store)
        return None
    words = []
    for name in ("field", "message", "message_ja"):
        tell = getattr(library, "renraku_error_" + name)
        tell.restype = ctypes.c_char_p
        words.append(tell(error).decode())
    library.renraku_error_free(error)
    return status, *words


@unittest.skipUnless(ON_A_SERVER, "about a server")
class ServerFaults(CityCase):
    def sql(self, script, database="postgres"):
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", script], check=True)

    @property
    def database(self):
        return self.address.split("@/")[1].split("?")[0]

    def expect(self, kind, field, address):
        with self.assertRaises(kind) as raised:
            renraku.open(address, host_key=HOST_KEY).close()
        error = raised.exception
        self.assertEqual(error.field, field)
        self.assertTrue(str(error))
        self.assertTrue(error.message_ja)
        in_c = opened_in_c(address)
        self.assertEqual(in_c, (error.code, field, str(error), error.message_ja))
        return error

    def test_a_store_that_opens_does_so_in_c_too(self):
        self.assertIsNone(opened_in_c(self.address))

    def test_a_wrong_password(self):
        self.sql("CREATE ROLE locked SUPERUSER LOGIN PASSWORD 'right'")
        self.addCleanup(self.sql, "DROP ROLE locked")
        _, place = self.address.split("@")
        renraku.open("postgresql://locked:right@" + place, host_key=HOST_KEY).close()
        error = self.expect(renraku.Io, "password", "postgresql://locked:wrong@" + place)
        self.assertNotIn("wrong", str(error))
        self.assertIn("サーバー", error.message_ja)

    def test_a_server_that_is_not_there(self):
        self.expect(renraku.Io, "server", "postgresql:///city?host=/nowhere")

    def test_a_database_that_is_not_there(self):
        self.expect(renraku.NotAStore, "database", self.address.replace(self.database, "nobody_made_it"))

    def test_a_role_without_a_place(self):
        self.sql("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
        self.addCleanup(self.sql, "DROP ROLE crowded")
        _, place = self.address.split("@")
        self.expect(renraku.Busy, "connections", "postgresql://crowded@" + place)

    def test_a_newer_schema(self):
        self.sql("UPDATE renraku_schema SET version = 9999", self.database)
        self.expect(renraku.NewerFormat, "", self.address)

    def test_a_database_that_sorts_by_a_language(self):
        self.sql("CREATE DATABASE by_language LOCALE_PROVIDER icu ICU_LOCALE 'ja-JP' LOCALE 'C' "
                 "TEMPLATE template0")
        self.addCleanup(self.sql, "DROP DATABASE by_language WITH (FORCE)")
        self.expect(renraku.InvalidArgument, "address", self.address.replace(self.database, "by_language"))

    def test_an_open_password_file_prints_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "passwords"
            file.write_text("*:*:*:*:x\n")
            file.chmod(0o644)
            done = self.run_renraku("check", PGPASSFILE=str(file))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn(str(file), done.stderr)
        self.assertNotIn("permissions", done.stderr)


if __name__ == "__main__":
    unittest.main()
