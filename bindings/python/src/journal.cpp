#include <renraku/described/journal.hpp>
#include <renraku/described/witness.hpp>
#include <renraku/session.hpp>
#include <renraku/witness.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_journal(py::module_& module) {
  py::class_<Journal> bound(module, "Journal");
  bound.def(py::init([](const Session& session) { return session.journal(); }));
  paged<&Journal::list>(bound, "_list");
  method(
      bound, "_history",
      +[](const Journal& journal, const std::string& subject, const std::string& after, int size) {
        return journal.history(Uuid::parse(subject, "subject"), {after, size});
      },
      {"subject", "after", "size"});
  method(
      bound, "_lookers",
      +[](const Journal& journal, const std::string& subject, const std::string& after, int size) {
        return journal.lookers(Uuid::parse(subject, "subject"), {after, size});
      },
      {"subject", "after", "size"});
  method(bound, "_verify",
         +[](const Journal& journal, const std::optional<std::filesystem::path>& witness) {
           return witness ? journal.verify(witness_in_file(*witness)) : journal.verify();
         },
         {"witness"});
  method(bound, "heads", &Journal::heads);
}

}  // namespace renraku::python
