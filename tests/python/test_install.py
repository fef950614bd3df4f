"""`pip install .` into a fresh environment, without an index; and what the types promise."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import renraku

ROOT = pathlib.Path(__file__).resolve().parents[2]
WHEELS = pathlib.Path("/usr/share/python-wheels")  # where Debian keeps setuptools for this


class Install(unittest.TestCase):
    def test_a_fresh_environment(self):
        if not list(WHEELS.glob("setuptools-*.whl")):
            self.skipTest("Debian's wheels are not here")
        with tempfile.TemporaryDirectory() as folder:
            python = f"{folder}/venv/bin/python"
            subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
            installed = subprocess.run(
                [python, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", WHEELS,
                 ROOT], capture_output=True, text=True)
            self.assertEqual(installed.returncode, 0, installed.stderr)
            program = ("import renraku, importlib.metadata as m; print(m.version('renraku'));"
                       f"renraku.create('{folder}/s.renraku', host_key=bytes(32)).close()")
            said = subprocess.run([python, "-I", "-c", program], check=True, capture_output=True,
                                  text=True, cwd=folder)
            self.assertEqual(said.stdout, "0.1.0\n")
            shown = subprocess.run([f"{folder}/venv/bin/renraku", "--help"], check=True,
                                   capture_output=True, text=True)
            self.assertIn("evacuees", shown.stdout)


class Types(unittest.TestCase):
    def check(self, *what):
        mypy = shutil.which("mypy", path="/usr/bin:/usr/local/bin")
        if mypy is None:
            self.skipTest("mypy is not installed")
        package = pathlib.Path(renraku.__file__).parents[1]
        with tempfile.TemporaryDirectory() as cache:
            found = subprocess.run([mypy, "--strict", "--python-executable", sys.executable,
                                    "--cache-dir", cache, *what], env={"MYPYPATH": str(package)},
                                   capture_output=True, text=True, cwd=cache)
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)

    def test_the_package_and_the_examples(self):
        self.assertTrue(pathlib.Path(renraku.__file__).with_name("py.typed").exists())
        examples = sorted(map(str, (ROOT / "examples/python").glob("*.py")))
        self.assertNotEqual(examples, [])
        for example in examples:
            self.check(example)
        self.check("-p", "renraku")


if __name__ == "__main__":
    unittest.main()
