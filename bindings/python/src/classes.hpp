// The Python classes that C++ makes objects of, handed over once when the package is imported.
#pragma once

#include <pybind11/pybind11.h>

#include <map>
#include <renraku/error.hpp>

namespace renraku::python {

namespace py = pybind11;

struct Classes {
  py::object partial_date;
  py::object page;
  /// Makes text of a roster's cell that is not text already.
  py::object cell_text;
  /// Takes a line of the log: level, event, text.
  py::object log;
  /// By the number of the kind.
  std::map<ErrorCode, py::object> errors;
};

/// Kept for the life of the process: Python may be gone before static destructors run.
Classes& classes();

/// Calls `visit(code)` for each kind of error there is.
template <class Visit>
void for_each_error(Visit&& visit) {
  constexpr std::int32_t first = 1000;  // kinds are numbered by the thousand, see error.hpp
  constexpr std::int32_t last = 9999;
  for (std::int32_t number = first; number <= last; ++number) {
    const auto code = static_cast<ErrorCode>(number);
    if (error_name(code) != "unknown") visit(code);
  }
}

}  // namespace renraku::python
