// What people said about being shown.
#include <algorithm>

#include "domain/disclosures/disclosures.hpp"
#include "domain/disclosures/newest_first.hpp"
#include "domain/table.hpp"

namespace renraku::domain {
namespace {

const Table<RosterConsent> consents("roster_consent");
const std::string newest = newest_sql<RosterConsent>("roster_consent", "r.person = :person");

}  // namespace

RosterConsent record_consent(access::Permit& permit, RosterConsent consent) {
  const bool receives = !consent.receiver || std::ranges::find(receiver_kinds, *consent.receiver) !=
                                                 receiver_kinds.end();
  if (!receives) {
    throw Error(ErrorCode::invalid, "organisations of this kind do not receive the roster",
                "receiver");
  }
  if (consent.date && *consent.date > permit.today()) {
    throw Error(ErrorCode::invalid, "nobody can have said it after today", "date");
  }
  static_cast<void>(load_person(permit, consent.person));
  consent.recorded_by = permit.actor().member;
  consent.recorded_at = permit.now();
  consent.withheld = false;
  consent = consents.insert(permit, consents.keys(permit).next(), std::move(consent));
  access::Changes changes;
  changes.added("roster_consent", consent);
  permit.journal(consent.person, changes, true);
  return consent;
}

Page<RosterConsent> list_consents(access::Permit& permit, const Id<Person>& person,
                                  const PageRequest& page) {
  const bool hidden = load_person(permit, person).hidden;
  permit.saw(person);
  return list_newest<RosterConsent>(
      permit, newest, page, [&](storage::Query& query) { query.bind("person", person); },
      [&](storage::Query&, RosterConsent& consent) {
        if (hidden) withhold_places(consent);
      });
}

}  // namespace renraku::domain
