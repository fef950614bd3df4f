"""Surfaces in a process of their own: the drivers of C++ and C, by lines of JSON (lines.hpp)."""

import json
import os
import subprocess

from .common import HOST_KEY, Failure


class Process:
    """A surface in a process of its own; `kept` is what stays open beside the pipes."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        encoding="utf-8")

    def close(self):
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()


class Driver(Process):
    """conformance_cpp or conformance_c, by lines of JSON."""

    def __init__(self, program, place=None):
        super().__init__(program)
        if place:
            self._ask({"open": place.address, "host_key": HOST_KEY.hex()})

    def calls(self):
        return set(self._ask({"calls": True}))

    def call(self, session, call, given):
        return self._ask({"as": session, "call": call, "with": given})

    def _ask(self, line):
        self.process.stdin.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        written = self.process.stdout.readline()
        if not written:
            raise AssertionError(f"the driver ended at {line}")
        answer = json.loads(written)
        if "error" in answer:
            raise Failure(**answer["error"])
        return answer["result"]


class Cpp(Driver):
    def __init__(self, place=None):
        super().__init__(os.environ["RENRAKU_CONFORMANCE_CPP"], place)


class C(Driver):
    def __init__(self, place=None):
        super().__init__(os.environ["RENRAKU_CONFORMANCE_C"], place)
