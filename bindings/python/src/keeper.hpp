// A keeper that is an object of Python.
#pragma once

#include <pybind11/pybind11.h>

#include <renraku/records/keeper.hpp>

namespace renraku::python {

/// One that calls the object's read(name), write(name, data) and remove(name); none for None. What
/// those raise goes to sys.unraisablehook, and the caller hears Io (field "keeper"). Called with or
/// without Python's lock.
[[nodiscard]] Keeper keeper_in_python(pybind11::handle object);

}  // namespace renraku::python
