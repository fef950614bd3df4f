"""The roster of residents who need help to evacuate (避難行動要支援者名簿)."""

from . import _renraku
from .page import Pages, filter_of
from .records import EvacueeFilter, EvacueeLine


class Evacuees(_renraku.Evacuees):
    """The entries of the roster."""

    def list(self, filter: EvacueeFilter | None = None, /, **known: str) -> Pages[EvacueeLine]:
        """The roster by reading, without those withdrawn: `list(label="red", text="高崎")`.

        The keywords are the fields of EvacueeFilter.
        """
        wanted = filter_of(EvacueeFilter, filter, known)
        return Pages(lambda after, size: self._list(wanted, after, size))
