"""What every surface shares: the key, what a call answers instead of a result, and what a scenario
leaves to the day on which it runs."""

import pathlib
from datetime import datetime, timedelta, timezone

import renraku

HOST_KEY = bytes(range(32))


class Failure(Exception):
    """What a call of the library answered instead of a result."""

    def __init__(self, code, name, field, message=""):
        super().__init__(f"{name} ({field}): {message}")
        self.answer = {"code": code, "name": name, "field": field}


def page_of(given):
    """Which page of a list, where the scenario says so."""
    return {name: given[name] for name in ("after", "size") if name in given}


def in_days(given):
    """Scenarios outlive any day that could stand in them."""
    return datetime.now(timezone.utc) + timedelta(days=given["days"])


def day_in(given):
    return (in_days(given) + timedelta(hours=9)).date().isoformat()


def restore(surface, session, given):
    """By the package, as the command line does: no store is open for it."""
    key = bytes.fromhex(given["key"])
    old = {"old_store": given["old_store"], "old_host_key": key} if "old_store" in given else {}
    return renraku.restore(pathlib.Path(given["backups"]) / given["file"], given["folder"],
                           host_key=key, witness=given.get("witness"), **old).to_dict()


def make_key(surface, session, given):
    """By the package, as a vendor's program does."""
    return renraku.make_application_key().to_dict()


def make_assertion(surface, session, given):
    try:
        return {"assertion": renraku.make_assertion(given["private_key"], **given["assertion"])}
    except renraku.Error as error:
        raise Failure(error.code, error.name, error.field, str(error)) from None
