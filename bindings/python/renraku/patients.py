"""Patients and care teams: only the team sees a patient."""

from . import _renraku
from .page import Pages, filter_of
from .record import AnyDate
from .records import (
    Patient,
    PatientConsent,
    PatientFilter,
    PatientLine,
    Person,
    TeamLine,
    TeamMember,
    TeamOverview,
    TeamRequest,
)


class Patients(_renraku.Patients):
    """The patients in whose team the member is.

    Whoever is not in a patient's team gets NotPermitted, whether there is such a patient or not.
    """

    def add(self, person: Person, consent: PatientConsent, *, role: str = "") -> Patient:
        """Registers a new person as a patient; the member leads the team, in this role.

        Missing (field "name", "form" or "scopes"): the consent covers the team.
        """
        return self._add(person, consent, role)

    def list(self, filter: PatientFilter | None = None, /,
             **known: str | bool) -> Pages[PatientLine]:
        """The member's own patients by reading: `list(text="高崎")`.

        The keywords are the fields of PatientFilter.
        """
        wanted = filter_of(PatientFilter, filter, known)
        return Pages(lambda after, size: self._list(wanted, after, size))

    def consents(self, patient: str) -> Pages[PatientConsent]:
        """In the order they came, those withdrawn too."""
        return Pages(lambda after, size: self._consents(patient, after, size))

    def team(self, patient: str) -> Pages[TeamLine]:
        """Everybody who is or was in the team. Administrators see it too."""
        return Pages(lambda after, size: self._team(patient, after, size))

    def teams(self, filter: PatientFilter | None = None, /,
              **known: str | bool) -> Pages[TeamOverview]:
        """All teams, by the reading of whose they are: for administrators.

        The keywords are the fields of PatientFilter; its text finds names and readings alone.
        """
        wanted = filter_of(PatientFilter, filter, known)
        return Pages(lambda after, size: self._teams(wanted, after, size))

    def add_to_team(self, patient: str, member: str, *, role: str = "", lead: bool = False,
                    until: AnyDate | None = None) -> TeamMember:
        """A lead gives a member a place from today; who has one already gets these.

        The whole team is told. Invalid (field "member") for somebody who does no care work, (field
        "until") for a past end; NotPermitted (field "lead") when no lead would be left.
        """
        return self._add_to_team(
            TeamMember(patient=patient, member=member, role=role, lead=lead, until=until))

    def ask_to_join(self, patient: str, member: str, *, reason: str, role: str = "") -> None:
        """Asks that a member joins: oneself, or for administrators and the team anybody.

        Does nothing where there is no such patient, or where the member is in the team or asked
        for already: nobody learns here who is a patient. Missing without a reason.
        """
        self._ask_to_join(TeamRequest(patient=patient, member=member, reason=reason, role=role))

    def requests(self, patient: str) -> Pages[TeamRequest]:
        """Those that wait, in the order they came. Administrators see them too."""
        return Pages(lambda after, size: self._requests(patient, after, size))
