#include "domain/disclosures/disclosures.hpp"

#include <renraku/disclosures.hpp>
#include <renraku/session.hpp>

#include "exchange/roster/disclosing.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;
using access::Permit;

Disclosures Session::disclosures() const {
  return Disclosures(state_);
}

RosterConsent Disclosures::record_consent(const RosterConsent& consent) const {
  return state_->act(Action::consent_record, {consent.person},
                     [&](Permit& permit) { return domain::record_consent(permit, consent); });
}

Page<RosterConsent> Disclosures::consents(const Id<Person>& person, const PageRequest& page) const {
  return state_->act(Action::consent_view, {person},
                     [&](Permit& permit) { return domain::list_consents(permit, person, page); });
}

Page<DisclosureRule> Disclosures::rules(const PageRequest& page) const {
  return state_->act(Action::disclosure_policy_view, {},
                     [&](Permit& permit) { return domain::list_rules(permit, page); });
}

Page<DisclosurePreview> Disclosures::preview(const DisclosureRule& rule) const {
  return state_->act(Action::disclosure_policy_view, {}, [&](Permit& permit) {
    return Page<DisclosurePreview>{domain::preview_rule(permit, rule), {}};
  });
}

DisclosureRule Disclosures::propose(const DisclosureRule& rule) const {
  return state_->act(Action::disclosure_policy_propose, {},
                     [&](Permit& permit) { return domain::propose_rule(permit, rule); });
}

DisclosureRule Disclosures::decide(const Id<DisclosureRule>& id, std::int64_t revision,
                                   bool adopt) const {
  return state_->act(Action::disclosure_policy_decide, {}, [&](Permit& permit) {
    return domain::decide_rule(permit, id, revision, adopt);
  });
}

DisclosureReport Disclosures::make(const Id<Organisation>& receiver, DisclosurePurpose purpose,
                                   const std::filesystem::path& file,
                                   const DisclosureOptions& options,
                                   const Progress& progress) const {
  std::optional<exchange::roster::Sheet> sheet;
  DisclosureReport report = state_->act(Action::disclosure_make, {}, [&](Permit& permit) {
    return exchange::roster::disclose(permit, receiver, purpose, file, options, progress, sheet);
  });
  report.unencodable = sheet->finish();
  return report;
}

Page<Disclosure> Disclosures::list(const DisclosureFilter& filter, const PageRequest& page) const {
  return state_->act(Action::disclosure_list, {}, [&](Permit& permit) {
    return domain::list_disclosures(permit, filter, page);
  });
}

Disclosure Disclosures::record_receipt(const Id<Disclosure>& id, std::int64_t revision,
                                       const std::string& received_by,
                                       const Date& received_on) const {
  return state_->act(Action::disclosure_return, {}, [&](Permit& permit) {
    return domain::record_receipt(permit, id, revision, received_by, received_on);
  });
}

Disclosure Disclosures::record_return(const Id<Disclosure>& id, std::int64_t revision,
                                      const Date& returned_on) const {
  return state_->act(Action::disclosure_return, {}, [&](Permit& permit) {
    return domain::record_return(permit, id, revision, returned_on);
  });
}

Page<DisclosedLine> Disclosures::visible(const DisclosedFilter& filter,
                                         const PageRequest& page) const {
  return state_->act(Action::disclosed_list, {},
                     [&](Permit& permit) { return domain::list_disclosed(permit, filter, page); });
}

DisclosedEvacuee Disclosures::view(const Id<Person>& person) const {
  return state_->act(Action::disclosed_view, {person},
                     [&](Permit& permit) { return domain::view_disclosed(permit, person); });
}

}  // namespace renraku
