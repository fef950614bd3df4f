// On what ground the municipality shows its roster, since when, and what another ground would show.
#include "domain/disclosures/cases.hpp"
#include "domain/disclosures/days.hpp"
#include "domain/disclosures/disclosures.hpp"
#include "domain/disclosures/newest_first.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<DisclosureRule> rules("disclosure_rule");
const std::string newest = newest_sql<DisclosureRule>("disclosure_rule", "0 = 0");
const std::string in_force =
    "SELECT " + storage::columns<DisclosureRule>() +
    " FROM disclosure_rule WHERE municipality = :municipality AND state = 'adopted' "
    "AND valid_from <= :today ORDER BY valid_from DESC, pk DESC LIMIT 1";

void check_rule(const DisclosureRule& rule) {
  need_whole_day(rule.valid_from, "valid_from");
  if (rule.notice_sent) need_whole_day(*rule.notice_sent, "notice_sent");
  if (rule.objection_deadline) need_whole_day(*rule.objection_deadline, "objection_deadline");
  if (rule.kind != DisclosurePolicy::opt_in) need_short_text(rule.ordinance, "ordinance");
  if (rule.kind != DisclosurePolicy::presumed) return;
  if (!rule.notice_sent || !rule.objection_deadline) {
    throw Error(ErrorCode::missing, "silence counts only after people were told and could object",
                rule.notice_sent ? "objection_deadline" : "notice_sent");
  }
  if (*rule.objection_deadline < *rule.notice_sent) {
    throw Error(ErrorCode::invalid, "the deadline is after the notice", "objection_deadline");
  }
}

}  // namespace

DisclosureRule rule_in_force(storage::Transaction& transaction, std::string_view municipality,
                             const Date& day) {
  return transaction.query(in_force)
      .bind("municipality", municipality)
      .bind("today", day)
      .optional<DisclosureRule>()
      .value_or(DisclosureRule{});
}

Page<DisclosureRule> list_rules(access::Permit& permit, const PageRequest& page) {
  return list_newest<DisclosureRule>(
      permit, newest, page, [](storage::Query&) {}, [](storage::Query&, DisclosureRule&) {});
}

std::vector<DisclosurePreview> preview_rule(access::Permit& permit, const DisclosureRule& rule) {
  check_rule(rule);
  const bool now =
      is_silence_enough(permit.transaction(), permit.scope().municipality, permit.today());
  const bool then = rule.kind != DisclosurePolicy::opt_in;
  const std::vector<ReceiversOfKind> kinds = receivers_by_kind(permit);
  std::vector<DisclosurePreview> previews;
  previews.reserve(kinds.size());
  for (const ReceiversOfKind& kind : kinds) {
    previews.push_back({kind.receiver.kind(), kind.organisations});
  }
  each_case(permit, [&](const Id<Evacuee>&, const DisclosureCase& found) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const Receiver& receiver = kinds[i].receiver;
      if (found.is_shown(DisclosurePurpose::list, receiver, now)) ++previews[i].visible_now;
      if (found.is_shown(DisclosurePurpose::list, receiver, then)) ++previews[i].visible_then;
    }
  });
  return previews;
}

DisclosureRule propose_rule(access::Permit& permit, DisclosureRule rule) {
  check_rule(rule);
  rule.state = DisclosureRuleState::proposed;
  rule.proposed_by = permit.actor().member;
  rule.proposed_at = permit.now();
  rule.decided_by = {};
  rule.decided_at = {};
  return rules.add(permit, std::move(rule));
}

DisclosureRule decide_rule(access::Permit& permit, const Id<DisclosureRule>& id,
                           std::int64_t revision, bool adopt) {
  const DisclosureRule stored = rules.load(permit, id);
  const access::Actor& actor = permit.actor();
  if (actor.member == stored.proposed_by || actor.on_behalf == stored.proposed_by) {
    throw Error(ErrorCode::not_permitted, "a rule is decided by another officer than its proposer",
                "decided_by");
  }
  if (stored.state != DisclosureRuleState::proposed) {
    throw Error(ErrorCode::conflict, "this rule was decided already; propose another", "state");
  }
  DisclosureRule changed = stored;
  changed.revision = revision;
  changed.state = adopt ? DisclosureRuleState::adopted : DisclosureRuleState::declined;
  changed.decided_by = actor.member;
  changed.decided_at = permit.now();
  return rules.change(permit, stored, std::move(changed));
}

}  // namespace renraku::domain
