"""The command line, for scripts as much as for people; docs/command-line.md describes it.

Standard output holds the result alone. The exit code is the thousands of the error's code.
"""

import os
import sys
from collections.abc import Sequence

from ..error import Error
from . import (
    backups,
    copying,
    disclosures,
    evacuees,
    journal,
    keys,
    members,
    organisations,
    people,
    roster,
    stores,
)
from .arguments import Call, UsageError, parser
from .output import note, note_log, speak_utf8

DONE, FAILED, USAGE = 0, 1, 2


def main(words: Sequence[str]) -> int:
    """Runs one command and gives its exit code."""
    speak_utf8()
    commands = parser()
    for noun in (stores, members, organisations, roster, disclosures, evacuees, people, journal,
                 keys, backups, copying):
        noun.add_to(commands)
    try:
        call = Call(commands.read(words))
        if call.verbose:
            note_log()
        result: int = call.given.run(call)
        sys.stdout.flush()
        return result
    except UsageError as error:
        note(f"renraku: {error}")
        return USAGE
    except Error as error:
        field = f"（{error.field}）" if error.field else ""
        note(f"renraku: {error.message_ja}{field}\n  {error.name}: {error}")
        return error.code // 1000
    except KeyboardInterrupt:
        note("renraku: 中止しました。")
        return FAILED
    except BrokenPipeError:
        # Whoever read it is gone; nothing is left to say, not even when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        note(f"renraku: {error.strerror}: {error.filename}")
        return FAILED
