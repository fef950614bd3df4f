// Who may see the roster before a disaster: consents, the municipality's rules, receivers, and what
// was handed to them.
#pragma once

#include <array>
#include <functional>
#include <renraku/described/disclosure.hpp>
#include <renraku/page.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "domain/evacuees/evacuees.hpp"
#include "domain/people/people.hpp"

namespace renraku::domain {

/// Who spoke for the person, and what proves it, can lead to where the person is.
template <>
inline constexpr std::array<std::string_view, 2> place_fields<RosterConsent>{"given_by",
                                                                             "evidence"};

/// Kinds of organisations that receive the roster (避難支援等関係者, 49条の11 第2項).
inline constexpr std::array receiver_kinds{
    OrganisationKind::fire_station,         OrganisationKind::police_station,
    OrganisationKind::commissioned_welfare, OrganisationKind::social_welfare_council,
    OrganisationKind::voluntary_disaster,   OrganisationKind::other};

/// The field of a person or an evacuee is shown where these purposes are disclosed. The one list of
/// what a receiver sees; what stands in none of the purposes is shown to nobody.
[[nodiscard]] bool discloses(const std::vector<DisclosurePurpose>& purposes,
                             std::string_view field);

// Consents.

RosterConsent record_consent(access::Permit& permit, RosterConsent consent);
[[nodiscard]] Page<RosterConsent> list_consents(access::Permit& permit, const Id<Person>& person,
                                                const PageRequest& page);

// Rules.

/// The rule in force that day; the law's default, without an id, where none is.
[[nodiscard]] DisclosureRule rule_in_force(storage::Transaction& transaction,
                                           std::string_view municipality, const Date& day);
[[nodiscard]] Page<DisclosureRule> list_rules(access::Permit& permit, const PageRequest& page);
[[nodiscard]] std::vector<DisclosurePreview> preview_rule(access::Permit& permit,
                                                          const DisclosureRule& rule);
DisclosureRule propose_rule(access::Permit& permit, DisclosureRule rule);
DisclosureRule decide_rule(access::Permit& permit, const Id<DisclosureRule>& id,
                           std::int64_t revision, bool adopt);

// What receivers see.

/// The person's entry is disclosed to the actor's organisation. False for an actor without one.
[[nodiscard]] bool is_disclosed(storage::Transaction& transaction, const access::Actor& actor,
                                const Uuid& person, const Date& today);
[[nodiscard]] Page<DisclosedLine> list_disclosed(access::Permit& permit,
                                                 const DisclosedFilter& filter,
                                                 const PageRequest& page);
[[nodiscard]] DisclosedEvacuee view_disclosed(access::Permit& permit, const Id<Person>& person);

// What was handed out.

/// Shows `visit` everybody who is disclosed to the receiver for the purpose, in the order they came
/// to the roster.
void each_disclosed(access::Permit& permit, const Id<Organisation>& receiver,
                    DisclosurePurpose purpose, const std::function<void(StoredEvacuee&&)>& visit);
/// Error{not_found} for an organisation that is not here, Error{invalid} for one that receives
/// nothing.
void need_receiver(access::Permit& permit, const Id<Organisation>& organisation);
/// Completes rule, maker and time. Error{invalid} for a day of return that is none.
Disclosure add_disclosure(access::Permit& permit, Disclosure disclosure);
[[nodiscard]] Page<Disclosure> list_disclosures(access::Permit& permit,
                                                const DisclosureFilter& filter,
                                                const PageRequest& page);
Disclosure record_receipt(access::Permit& permit, const Id<Disclosure>& id, std::int64_t revision,
                          const std::string& received_by, const Date& received_on);
Disclosure record_return(access::Permit& permit, const Id<Disclosure>& id, std::int64_t revision,
                         const Date& returned_on);

inline constexpr std::string_view disclosure_schema_1 = R"sql(
CREATE TABLE roster_consent (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  person @bytes NOT NULL,
  purpose TEXT NOT NULL,
  receiver TEXT,
  state TEXT NOT NULL,
  date TEXT,
  given_by @sealed NOT NULL,
  capacity TEXT NOT NULL,
  form TEXT NOT NULL,
  evidence @sealed NOT NULL,
  recorded_by @bytes NOT NULL,
  recorded_at BIGINT NOT NULL
) @vouched;
CREATE INDEX roster_consent_person ON roster_consent (person, purpose);

CREATE TABLE disclosure_rule (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  kind TEXT NOT NULL,
  ordinance @sealed NOT NULL,
  valid_from TEXT NOT NULL,
  notice_sent TEXT,
  objection_deadline TEXT,
  state TEXT NOT NULL,
  proposed_by @bytes NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by @bytes NOT NULL,
  decided_at BIGINT NOT NULL
) @vouched;
CREATE INDEX disclosure_rule_valid ON disclosure_rule (municipality, state, valid_from, pk);

CREATE TABLE disclosure (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  receiver @bytes NOT NULL,
  purpose TEXT NOT NULL,
  rule @bytes NOT NULL,
  made_by @bytes NOT NULL,
  made_at BIGINT NOT NULL,
  people BIGINT NOT NULL,
  received_by @sealed NOT NULL,
  received_on TEXT,
  return_by TEXT,
  returned_on TEXT
);
)sql";

}  // namespace renraku::domain
