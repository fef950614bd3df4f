// Each noun binds its class.
#pragma once

#include <pybind11/pybind11.h>

namespace renraku::python {

void bind_store(pybind11::module_& module);
void bind_backups(pybind11::module_& module);
void bind_copying(pybind11::module_& module);
void bind_rotation(pybind11::module_& module);
void bind_region(pybind11::module_& module);
void bind_session(pybind11::module_& module);
void bind_municipalities(pybind11::module_& module);
void bind_members(pybind11::module_& module);
void bind_people(pybind11::module_& module);
void bind_evacuees(pybind11::module_& module);
void bind_roster(pybind11::module_& module);
void bind_organisations(pybind11::module_& module);
void bind_disclosures(pybind11::module_& module);
void bind_applications(pybind11::module_& module);
void bind_factors(pybind11::module_& module);
void bind_patients(pybind11::module_& module);
void bind_notices(pybind11::module_& module);
void bind_journal(pybind11::module_& module);

}  // namespace renraku::python
