#include "domain/history/history.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <renraku/json.hpp>
#include <utility>

#include "access/journal/reading.hpp"
#include "domain/disclosures/disclosures.hpp"
#include "domain/evacuees/evacuees.hpp"
#include "domain/patients/patients.hpp"
#include "domain/people/people.hpp"
#include "domain/relations.hpp"

namespace renraku::domain {
namespace {

bool shows_protections(const access::Permit& permit, const FieldChange& change) {
  return std::ranges::all_of(std::array{&change.before, &change.after}, [&](const auto* side) {
    const auto protection = from_json<std::optional<Protection>>(*side);
    return !protection || shows_protection(permit, *protection);
  });
}

void withhold(const access::Permit& permit, std::vector<FieldChange>& changes, bool hidden) {
  std::erase_if(changes, [&](const FieldChange& change) {
    if (change.record_kind == "person" && change.field == "protection") {
      return hidden || !shows_protections(permit, change);
    }
    if (!hidden) return false;
    return (change.record_kind == "person" && tells_place<Person>(change.field)) ||
           (change.record_kind == "evacuee" && tells_place<Evacuee>(change.field)) ||
           (change.record_kind == "roster_consent" && tells_place<RosterConsent>(change.field));
  });
}

using access::Action;

/// What shows the records of a kind. A kind that is not here is shown to nobody.
constexpr std::pair<std::string_view, Action> shown_by[] = {
    {"person", Action::person_view},
    {"evacuee", Action::evacuee_view},
    {"suspect", Action::suspect_list},
    {"missing_evacuee", Action::missing_list},
    {"import_conflict", Action::conflict_list},
    {"roster_consent", Action::consent_view},
    {"place_grant", Action::place_grant},
    {"patient", Action::patient_view},
    {"patient_consent", Action::patient_view},
    {"team_member", Action::team_view},
    {"team_request", Action::team_view},
    {"member", Action::member_list},
    {"municipality", Action::municipality_view},
    {"organisation", Action::organisation_list},
};

bool shows(const access::Permit& permit, access::Standing standing, std::string_view kind) {
  return std::ranges::any_of(shown_by, [&](const auto& shown) {
    return shown.first == kind && permit.may(shown.second, standing);
  });
}

// A patient's changes are journalled under the person; who that is is the team's to know.
Uuid subject_of(access::Permit& permit, access::Standing standing, const Uuid& about) {
  if (!permit.may(Action::patient_view, standing)) return about;
  return person_of_patient(permit, about).value_or(Id<Person>(about));
}

}  // namespace

Page<JournalEntry> view_history(access::Permit& permit, const Uuid& about,
                                const PageRequest& request) {
  const access::Standing standing =
      DomainRelations().standing(permit.transaction(), permit.actor(), about, permit.now());
  const Uuid subject = subject_of(permit, standing, about);
  // Nobody's who is a member or the municipality.
  const bool hidden = Protections::of(permit, subject).hides(subject);
  permit.saw(subject);
  Page<JournalEntry> page =
      access::list_changes(permit, subject, request,
                           [&](std::string_view kind) { return shows(permit, standing, kind); });
  for (JournalEntry& entry : page.items) withhold(permit, entry.changes, hidden);
  return page;
}

Page<JournalEntry> view_lookers(access::Permit& permit, const Uuid& about,
                                const PageRequest& request) {
  const access::Standing standing =
      DomainRelations().standing(permit.transaction(), permit.actor(), about, permit.now());
  const Uuid person = subject_of(permit, standing, about);
  return access::list_about(permit, about,
                            person == about ? std::nullopt : std::optional<Uuid>(person), request);
}

}  // namespace renraku::domain
