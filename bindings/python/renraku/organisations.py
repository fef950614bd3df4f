"""Where the people who help work."""

from . import _renraku
from .page import Pages
from .records import Organisation


class Organisations(_renraku.Organisations):
    """The organisations of the session's municipality."""

    def list(self) -> Pages[Organisation]:
        """By reading."""
        return Pages(self._list)
