"""Encrypted records for municipalities and the people who care for their residents.

    with renraku.open("city.renraku", passphrase=…) as store:
        with store.sign_in("082112", "kanri", password) as session:
            for line in session.evacuees.list(label="red"):
                print(line.name, line.district)
"""

from . import _renraku, errors, records
from .copying import compare_municipality, compare_stores, copy_municipality, copy_store
from .disclosures import Disclosures
from .applications import Applications, make_application_key, make_assertion
from .error import Error
from .errors import *
from .evacuees import Evacuees
from .factors import Factors
from .journal import Journal
from .keeper import Keeper
from .log import log_line
from .members import Members
from .notices import Notices
from .organisations import Organisations
from .page import PAGE_SIZE, PAGE_SIZE_MAX, Page, Pages
from .patients import Patients
from .people import People
from .record import AnyDate, PartialDate, Record
from .records import *
from .region import Region
from .roster import Progress, Roster
from .rows import cell_text
from .session import Session
from .store import Store, create, make_backup_key, open, restore

__all__ = [
    "cell_text",
    "PAGE_SIZE",
    "PAGE_SIZE_MAX",
    "AnyDate",
    "Applications",
    "Disclosures",
    "Error",
    "Evacuees",
    "Factors",
    "Journal",
    "Keeper",
    "Members",
    "Notices",
    "Organisations",
    "Page",
    "Pages",
    "PartialDate",
    "Patients",
    "People",
    "Progress",
    "Record",
    "Region",
    "Roster",
    "Session",
    "Store",
    "compare_municipality",
    "compare_stores",
    "copy_municipality",
    "copy_store",
    "create",
    "make_application_key",
    "make_assertion",
    "make_backup_key",
    "open",
    "restore",
]
__all__ += errors.__all__
__all__ += records.__all__

_renraku.bind_package(records, errors.BY_CODE, Page, PartialDate, cell_text, log_line)
