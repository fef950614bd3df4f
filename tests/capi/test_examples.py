"""examples/c, examples/cpp and a host with a Boost.JSON of its own on the installed package, built
and run as a stranger would: `test_examples.py PREFIX MAKE_CITY GENERATOR`.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PREFIX, MAKE_CITY, GENERATOR = (pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3])
LISTED = ("架空　花子\tカクウ　ハナコ\t1940-03-05\t0297000001\n"
          "髙﨑　ハナ\tタカサキ　ハナ\t1940-03-05\t0297000001\n")


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout


class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        run(MAKE_CITY, cls.folder / "city", "あいことば")
        cls.environment = os.environ | {
            "RENRAKU_STORE": str(cls.folder / "city"), "RENRAKU_PASSPHRASE": "あいことば",
            "RENRAKU_LOGIN": "kanri", "RENRAKU_PASSWORD": "ひみつのことば-十三文字以上"}

    def lists(self, program):
        self.assertEqual(run(program, env=self.environment), LISTED)
        wrong = subprocess.run([program], capture_output=True, text=True, check=False,
                               env=self.environment | {"RENRAKU_PASSPHRASE": "ちがう"})
        self.assertEqual(wrong.returncode, 3)
        self.assertIn("wrong_passphrase", wrong.stderr)
        self.assertEqual(wrong.stdout, "")

    def built(self, project):
        folder = self.folder / project
        run("cmake", "-S", ROOT / project, "-B", folder, "-G", GENERATOR,
            f"-DCMAKE_PREFIX_PATH={PREFIX}")
        run("cmake", "--build", folder)
        return folder

    def test_c_by_find_package(self):
        self.lists(self.built("examples/c") / "list_evacuees")

    def test_c_by_pkg_config(self):
        folder = next(PREFIX.rglob("renraku.pc")).parent
        flags = run("pkg-config", "--cflags", "--libs", "renraku",
                    env=os.environ | {"PKG_CONFIG_PATH": str(folder)}).split()
        program = self.folder / "by_pkg_config"
        run("cc", "-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror",
            ROOT / "examples/c/list_evacuees.c", "-o", program, *flags,
            f"-Wl,-rpath,{folder.parent}")
        self.lists(program)

    def test_cpp(self):
        self.lists(self.built("examples/cpp") / "list_evacuees")

    def test_a_cpp_host_that_compiles_boost_json_itself(self):
        self.assertEqual(run(self.built("tests/capi/json_host") / "json_host"),
                         '{"kind":"mobile","digits":"09000000001","written":""}\n')


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
