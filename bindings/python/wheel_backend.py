"""Builds the wheel (PEP 517): CMake makes the package's tree, setuptools its metadata.

The tree is packed here, because setuptools of Debian 12 needs the package `wheel` for that, which no
fresh environment has. It asks for nothing beside setuptools, so it works with build isolation and
without, and without an index (`--no-index --find-links`).
"""

import base64
import hashlib
import io
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    folder, files = _metadata()
    for name, content in files.items():
        file = pathlib.Path(metadata_directory, name)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    return folder


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    folder, metadata = _metadata()
    with tempfile.TemporaryDirectory() as build:
        _run_cmake(build, config_settings or {})
        files = {file.relative_to(f"{build}/python").as_posix(): file.read_bytes()
                 for file in sorted(pathlib.Path(build, "python").rglob("*"))
                 if file.is_file() and "__pycache__" not in file.parts}
    wheel = f"{folder.removesuffix('.dist-info')}-{_tag()}.whl"
    _pack(pathlib.Path(wheel_directory, wheel), files | metadata, f"{folder}/RECORD")
    return wheel


def _distribution():
    """The project as pyproject.toml describes it."""
    from setuptools.dist import Distribution

    distribution = Distribution()
    distribution.parse_config_files([str(ROOT / "pyproject.toml")])
    return distribution


def _tag():
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    return f"{python}-{python}-{platform}"


def _run_cmake(build, settings):
    """`pip install . --config-settings=cmake="-DNAME=VALUE …"` goes to CMake."""
    configure = ["cmake", "-S", str(ROOT), "-B", build, f"-DPython_EXECUTABLE={sys.executable}",
                 "-DRENRAKU_TESTS=OFF", "-DRENRAKU_EXAMPLES=OFF", *settings.get("cmake", "").split()]
    if shutil.which("ninja"):
        configure += ["-G", "Ninja"]
    jobs = os.environ.get("RENRAKU_JOBS", str(os.cpu_count() or 1))
    for command in (configure, ["cmake", "--build", build, "--target", "python", "-j", jobs]):
        subprocess.run(command, check=True)


def _metadata():
    """The wheel's folder of metadata, and its files by name."""
    distribution = _distribution()
    folder = f"{distribution.get_name()}-{distribution.get_version()}.dist-info"
    written = io.StringIO()
    distribution.metadata.write_pkg_file(written)
    scripts = "".join(f"[{group}]\n" + "\n".join(lines) + "\n"
                      for group, lines in distribution.entry_points.items())
    wheel = f"Wheel-Version: 1.0\nGenerator: renraku\nRoot-Is-Purelib: false\nTag: {_tag()}\n"
    files = {"METADATA": written.getvalue(), "WHEEL": wheel, "entry_points.txt": scripts}
    for name in ("LICENSE", "NOTICE"):
        files[name] = (ROOT / name).read_text(encoding="utf-8")
    return folder, {f"{folder}/{name}": text.encode() for name, text in files.items()}


def _pack(wheel, files, record):
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as packed:
        lines = []
        for name, content in files.items():
            packed.writestr(name, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            lines.append(f"{name},sha256={digest.decode()},{len(content)}\n")
        packed.writestr(record, "".join(lines) + f"{record},,\n")
