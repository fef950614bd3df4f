// The module _renraku: the library as Python sees it, under the package of the same name.
#include <algorithm>
#include <renraku/session.hpp>

#include "classes.hpp"
#include "description.hpp"
#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {
namespace {

constexpr std::pair<std::string_view, std::string_view> comments[] = {
#include "header_comments.inc"
};

/// Raises the class of the error's kind.
void raise(const Error& error) {
  const auto found = classes().errors.find(error.code());
  if (found == classes().errors.end()) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
    return;
  }
  const py::object raised = found->second(error.what(), error.field());
  PyErr_SetObject(found->second.ptr(), raised.ptr());
}

/// Takes over what the package wrote in Python.
void bind_package(const py::module_& records, const py::dict& errors, const py::object& page,
                  const py::object& partial_date, const py::object& cell_text,
                  const py::object& log) {
  bind_records(records);
  classes().page = page;
  classes().partial_date = partial_date;
  classes().cell_text = cell_text;
  classes().log = log;
  for_each_error(
      [&](ErrorCode code) { classes().errors[code] = errors[py::int_(static_cast<int>(code))]; });
}

}  // namespace

Classes& classes() {
  static auto* kept = new Classes;
  return *kept;
}

std::vector<Signature>& signatures() {
  static std::vector<Signature> bound;
  return bound;
}

std::string_view header_comment(std::string_view name) {
  const auto* found = std::find_if(std::begin(comments), std::end(comments),
                                   [name](const auto& comment) { return comment.first == name; });
  return found == std::end(comments) ? std::string_view() : found->second;
}

}  // namespace renraku::python

PYBIND11_MODULE(_renraku, module) {
  using namespace renraku::python;
  // NOLINTNEXTLINE(performance-unnecessary-value-param): the signature is pybind11's
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const renraku::Error& error) {
      raise(error);
    }
  });
  bind_session(module);
  bind_store(module);
  bind_backups(module);
  bind_copying(module);
  bind_rotation(module);
  bind_region(module);
  bind_municipalities(module);
  bind_members(module);
  bind_people(module);
  bind_evacuees(module);
  bind_roster(module);
  bind_organisations(module);
  bind_disclosures(module);
  bind_applications(module);
  bind_factors(module);
  bind_patients(module);
  bind_notices(module);
  bind_journal(module);
  module.def("describe", &describe);
  module.def("bind_package", &bind_package);
}
