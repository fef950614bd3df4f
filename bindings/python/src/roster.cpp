#include <renraku/described/roster.hpp>
#include <renraku/session.hpp>

#include "calls.hpp"
#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {
namespace {

using Path = std::filesystem::path;

ImportReport import_file(const Roster& roster, const Path& file, const ImportOptions& options,
                         const py::object& progress) {
  Calls calls(progress);
  return calls.during([&] { return roster.import_file(file, options, calls.progress()); });
}

ImportReport import_rows(const Roster& roster, const py::object& rows, const ImportOptions& options,
                         const py::object& progress) {
  Calls calls(progress);
  return calls.during(
      [&] { return roster.import_rows(calls.rows(rows), options, calls.progress()); });
}

ExportReport export_file(const Roster& roster, const Path& file, const ExportOptions& options,
                         const py::object& progress) {
  Calls calls(progress);
  return calls.during([&] { return roster.export_file(file, options, calls.progress()); });
}

}  // namespace

void bind_roster(py::module_& module) {
  py::class_<Roster> bound(module, "Roster");
  bound.def(py::init([](const Session& session) { return session.roster(); }));
  method(bound, "_import_file", &import_file, {"file", "options", "progress"});
  method(bound, "_import_rows", &import_rows, {"rows", "options", "progress"});
  method(bound, "_export_file", &export_file, {"file", "options", "progress"});
  method(bound, "summary", &Roster::summary);
  paged<&Roster::open_rows>(bound, "_open_rows");
  method(bound, "count_open_rows", &Roster::count_open_rows);
  method(bound, "mend_open_row", &Roster::mend_open_row, {"mended"});
  method(bound, "dismiss_open_row", &Roster::dismiss_open_row, {"id", "revision"});
  paged<&Roster::suspects>(bound, "_suspects");
  paged<&Roster::decided_suspects>(bound, "_decided_suspects");
  method(bound, "decide_suspect", &Roster::decide_suspect, {"id", "revision", "decision"});
  paged<&Roster::missing>(bound, "_missing");
  method(bound, "decide_missing", &Roster::decide_missing, {"id", "revision", "decision"});
  paged<&Roster::conflicts>(bound, "_conflicts");
  method(bound, "decide_conflict", &Roster::decide_conflict, {"id", "revision", "decision"});
}

}  // namespace renraku::python
