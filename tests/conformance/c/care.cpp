// Care: patients and their teams, notices.
#include "c/call.hpp"

namespace conformance {
const Table<Call> care_calls{
    {"patients.add",
     [](Call& c) {
       return one<renraku_patient_page>(renraku_patient_add, c.session(),
                                        c.get<renraku_person>("person"),
                                        c.get<renraku_patient_consent>("consent"),
                                        c.with.contains("role") ? c.text("role") : nullptr);
     }},
    {"patients.list",
     [](Call& c) {
       return list<renraku_patient_line_page>(renraku_patient_list, c.session(),
                                              c.get<renraku_patient_filter>("filter"), c.page());
     }},
    {"patients.view",
     [](Call& c) {
       return one<renraku_patient_sheet_page>(renraku_patient_view, c.session(), c.id());
     }},
    {"patients.change",
     [](Call& c) {
       return one<renraku_patient_page>(renraku_patient_change, c.session(),
                                        c.get<renraku_patient>("changed"));
     }},
    {"patients.record_consent",
     [](Call& c) {
       return one<renraku_patient_consent_page>(renraku_patient_consent_record, c.session(),
                                                c.get<renraku_patient_consent>("consent"));
     }},
    {"patients.withdraw_consent",
     [](Call& c) {
       return one<renraku_patient_consent_page>(renraku_patient_consent_withdraw, c.session(),
                                                c.text("patient"), c.id(), c.revision(),
                                                c.text("withdrawn"));
     }},
    {"patients.consents",
     [](Call& c) {
       return list<renraku_patient_consent_page>(renraku_patient_consent_list, c.session(),
                                                 c.text("patient"), c.page());
     }},
    {"patients.team",
     [](Call& c) {
       return list<renraku_team_line_page>(renraku_team_view, c.session(), c.text("patient"),
                                           c.page());
     }},
    {"patients.teams",
     [](Call& c) {
       return list<renraku_team_overview_page>(renraku_team_list, c.session(),
                                               c.get<renraku_patient_filter>("filter"), c.page());
     }},
    {"patients.add_to_team",
     [](Call& c) {
       return one<renraku_team_member_page>(renraku_team_add, c.session(),
                                            c.get<renraku_team_member>("place"));
     }},
    {"patients.end_in_team",
     [](Call& c) {
       return done(renraku_team_end, c.session(), c.text("patient"), c.text("member"));
     }},
    {"patients.leave",
     [](Call& c) { return done(renraku_team_leave, c.session(), c.text("patient")); }},
    {"patients.ask_to_join",
     [](Call& c) {
       return done(renraku_team_request_make, c.session(), c.get<renraku_team_request>("request"));
     }},
    {"patients.requests",
     [](Call& c) {
       return list<renraku_team_request_page>(renraku_team_request_list, c.session(),
                                              c.text("patient"), c.page());
     }},
    {"patients.answer",
     [](Call& c) {
       return one<renraku_team_request_page>(renraku_team_request_answer, c.session(),
                                             c.text("patient"), c.id(), c.revision(),
                                             c.text("answer"));
     }},
    {"notices.list",
     [](Call& c) {
       return list<renraku_notice_page>(renraku_notice_list, c.session(),
                                        c.get<renraku_notice_filter>("filter"), c.page());
     }},
    {"notices.count_unread",
     [](Call& c) {
       std::int64_t count = 0;
       done(renraku_notice_count_unread, c.session(), &count);
       return json::object{{"unread", count}};
     }},
    {"notices.read",
     [](Call& c) { return one<renraku_notice_page>(renraku_notice_read, c.session(), c.id()); }},
};

}  // namespace conformance
