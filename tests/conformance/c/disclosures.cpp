// What is told to whom: organisations, disclosures.
#include "c/call.hpp"

namespace conformance {
const Table<Call> disclosure_calls{
    {"organisations.add",
     [](Call& c) {
       return one<renraku_organisation_page>(renraku_organisation_add, c.session(),
                                             c.get<renraku_organisation>("organisation"));
     }},
    {"disclosures.record_consent",
     [](Call& c) {
       return one<renraku_roster_consent_page>(renraku_roster_consent_record, c.session(),
                                               c.get<renraku_roster_consent>("consent"));
     }},
    {"disclosures.consents",
     [](Call& c) {
       return list<renraku_roster_consent_page>(renraku_roster_consent_list, c.session(),
                                                c.text("person"), c.page());
     }},
    {"disclosures.rules",
     [](Call& c) {
       return list<renraku_disclosure_rule_page>(renraku_disclosure_rule_list, c.session(),
                                                 c.page());
     }},
    {"disclosures.preview",
     [](Call& c) {
       return list<renraku_disclosure_preview_page>(renraku_disclosure_rule_preview, c.session(),
                                                    c.get<renraku_disclosure_rule>("rule"));
     }},
    {"disclosures.propose",
     [](Call& c) {
       return one<renraku_disclosure_rule_page>(renraku_disclosure_rule_propose, c.session(),
                                                c.get<renraku_disclosure_rule>("rule"));
     }},
    {"disclosures.decide",
     [](Call& c) {
       return one<renraku_disclosure_rule_page>(renraku_disclosure_rule_decide, c.session(), c.id(),
                                                c.revision(),
                                                std::int32_t{c.with.at("adopt").as_bool()});
     }},
    {"disclosures.make",
     [](Call& c) {
       return one<renraku_disclosure_report_page>(
           renraku_disclosure_make, c.session(), c.text("receiver"), c.text("purpose"),
           c.text("file"), c.get<renraku_disclosure_options>("options"), nullptr);
     }},
    {"disclosures.list",
     [](Call& c) {
       return list<renraku_disclosure_page>(renraku_disclosure_list, c.session(),
                                            c.get<renraku_disclosure_filter>("filter"), c.page());
     }},
    {"disclosures.record_receipt",
     [](Call& c) {
       return one<renraku_disclosure_page>(renraku_disclosure_record_receipt, c.session(), c.id(),
                                           c.revision(), c.text("received_by"),
                                           c.text("received_on"));
     }},
    {"disclosures.record_return",
     [](Call& c) {
       return one<renraku_disclosure_page>(renraku_disclosure_record_return, c.session(), c.id(),
                                           c.revision(), c.text("returned_on"));
     }},
    {"disclosures.visible",
     [](Call& c) {
       return list<renraku_disclosed_line_page>(renraku_disclosed_list, c.session(),
                                                c.get<renraku_disclosed_filter>("filter"),
                                                c.page());
     }},
    {"disclosures.view",
     [](Call& c) {
       return one<renraku_disclosed_evacuee_page>(renraku_disclosed_view, c.session(),
                                                  c.text("person"));
     }},
};

}  // namespace conformance
