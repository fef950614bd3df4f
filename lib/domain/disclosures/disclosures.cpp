// What was handed to receivers.
#include "domain/disclosures/disclosures.hpp"

#include <algorithm>

#include "domain/disclosures/days.hpp"
#include "domain/disclosures/newest_first.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<Disclosure> disclosures("disclosure");
const std::string newest = newest_sql<Disclosure>(
    "disclosure",
    "(:every_receiver = 1 OR r.receiver = :receiver) AND (:overdue = 0 OR (r.returned_on IS NULL "
    "AND r.return_by < :today))");
constexpr std::string_view find_kind =
    "SELECT kind FROM organisation WHERE id = :id AND municipality = :municipality";

}  // namespace

void need_receiver(access::Permit& permit, const Id<Organisation>& organisation) {
  const auto kind = permit.transaction()
                        .query(find_kind)
                        .bind("id", organisation)
                        .bind("municipality", permit.scope().municipality)
                        .optional<OrganisationKind>();
  if (!kind) {
    throw Error(ErrorCode::not_found, "there is no such organisation in this municipality",
                "receiver");
  }
  if (std::ranges::find(receiver_kinds, *kind) == receiver_kinds.end()) {
    throw Error(ErrorCode::invalid, "organisations of this kind do not receive the roster",
                "receiver");
  }
}

Disclosure add_disclosure(access::Permit& permit, Disclosure disclosure) {
  if (disclosure.return_by) need_whole_day(*disclosure.return_by, "return_by");
  disclosure.rule =
      rule_in_force(permit.transaction(), permit.scope().municipality, permit.today()).id;
  disclosure.made_by = permit.actor().member;
  disclosure.made_at = permit.now();
  return disclosures.add(permit, std::move(disclosure));
}

Page<Disclosure> list_disclosures(access::Permit& permit, const DisclosureFilter& filter,
                                  const PageRequest& page) {
  return list_newest<Disclosure>(
      permit, newest, page,
      [&](storage::Query& query) {
        query.bind("every_receiver", !filter.receiver)
            .bind("receiver", filter.receiver)
            .bind("overdue", filter.overdue)
            .bind("today", permit.today());
      },
      [&](storage::Query&, const Disclosure& disclosure) { permit.saw(disclosure.id); });
}

Disclosure record_receipt(access::Permit& permit, const Id<Disclosure>& id, std::int64_t revision,
                          const std::string& received_by, const Date& received_on) {
  need_short_text(received_by, "received_by");
  need_past_day(received_on, permit.today(), "received_on");
  const Disclosure stored = disclosures.load(permit, id);
  Disclosure changed = stored;
  changed.revision = revision;
  changed.received_by = received_by;
  changed.received_on = received_on;
  return disclosures.change(permit, stored, std::move(changed));
}

Disclosure record_return(access::Permit& permit, const Id<Disclosure>& id, std::int64_t revision,
                         const Date& returned_on) {
  need_past_day(returned_on, permit.today(), "returned_on");
  const Disclosure stored = disclosures.load(permit, id);
  Disclosure changed = stored;
  changed.revision = revision;
  changed.returned_on = returned_on;
  return disclosures.change(permit, stored, std::move(changed));
}

}  // namespace renraku::domain
