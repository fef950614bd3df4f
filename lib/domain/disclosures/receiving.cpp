// The roster as a receiver sees it.
#include <fmt/format.h>

#include <algorithm>

#include "domain/absent.hpp"
#include "domain/disclosures/cases.hpp"
#include "domain/disclosures/disclosures.hpp"
#include "domain/paging.hpp"
#include "domain/people/people.hpp"
#include "domain/table.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

using enum DisclosurePurpose;

/// What a line is made of, and what decides whether it is shown.
struct LineRow {
  std::string municipality;
  Id<Person> person;
  bool listed = false;
  Consent consent = Consent::unknown;
  std::optional<Date> consent_date;
  std::string district;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::optional<Sex> sex;
  std::vector<Phone> phones;
};
RENRAKU_DESCRIBE(LineRow, municipality, person, listed, consent, consent_date, district, name, kana,
                 birth_date, sex, phones)

/// So many districts of a receiver narrow its list in SQL already. Whoever serves more of them
/// serves a good part of the municipality, and is asked of every entry here, as all are in the end.
constexpr std::size_t districts_in_sql = 32;

std::string district_name(std::size_t place) {
  return fmt::format("district{}", place);
}

std::string in_districts() {
  std::string names;
  for (std::size_t i = 0; i < districts_in_sql; ++i) {
    names += (names.empty() ? ":" : ", :") + district_name(i);
  }
  return fmt::format("(CAST(:every_district AS BIGINT) = 1 OR e.district_key IN ({}))", names);
}

void bind_districts(storage::Query& query, const Receiver& receiver) {
  const bool narrows = !receiver.serves_all() && receiver.districts().size() <= districts_in_sql;
  query.bind("every_district", !narrows);
  auto next = receiver.districts().begin();
  for (std::size_t i = 0; i < districts_in_sql; ++i) {
    std::optional<storage::Keyed> key;
    if (narrows && next != receiver.districts().end())
      key.emplace(receiver.municipality(), *next++);
    query.bind(district_name(i), key);
  }
}

const ReadingList by_reading({
    .columns = "e.municipality AS municipality, e.person AS person, e.listed AS listed, "
               "e.consent AS consent, e.consent_date AS consent_date, e.district AS district, "
               "e.reference AS reference, e.id AS e_id, e.revision AS e_revision, p.name AS name, "
               "p.kana AS kana, "
               "p.birth_date AS birth_date, p.sex AS sex, p.phones AS phones, " +
               storage::identity("p"),
    .tables = "person_search s",
    .joins = " JOIN evacuee e ON e.person_pk = s.person JOIN person p ON p.pk = s.person",
    .shown_where = "e.listed = 1 AND " + unless_all("district", "e.district_key = :district") +
                   " AND " + in_districts(),
    .is_kept = true,
});

ReadRow<LineRow> take_line(storage::Query& row) {
  auto line = row.read<LineRow>();
  const Uuid person = line.person;
  // What one row decides the other shows.
  need_same(row.read<Uuid>("p_id"), person, "person");
  return {std::move(line), person};
}

/// Leaves out whoever is not shown to the receiver.
void settle_lines(access::Permit& permit, std::span<ReadRow<LineRow>> rows,
                  const Protections& protections, const Receiver& receiver, bool silence) {
  std::vector<Uuid> people;
  for (const auto& row : rows) people.push_back(row.person);
  const SaidOfPeople said(permit.transaction(), people);
  for (auto& row : rows) {
    const LineRow& line = row.item;
    const EntryFacts facts{line.municipality, line.person,       line.listed,
                           line.consent,      line.consent_date, line.district};
    const DisclosureCase found = said.case_of(facts, protections.stands(line.person));
    row.left_out = !found.is_shown(list, receiver, silence);
  }
}

DisclosedLine line_of(LineRow row) {
  std::string phone = row.phones.empty() ? std::string() : std::move(row.phones.front().digits);
  return {row.person, std::move(row.name), std::move(row.kana),    row.birth_date,
          row.sex,    std::move(phone),    std::move(row.district)};
}

constexpr std::array<std::string_view, 9> list_fields{
    "name", "kana", "birth_date", "sex", "addresses", "phones", "district", "reason", "note"};
constexpr std::array<std::string_view, 4> plan_fields{"plan", "shelter", "supporter",
                                                      "supporter_contact"};
constexpr std::array<std::string_view, 3> medical_fields{"medical_devices", "intractable_disease",
                                                         "physician"};

bool has_field(DisclosurePurpose purpose, std::string_view field) {
  const auto among = [&](const auto& fields) {
    return std::ranges::find(fields, field) != fields.end();
  };
  switch (purpose) {
    case list:
      return among(list_fields);
    case plan:
      return among(plan_fields);
    case medical:
      return among(medical_fields);
  }
  return false;
}

/// Copies the fields of that name which are disclosed.
template <DescribedRecord From>
void show(const From& from, DisclosedEvacuee& to) {
  for_each_field<From>([&]<class F>(F) {
    for_each_field<DisclosedEvacuee>([&]<class T>(T) {
      if constexpr (F::name == T::name &&
                    std::is_same_v<std::remove_cvref_t<decltype(from.*F::pointer)>,
                                   std::remove_cvref_t<decltype(to.*T::pointer)>>) {
        if (discloses(to.purposes, F::name)) to.*T::pointer = from.*F::pointer;
      }
    });
  });
}

}  // namespace

bool discloses(const std::vector<DisclosurePurpose>& purposes, std::string_view field) {
  return std::ranges::any_of(purposes,
                             [&](DisclosurePurpose purpose) { return has_field(purpose, field); });
}

bool is_disclosed(storage::Transaction& transaction, const access::Actor& actor, const Uuid& person,
                  const Date& today) {
  if (!actor.organisation) return false;
  const std::string& municipality = actor.municipality;
  const auto entry = find_case(transaction, person, municipality, today);
  return entry &&
         entry->found.is_shown(list, find_receiver(transaction, actor.organisation, municipality),
                               is_silence_enough(transaction, municipality, today));
}

Page<DisclosedLine> list_disclosed(access::Permit& permit, const DisclosedFilter& filter,
                                   const PageRequest& request) {
  const std::string& municipality = permit.scope().municipality;
  const Receiver receiver =
      find_receiver(permit.transaction(), permit.actor().organisation, municipality);
  const bool silence = is_silence_enough(permit.transaction(), municipality, permit.today());
  SearchNeedles needles;
  needles.text = filter.text;
  needles.without_number = true;
  needles.places_only_seen = true;
  const auto district =
      filter.district ? std::optional(text::search_text(*filter.district)) : std::nullopt;
  const auto bind = [&](storage::Query& query) {
    bind_key_filter(query, "district", municipality, district);
    bind_districts(query, receiver);
  };
  const auto settle = [&](std::span<ReadRow<LineRow>> rows, const Protections& protections) {
    settle_lines(permit, rows, protections, receiver, silence);
  };
  auto found = by_reading.page<LineRow>(permit, needles, request,
                                        {.where = {}, .shown_where = bind}, take_line, settle);
  Page<DisclosedLine> page{{}, std::move(found.next)};
  for (LineRow& row : found.items) page.items.push_back(line_of(std::move(row)));
  return page;
}

DisclosedEvacuee view_disclosed(access::Permit& permit, const Id<Person>& person) {
  permit.saw(person);
  storage::Transaction& transaction = permit.transaction();
  const std::string& municipality = permit.scope().municipality;
  const auto not_here = [] {
    return Error(ErrorCode::not_found, "there is no such person here", "person");
  };
  const auto entry = find_case(transaction, person, municipality, permit.today());
  if (!entry) throw not_here();
  // What is shown is what this record says, and so is whether it is.
  const StoredEvacuee stored = load_evacuee(permit, entry->entry);
  const DisclosureCase found = entry->found.with(facts_of(stored.evacuee));
  const Receiver receiver = find_receiver(transaction, permit.actor().organisation, municipality);
  const bool silence = is_silence_enough(transaction, municipality, permit.today());
  DisclosedEvacuee seen;
  seen.person = person;
  for (const DisclosurePurpose purpose : {list, plan, medical}) {
    if (found.is_shown(purpose, receiver, silence)) seen.purposes.push_back(purpose);
  }
  // The policy asked the same a moment ago.
  if (seen.purposes.empty()) throw not_here();
  show(stored.person.person, seen);
  show(stored.evacuee, seen);
  return seen;
}

void each_disclosed(access::Permit& permit, const Id<Organisation>& organisation,
                    DisclosurePurpose purpose, const std::function<void(StoredEvacuee&&)>& visit) {
  const std::string& municipality = permit.scope().municipality;
  const Receiver receiver = find_receiver(permit.transaction(), organisation, municipality);
  const bool silence = is_silence_enough(permit.transaction(), municipality, permit.today());
  each_case(permit, [&](const Id<Evacuee>& id, const DisclosureCase& found) {
    if (!found.is_shown(purpose, receiver, silence)) return;
    StoredEvacuee stored = load_evacuee(permit, id);
    // What is shown is what this record says, and so is whether it is.
    if (!found.with(facts_of(stored.evacuee)).is_shown(purpose, receiver, silence)) return;
    visit(std::move(stored));
  });
}

}  // namespace renraku::domain
