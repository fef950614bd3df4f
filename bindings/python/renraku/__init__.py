"""Encrypted records for municipalities and the people who care for their residents.

    with renraku.open("city.renraku", passphrase=…) as store:
        with store.sign_in("082112", "kanri", password) as session:
            for line in session.evacuees.list(label="red"):
                print(line.name, line.district)
"""

from . import _renraku, errors, records
from .error import Error
from .errors import *
from .evacuees import Evacuees
from .journal import Journal
from .members import Members
from .organisations import Organisations
from .page import PAGE_SIZE, PAGE_SIZE_MAX, Page, Pages
from .people import People
from .record import AnyDate, PartialDate, Record
from .records import *
from .roster import Progress, Roster
from .rows import cell_text
from .session import Session
from .store import Store, create, open

__all__ = [
    "cell_text",
    "PAGE_SIZE",
    "PAGE_SIZE_MAX",
    "AnyDate",
    "Error",
    "Evacuees",
    "Journal",
    "Members",
    "Organisations",
    "Page",
    "Pages",
    "PartialDate",
    "People",
    "Progress",
    "Record",
    "Roster",
    "Session",
    "Store",
    "create",
    "open",
]
__all__ += errors.__all__
__all__ += records.__all__

_renraku.bind_package(records, errors.BY_CODE, Page, PartialDate, cell_text)
