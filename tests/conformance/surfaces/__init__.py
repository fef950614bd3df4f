"""The four ways into the library. Each takes the same calls with the same JSON and gives the same
JSON, or raises Failure."""

from .common import HOST_KEY, Failure
from .folder import FOLDER
from .over_http import Http
from .over_python import Python
from .processes import C, Cpp

__all__ = ["FOLDER", "HOST_KEY", "C", "Cpp", "Failure", "Http", "Python"]
