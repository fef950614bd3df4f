"""A session: a store seen by one member."""

import os
from types import TracebackType

from . import _renraku
from .disclosures import Disclosures
from .applications import Applications
from .error import Error
from .evacuees import Evacuees
from .factors import Factors
from .journal import Journal
from .members import Members
from .municipalities import Municipalities
from .notices import Notices
from .organisations import Organisations
from .patients import Patients
from .people import People
from .record import AnyDate
from .records import AccessRecovery, BackupReport, FactorState, Member
from .roster import Roster


class Session(_renraku.Session):
    """Everything a member does starts here; as a context manager it signs out at the end.

    Each call is one act: it asks the policy, does its work, leaves an entry in the journal and
    commits, or raises and has done nothing. Any call can raise SessionEnded and NotPermitted. Used
    by one thread at a time.
    """

    def __init__(self, of: _renraku.Session) -> None:
        super().__init__(of)
        self.municipality = Municipalities(self)
        self.members = Members(self)
        self.people = People(self)
        self.evacuees = Evacuees(self)
        self.roster = Roster(self)
        self.organisations = Organisations(self)
        self.disclosures = Disclosures(self)
        self.applications = Applications(self)
        self.factors = Factors(self)
        self.patients = Patients(self)
        self.notices = Notices(self)
        self.journal = Journal(self)
        #: How the member stood to the second factor at the sign-in; None for a resumed session.
        #: With "required" nothing is open until one is set up.
        self.second_factor: FactorState | None = None
        #: What remember_device asked for: to be kept by the device, and given at its next sign-in.
        self.device = ""
        #: For administrators: whose accounts the recovery key opened in the last thirty days.
        self.recoveries: list[AccessRecovery] = []

    @property
    def member(self) -> Member:
        """Who is signed in, as of the sign-in."""
        return self._member()

    @property
    def token(self) -> str:
        """64 characters; whoever has them is the member. Keep them like a password."""
        return self._token()

    def on_behalf_of(self, colleague: str) -> "Session":
        """The same session entering for a colleague (代行入力): the journal names both."""
        return Session(self._on_behalf_of(colleague))

    def backup(
        self,
        folder: str | os.PathLike[str],
        *,
        to_key: str = "",
        keep: int = 0,
        keep_until: AnyDate | None = None,
    ) -> BackupReport:
        """As Store.backup, by order of a member who runs the service, as the journal tells.

        NotPermitted; Reauthenticate unless the member proved not long ago who it is.
        """
        return self._backup(folder, to_key, keep, keep_until)

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        try:
            self.sign_out()
        except Error:
            # Signed out already, or the session is over; what went wrong before is the news.
            pass
