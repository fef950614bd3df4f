// What is told to whom: organisations, disclosures.
#include <renraku/described/disclosure.hpp>

#include "cpp/call.hpp"

namespace conformance {
const Table<Call> disclosure_calls{
    {"organisations.add",
     [](Call& c) {
       return plain(c.session().organisations().add(c.get<Organisation>("organisation")));
     }},
    {"disclosures.record_consent",
     [](Call& c) {
       return plain(c.session().disclosures().record_consent(c.get<RosterConsent>("consent")));
     }},
    {"disclosures.consents",
     [](Call& c) {
       return plain(c.session().disclosures().consents(c.get<Id<Person>>("person"), c.page()));
     }},
    {"disclosures.rules", [](Call& c) { return plain(c.session().disclosures().rules(c.page())); }},
    {"disclosures.preview",
     [](Call& c) {
       return plain(c.session().disclosures().preview(c.get<DisclosureRule>("rule")));
     }},
    {"disclosures.propose",
     [](Call& c) {
       return plain(c.session().disclosures().propose(c.get<DisclosureRule>("rule")));
     }},
    {"disclosures.decide",
     [](Call& c) {
       return plain(c.session().disclosures().decide(c.id<DisclosureRule>(), c.revision(),
                                                     c.get<bool>("adopt")));
     }},
    {"disclosures.make",
     [](Call& c) {
       return plain(c.session().disclosures().make(
           c.get<Id<Organisation>>("receiver"), c.get<DisclosurePurpose>("purpose"), c.text("file"),
           c.get<DisclosureOptions>("options")));
     }},
    {"disclosures.list",
     [](Call& c) {
       return plain(c.session().disclosures().list(c.get<DisclosureFilter>("filter"), c.page()));
     }},
    {"disclosures.record_receipt",
     [](Call& c) {
       return plain(c.session().disclosures().record_receipt(
           c.id<Disclosure>(), c.revision(), c.text("received_by"), c.get<Date>("received_on")));
     }},
    {"disclosures.record_return",
     [](Call& c) {
       return plain(c.session().disclosures().record_return(c.id<Disclosure>(), c.revision(),
                                                            c.get<Date>("returned_on")));
     }},
    {"disclosures.visible",
     [](Call& c) {
       return plain(c.session().disclosures().visible(c.get<DisclosedFilter>("filter"), c.page()));
     }},
    {"disclosures.view",
     [](Call& c) { return plain(c.session().disclosures().view(c.get<Id<Person>>("person"))); }},
};

}  // namespace conformance
