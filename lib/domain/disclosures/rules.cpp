// On what ground the municipality shows its roster, since when, and what another ground would show.
#include "domain/disclosures/days.hpp"
#include "domain/disclosures/disclosed.hpp"
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

constexpr std::string_view count_organisations =
    "SELECT count(*) FROM organisation WHERE municipality = :municipality AND kind = :kind";
const std::string count_visible =
    "SELECT count(*) FROM evacuee e WHERE e.municipality = :municipality AND EXISTS (SELECT 1 FROM "
    "organisation o WHERE o.municipality = :municipality AND o.kind = :kind AND " +
    disclosed(DisclosurePurpose::list) + ")";

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

std::int64_t count(access::Permit& permit, OrganisationKind kind, bool silence) {
  storage::Query query = permit.transaction().query(count_visible);
  query.bind("municipality", permit.scope().municipality).bind("kind", kind);
  bind_rule(query, permit.today(), silence);
  return query.optional<std::int64_t>().value_or(0);
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
  const DisclosureRule now =
      rule_in_force(permit.transaction(), permit.scope().municipality, permit.today());
  std::vector<DisclosurePreview> previews;
  for (const OrganisationKind kind : receiver_kinds) {
    DisclosurePreview& preview = previews.emplace_back();
    preview.receiver = kind;
    preview.organisations = permit.transaction()
                                .query(count_organisations)
                                .bind("municipality", permit.scope().municipality)
                                .bind("kind", kind)
                                .optional<std::int64_t>()
                                .value_or(0);
    preview.visible_now = count(permit, kind, silence_counts(now, permit.today()));
    preview.visible_then = count(permit, kind, rule.kind != DisclosurePolicy::opt_in);
  }
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
