"""A session: a store seen by one member."""

from types import TracebackType

from . import _renraku
from .error import Error
from .evacuees import Evacuees
from .journal import Journal
from .members import Members
from .organisations import Organisations
from .people import People
from .records import Member
from .roster import Roster


class Session(_renraku.Session):
    """Everything a member does starts here; as a context manager it signs out at the end.

    Each call is one act: it asks the policy, does its work, leaves an entry in the journal and
    commits, or raises and has done nothing. Any call can raise SessionEnded and NotPermitted. Used
    by one thread at a time.
    """

    def __init__(self, of: _renraku.Session) -> None:
        super().__init__(of)
        self.municipality = _renraku.Municipalities(self)
        self.members = Members(self)
        self.people = People(self)
        self.evacuees = Evacuees(self)
        self.roster = Roster(self)
        self.organisations = Organisations(self)
        self.journal = Journal(self)

    @property
    def member(self) -> Member:
        """Who is signed in, as of the sign-in."""
        return self._member()

    @property
    def token(self) -> str:
        """64 characters; whoever has them is the member. Keep them like a password."""
        return self._token()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        try:
            self.sign_out()
        except Error:
            # Signed out already, or the session is over; what went wrong before is the news.
            pass
