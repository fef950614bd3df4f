"""How members prove who they are."""

from . import _renraku


class Factors(_renraku.Factors):
    """Second factors, certificates, and where members are signed in."""
