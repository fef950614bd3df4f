// What the package's generated files are written from (generate.py).
#pragma once

#include <pybind11/pybind11.h>

namespace renraku::python {

/// Takes the generated classes out of renraku.records; see RecordClass::bind.
void bind_records(const pybind11::module_& records);

/// Records, enumerations, errors and functions with their comments, as plain lists.
pybind11::dict describe();

}  // namespace renraku::python
