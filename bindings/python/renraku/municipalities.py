"""The session's municipality and its settings."""

from . import _renraku
from .records import Municipality
from .roster import Progress


class Municipalities(_renraku.Municipalities):
    """The municipality of the session."""

    def index_texts(self, wanted: bool, *, progress: Progress | None = None) -> Municipality:
        """Switches whether a server keeps by which pairs of characters people are found.

        With them somebody is found by part of a text without opening everybody; the server learns
        how often each pair occurs, and with which others. A folder keeps none. `progress` gets how
        many people are done, twice, and how many there are; when it returns False, Cancelled is
        raised. However a call was ended, the next one goes on. Reauthenticate unless the member
        proved not long ago who it is.
        """
        return self._index_texts(wanted, progress)
