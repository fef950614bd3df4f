#include "domain/disclosures/disclosed.hpp"

#include <algorithm>
#include <utility>

#include "domain/disclosures/disclosures.hpp"
#include "domain/table.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

using enum DisclosurePurpose;

/// As far as both days tell.
bool is_after(const Date& later, const Date& earlier) {
  if (later.year != earlier.year) return later.year > earlier.year;
  if (later.month != earlier.month) return earlier.month != 0 && later.month > earlier.month;
  return earlier.day != 0 && later.day > earlier.day;
}

}  // namespace

void Said::add(bool grants, const std::optional<Date>& day) {
  (grants ? grants_ : refusals_).push_back(day);
}

bool Said::is_refused() const {
  return std::ranges::any_of(refusals_, [&](const std::optional<Date>& refusal) {
    return std::ranges::none_of(grants_, [&](const std::optional<Date>& grant) {
      return grant && refusal && is_after(*grant, *refusal);
    });
  });
}

bool silence_counts(const DisclosureRule& rule, const Date& day) {
  switch (rule.kind) {
    case DisclosurePolicy::opt_in:
      return false;
    case DisclosurePolicy::presumed:
      return rule.objection_deadline && *rule.objection_deadline < day;
    case DisclosurePolicy::unless_refused:
      return true;
  }
  return false;
}

Receiver::Receiver(std::string municipality, OrganisationKind kind)
    : municipality_(std::move(municipality)), kind_(kind) {}

void Receiver::serve(const std::vector<std::string>& districts) {
  const bool is_of_all =
      kind_ == OrganisationKind::fire_station || kind_ == OrganisationKind::police_station;
  if (districts.empty() && is_of_all) serves_all_ = true;
  for (const std::string& district : districts) {
    std::string key = text::search_text(district);
    if (!key.empty()) districts_.insert(std::move(key));
  }
}

bool Receiver::receives() const {
  return std::ranges::find(receiver_kinds, kind_) != receiver_kinds.end();
}

EntryFacts facts_of(const Evacuee& evacuee) {
  return {evacuee.municipality, evacuee.person,       !evacuee.withdrawal,
          evacuee.consent,      evacuee.consent_date, evacuee.district};
}

DisclosureCase::DisclosureCase(const EntryFacts& entry, std::vector<SaidOnce> said,
                               bool is_protected)
    : entry_(entry),
      district_(text::search_text(entry.district)),
      said_(std::move(said)),
      is_protected_(is_protected) {}

DisclosureCase DisclosureCase::with(const EntryFacts& entry) const {
  need_same(entry.person, entry_.person, "person");
  return {entry, said_, is_protected_};
}

bool DisclosureCase::is_served(const Receiver& receiver) const {
  return receiver.receives() && receiver.municipality() == entry_.municipality &&
         (receiver.serves_all() || receiver.districts().contains(district_));
}

Said DisclosureCase::said(DisclosurePurpose purpose, OrganisationKind receiver) const {
  Said said;
  for (const SaidOnce& once : said_) {
    if (once.purpose != purpose || once.receiver.value_or(receiver) != receiver) continue;
    said.add(once.state == RosterConsentState::granted, once.date);
  }
  if (purpose == list && entry_.consent != Consent::unknown) {
    said.add(entry_.consent == Consent::granted, entry_.consent_date);
  }
  return said;
}

bool DisclosureCase::is_shown(DisclosurePurpose purpose, const Receiver& receiver,
                              bool silence) const {
  if (!entry_.listed || is_protected_ || !is_served(receiver)) return false;
  const Said of_list = said(list, receiver.kind());
  if (of_list.is_refused() || !(of_list.is_granted() || silence)) return false;
  if (purpose == list) return true;
  const Said of_purpose = said(purpose, receiver.kind());
  return of_purpose.is_granted() && !of_purpose.is_refused();
}

}  // namespace renraku::domain
