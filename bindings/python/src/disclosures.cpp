#include <renraku/described/disclosure.hpp>
#include <renraku/disclosures.hpp>
#include <renraku/session.hpp>

#include "calls.hpp"
#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {
namespace {

DisclosureReport make(const Disclosures& disclosures, const Id<Organisation>& receiver,
                      DisclosurePurpose purpose, const std::filesystem::path& file,
                      const DisclosureOptions& options, const py::object& progress) {
  Calls calls(progress);
  return calls.during(
      [&] { return disclosures.make(receiver, purpose, file, options, calls.progress()); });
}

}  // namespace

void bind_disclosures(py::module_& module) {
  py::class_<Disclosures> bound(module, "Disclosures");
  bound.def(py::init([](const Session& session) { return session.disclosures(); }));
  method(bound, "record_consent", &Disclosures::record_consent, {"consent"});
  paged<&Disclosures::consents>(bound, "_consents");
  paged<&Disclosures::rules>(bound, "_rules");
  method(bound, "_preview", &Disclosures::preview, {"rule"});
  method(bound, "propose", &Disclosures::propose, {"rule"});
  method(bound, "decide", &Disclosures::decide, {"id", "revision", "adopt"});
  method(bound, "_make", &make, {"receiver", "purpose", "file", "options", "progress"});
  paged<&Disclosures::list>(bound, "_list");
  method(bound, "record_receipt", &Disclosures::record_receipt,
         {"id", "revision", "received_by", "received_on"});
  method(bound, "record_return", &Disclosures::record_return, {"id", "revision", "returned_on"});
  paged<&Disclosures::visible>(bound, "_visible");
  method(bound, "view", &Disclosures::view, {"person"});
}

}  // namespace renraku::python
