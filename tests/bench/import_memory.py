"""The most memory that a process has while it imports a roster: into a new store, and once more.

    import_memory.py PYTHON-FOLDER CSV STORE    prints megabytes; makes the store where there is none
"""

import pathlib
import re
import sys

import bench

KEY = bytes(32)


def peak():
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def main():
    sys.path.insert(0, sys.argv[1])
    import renraku

    csv_file, path = map(pathlib.Path, sys.argv[2:4])
    known = path.exists()
    with renraku.open(path, host_key=KEY) if known else bench.new_store(renraku, path, KEY) as store:
        session = store.sign_in(bench.MUNICIPALITY, bench.LOGIN, bench.PASSWORD)
        # What Argon2id took for a password is none of the import's.
        pathlib.Path("/proc/self/clear_refs").write_text("5")
        report = session.roster.import_file(csv_file)
        assert report.unchanged + len(report.rejected) == report.rows or not known
        print(peak())


if __name__ == "__main__":
    main()
