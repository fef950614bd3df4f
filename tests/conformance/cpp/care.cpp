// Care: patients and their teams, notices.
#include <renraku/described/notice.hpp>
#include <renraku/described/patient.hpp>

#include "cpp/call.hpp"

namespace conformance {
const Table<Call> care_calls{
    {"patients.add",
     [](Call& c) {
       return plain(c.session().patients().add(
           c.get<Person>("person"), c.get<PatientConsent>("consent"), c.get<std::string>("role")));
     }},
    {"patients.list",
     [](Call& c) {
       return plain(c.session().patients().list(c.get<PatientFilter>("filter"), c.page()));
     }},
    {"patients.view", [](Call& c) { return plain(c.session().patients().view(c.id<Patient>())); }},
    {"patients.change",
     [](Call& c) { return plain(c.session().patients().change(c.get<Patient>("changed"))); }},
    {"patients.record_consent",
     [](Call& c) {
       return plain(c.session().patients().record_consent(c.get<PatientConsent>("consent")));
     }},
    {"patients.withdraw_consent",
     [](Call& c) {
       return plain(c.session().patients().withdraw_consent(
           c.patient(), c.id<PatientConsent>(), c.revision(), c.get<Date>("withdrawn")));
     }},
    {"patients.consents",
     [](Call& c) { return plain(c.session().patients().consents(c.patient(), c.page())); }},
    {"patients.team",
     [](Call& c) { return plain(c.session().patients().team(c.patient(), c.page())); }},
    {"patients.teams",
     [](Call& c) {
       return plain(c.session().patients().teams(c.get<PatientFilter>("filter"), c.page()));
     }},
    {"patients.add_to_team",
     [](Call& c) { return plain(c.session().patients().add_to_team(c.get<TeamMember>("place"))); }},
    {"patients.end_in_team",
     [](Call& c) {
       c.session().patients().end_in_team(c.patient(), c.get<Id<Member>>("member"));
       return nothing;
     }},
    {"patients.leave",
     [](Call& c) {
       c.session().patients().leave(c.patient());
       return nothing;
     }},
    {"patients.ask_to_join",
     [](Call& c) {
       c.session().patients().ask_to_join(c.get<TeamRequest>("request"));
       return nothing;
     }},
    {"patients.requests",
     [](Call& c) { return plain(c.session().patients().requests(c.patient(), c.page())); }},
    {"patients.answer",
     [](Call& c) {
       return plain(c.session().patients().answer(c.patient(), c.id<TeamRequest>(), c.revision(),
                                                  c.get<RequestAnswer>("answer")));
     }},
    {"notices.list",
     [](Call& c) {
       return plain(c.session().notices().list(c.get<NoticeFilter>("filter"), c.page()));
     }},
    {"notices.count_unread",
     [](Call& c) {
       return json::object{{"unread", c.session().notices().count_unread()}};
     }},
    {"notices.read", [](Call& c) { return plain(c.session().notices().read(c.id<Notice>())); }},
};

}  // namespace conformance
