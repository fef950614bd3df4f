"""What the library has to say to operators, in Python's own logging under the name "renraku"."""

import logging

_logger = logging.getLogger("renraku")
# Where the program sets up no logging, nothing is printed.
_logger.addHandler(logging.NullHandler())

_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def log_line(level: str, event: str, text: str) -> None:
    """One line: its text, with the event's stable name as `event` of the log record."""
    _logger.log(_LEVELS[level], "%s", text, extra={"event": event})
