"""Vendors' applications that sign their users in themselves."""

from collections.abc import Iterable
from datetime import datetime

from . import _renraku
from .page import Pages
from .records import Application, ApplicationKey, AssertedFactor, Assertion, Profession


class Applications(_renraku.Applications):
    """For administrators: which applications may speak for members, and how far."""

    def register(
        self,
        name: str,
        public_key: str,
        *,
        professions: Iterable[Profession],
        actions: Iterable[str],
        expires: datetime,
        municipalities: Iterable[str] = (),
        members: Iterable[str] = (),
    ) -> Application:
        """Lets an application act; Application says what each argument is.

        Reauthenticate, Missing, Invalid and NotFound naming the field.
        """
        return self._register_application(Application(
            name=name, public_key=public_key, professions=list(professions), actions=list(actions),
            expires=expires, municipalities=list(municipalities), members=list(members)))

    def list(self) -> Pages[Application]:
        """The municipality's own and those of the service that name it, the newest first."""
        return Pages(lambda after, size: self._list(after, size))


def make_application_key() -> ApplicationKey:
    """A new key pair: the public half is registered, the private one stays with the vendor."""
    return _renraku.make_application_key()


def make_assertion(
    private_key: str,
    *,
    application: str,
    municipality: str,
    login: str,
    factors: Iterable[AssertedFactor],
    reference: str = "",
) -> str:
    """What Store.act_as takes, once and within a minute: whose call the application brings.

    Assertion says what each argument is.
    """
    assertion = Assertion(application=application, municipality=municipality, login=login,
                          reference=reference, factors=list(factors))
    return _renraku.make_assertion(assertion, private_key)
