// The roster as a receiver sees it.
#include <algorithm>

#include "domain/absent.hpp"
#include "domain/disclosures/disclosed.hpp"
#include "domain/disclosures/disclosures.hpp"
#include "domain/paging.hpp"
#include "domain/people/people.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

using enum DisclosurePurpose;

/// What a line is made of, beside what it shows.
struct LineRow {
  Id<Person> person;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::optional<Sex> sex;
  std::vector<Phone> phones;
  std::string district;
};
RENRAKU_DESCRIBE(LineRow, person, name, kana, birth_date, sex, phones, district)

const ReadingList by_reading({
    .columns = "e.person AS person, p.name AS name, p.kana AS kana, p.birth_date AS birth_date, "
               "p.sex AS sex, p.phones AS phones, e.district AS district, " +
               storage::identity("e") + ", " + storage::identity("p"),
    .tables = "person_search s",
    .joins = " JOIN evacuee e ON e.person_pk = s.person JOIN person p ON p.pk = s.person "
             "JOIN organisation o ON o.id = :organisation",
    .shown_where = unless_all("district", "e.district_key = :district") + " AND " + disclosed(list),
});

struct Shown {
  Id<Evacuee> evacuee;
  bool plan = false;
  bool medical = false;
};
RENRAKU_DESCRIBE(Shown, evacuee, plan, medical)

const std::string find_shown = "SELECT e.id AS evacuee, " + disclosed(plan) + " AS plan, " +
                               disclosed(medical) +
                               " AS medical FROM person p JOIN evacuee e ON e.person_pk = p.pk "
                               "JOIN organisation o ON o.id = :organisation "
                               "WHERE p.id = :person AND " +
                               disclosed(list);

std::string each_sql(DisclosurePurpose purpose) {
  return "SELECT e.id FROM evacuee e JOIN organisation o ON o.id = :organisation "
         "WHERE e.municipality = :municipality AND " +
         disclosed(purpose) + " ORDER BY e.pk";
}
const std::string each_of_list = each_sql(list);
const std::string each_of_plan = each_sql(plan);
const std::string each_of_medical = each_sql(medical);

const std::string& each_for(DisclosurePurpose purpose) {
  return purpose == list ? each_of_list : purpose == plan ? each_of_plan : each_of_medical;
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

bool silent_today(storage::Transaction& transaction, std::string_view municipality,
                  const Date& today) {
  return silence_counts(rule_in_force(transaction, municipality, today), today);
}

std::optional<Shown> shown(storage::Transaction& transaction, const access::Actor& actor,
                           const Uuid& person, const Date& today) {
  const bool silence = silent_today(transaction, actor.municipality, today);
  storage::Query query = transaction.query(find_shown);
  query.bind("organisation", actor.organisation).bind("person", person);
  bind_rule(query, today, silence);
  return query.optional<Shown>();
}

}  // namespace

bool discloses(const std::vector<DisclosurePurpose>& purposes, std::string_view field) {
  return std::ranges::any_of(purposes,
                             [&](DisclosurePurpose purpose) { return has_field(purpose, field); });
}

bool is_disclosed(storage::Transaction& transaction, const access::Actor& actor, const Uuid& person,
                  const Date& today) {
  return actor.organisation && shown(transaction, actor, person, today).has_value();
}

Page<DisclosedLine> list_disclosed(access::Permit& permit, const DisclosedFilter& filter,
                                   const PageRequest& request) {
  const std::string& municipality = permit.scope().municipality;
  const bool silence = silent_today(permit.transaction(), municipality, permit.today());
  SearchNeedles needles;
  needles.text = filter.text;
  needles.without_number = true;
  const auto district =
      filter.district ? std::optional(text::search_text(*filter.district)) : std::nullopt;
  const auto bind = [&](storage::Query& query) {
    bind_rule(query, permit.today(), silence);
    query.bind("organisation", permit.actor().organisation);
    bind_key_filter(query, "district", municipality, district);
  };
  const auto take = [&](storage::Query& row) {
    auto line = row.read<LineRow>();
    permit.saw(line.person);
    std::string phone = line.phones.empty() ? std::string() : std::move(line.phones.front().digits);
    return DisclosedLine{
        line.person, std::move(line.name), std::move(line.kana),    line.birth_date,
        line.sex,    std::move(phone),     std::move(line.district)};
  };
  return by_reading.page<DisclosedLine>(permit, needles, request,
                                        {.where = {}, .shown_where = bind}, take);
}

DisclosedEvacuee view_disclosed(access::Permit& permit, const Id<Person>& person) {
  permit.saw(person);
  const auto found = shown(permit.transaction(), permit.actor(), person, permit.today());
  // The policy asked the same a moment ago.
  if (!found) throw Error(ErrorCode::not_found, "there is no such person here", "person");
  const StoredEvacuee stored = load_evacuee(permit, found->evacuee);
  DisclosedEvacuee seen;
  seen.person = person;
  seen.purposes = {list};
  if (found->plan) seen.purposes.push_back(plan);
  if (found->medical) seen.purposes.push_back(medical);
  show(stored.person.person, seen);
  show(stored.evacuee, seen);
  return seen;
}

void each_disclosed(access::Permit& permit, const Id<Organisation>& receiver,
                    DisclosurePurpose purpose, const std::function<void(StoredEvacuee&&)>& visit) {
  const std::string& municipality = permit.scope().municipality;
  const bool silence = silent_today(permit.transaction(), municipality, permit.today());
  storage::Query query = permit.transaction().query(each_for(purpose));
  query.bind("organisation", receiver).bind("municipality", municipality);
  bind_rule(query, permit.today(), silence);
  while (query.next()) visit(load_evacuee(permit, query.read<Id<Evacuee>>()));
}

}  // namespace renraku::domain
