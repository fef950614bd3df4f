// Finding people in any spelling.
#include <algorithm>
#include <renraku/described/person.hpp>

#include "domain/absent.hpp"
#include "domain/paging.hpp"
#include "domain/people/hidden.hpp"
#include "domain/people/people.hpp"
#include "domain/people/person_rows.hpp"
#include "domain/people/search_page.hpp"
#include "text/address.hpp"
#include "text/date.hpp"
#include "text/fold.hpp"
#include "text/name.hpp"
#include "text/phone.hpp"
#include "text/sort.hpp"

namespace renraku::domain {
namespace {

// Exact keys that the person has to have beside the one that is looked up.
std::string has_key(std::string_view parameter) {
  return unless_all(parameter, fmt::format("EXISTS (SELECT 1 FROM person_key x WHERE x.key = :{} "
                                           "AND x.person = s.person)",
                                           parameter));
}

const std::string shown = storage::columns<Person>("p");

/// An exact key leads to few people; each is then held against the rest of the filter. CROSS JOIN
/// keeps the engine from walking all people in the order of their readings instead.
const ReadingList by_key({
    .columns = shown,
    .tables = "person_key k CROSS JOIN person_search s",
    .where = "k.key = :key AND s.person = k.person AND " + has_key("number_key") + " AND " +
             has_key("birth_key"),
    .joins = " CROSS JOIN person p",
    .shown_where = "p.pk = s.person",
    .is_few = true,
});

const ReadingList by_reading({
    .columns = shown,
    .tables = "person_search s",
    .joins = " JOIN person p ON p.pk = s.person",
    .is_kept = true,
});

/// The dispatch desk's question, and the quickest: a phone alone. A place, so nobody hidden is
/// found.
const std::string by_phone =
    "SELECT " + storage::columns<Person>("p") +
    " FROM person_key k CROSS JOIN person p WHERE k.key = :key AND p.pk = k.person "
    "AND p.municipality = :municipality ORDER BY k.person LIMIT :size";

constexpr std::string_view by_name_and_birth =
    "SELECT p.id AS id FROM person_key k CROSS JOIN person_key b CROSS JOIN person p "
    "WHERE k.key = :name_key AND b.key = :birth_key AND b.person = k.person AND p.pk = k.person "
    "AND p.municipality = :municipality AND p.pk <> :pk ORDER BY p.pk LIMIT :size";

Date birth_date_of(const std::string& written, const Date& today) {
  const text::ReadDate read = text::read_date(written, today);
  if (read.kind != text::DateKind::known) {
    throw Error(ErrorCode::invalid, "this is no date; write it like 1940-03-05 or 昭和15年3月5日",
                "birth_date");
  }
  return read.date;
}

std::string phone_of(const std::string& written) {
  const auto read = text::read_phone(written);
  if (!read) throw Error(ErrorCode::invalid, "this is no telephone number", "phone");
  return read->digits;
}

/// The exact keys of a filter: one is looked up, the others have to be there too.
struct Keys {
  std::optional<std::string> phone;
  std::optional<std::string> number;
  std::optional<std::string> birth;

  /// The one that the fewest people share.
  [[nodiscard]] const std::optional<std::string>& best() const {
    return phone ? phone : number ? number : birth;
  }
};

Keys keys_of(const PersonFilter& filter, const Date& today) {
  Keys keys;
  if (filter.phone) keys.phone = phone_lookup(phone_of(*filter.phone));
  if (filter.municipal_number) keys.number = number_lookup(*filter.municipal_number);
  if (filter.birth_date) keys.birth = birth_lookup(birth_date_of(*filter.birth_date, today));
  return keys;
}

bool is_empty(const PersonFilter& filter) {
  return !filter.name && !filter.kana && !filter.birth_date && !filter.phone &&
         !filter.municipal_number && !filter.address && !filter.text;
}

bool is_phone_alone(const PersonFilter& filter, const PageRequest& request) {
  return filter.phone && request.after.empty() && !filter.name && !filter.kana &&
         !filter.birth_date && !filter.municipal_number && !filter.address && !filter.text;
}

Protections protections_of(access::Permit& permit, const std::vector<Person>& people) {
  std::vector<Uuid> ids;
  for (const Person& person : people) ids.push_back(person.id);
  return Protections::of(permit, ids);
}

// The people of one phone, if they fit a page; else none, and they are looked for by reading.
std::optional<Page<Person>> find_by_phone(access::Permit& permit, const std::string& phone,
                                          int size) {
  const std::string& municipality = permit.scope().municipality;
  // Who has the phone and is hidden must not cost a second look.
  const std::size_t most = static_cast<std::size_t>(size) + 1 + hidden_at_once;
  std::vector<Person> found =
      permit.transaction()
          .query(by_phone)
          .bind("key", storage::Keyed(municipality, phone_lookup(phone_of(phone))))
          .bind("municipality", municipality)
          .bind("size", most)
          .all<Person>();
  if (found.size() == most) return std::nullopt;
  if (found.empty()) return Page<Person>{};
  const Protections protections = protections_of(permit, found);
  std::erase_if(found, [&](const Person& person) { return protections.hides(person.id); });
  if (found.size() > static_cast<std::size_t>(size)) return std::nullopt;
  if (found.size() > 1) {
    std::ranges::sort(found, {}, [](const Person& person) { return text::sort_key(person.kana); });
  }
  for (Person& person : found) {
    withhold(permit, person, false);
    permit.saw(person.id);
  }
  return Page<Person>{std::move(found), {}};
}

}  // namespace

Page<Person> find_people(access::Permit& permit, const PersonFilter& filter,
                         const PageRequest& request) {
  if (is_empty(filter)) {
    throw Error(ErrorCode::missing, "say at least one thing about who is looked for", "filter");
  }
  if (is_phone_alone(filter, request)) {
    auto page = find_by_phone(permit, *filter.phone, page_size(request));
    if (page) return *std::move(page);
  }
  const Keys keys = keys_of(filter, permit.today());
  SearchNeedles needles;
  needles.name = filter.name;
  needles.kana = filter.kana;
  needles.address = filter.address;
  needles.text = filter.text;
  needles.places_only_seen = keys.phone.has_value();
  const auto take = [](storage::Query& row) {
    Person person = row.read<Person>();
    const Uuid id = person.id;
    return ReadRow<Person>{std::move(person), id};
  };
  const auto settle = [&](std::span<ReadRow<Person>> rows, const Protections& protections) {
    for (ReadRow<Person>& row : rows) {
      withhold(permit, row.item, protections.hides(row.person));
    }
  };
  if (!keys.best()) return by_reading.page<Person>(permit, needles, request, {}, take, settle);
  const auto bind = [&](storage::Query& query) {
    const std::string& municipality = permit.scope().municipality;
    query.bind("key", storage::Keyed(municipality, *keys.best()));
    bind_key_filter(query, "number_key", municipality, keys.number);
    bind_key_filter(query, "birth_key", municipality, keys.birth);
  };
  return by_key.page<Person>(permit, needles, request, {.where = bind, .shown_where = {}}, take,
                             settle);
}

std::vector<Id<Person>> namesakes(access::Permit& permit, const StoredPerson& stored) {
  const std::string name = text::name_key(stored.person.name, stored.person.kana);
  if (!stored.person.birth_date || !text::is_certain(name)) return {};
  const std::string& municipality = permit.scope().municipality;
  return permit.transaction()
      .query(by_name_and_birth)
      .bind("name_key", storage::Keyed(municipality, name_lookup(name)))
      .bind("birth_key", storage::Keyed(municipality, birth_lookup(*stored.person.birth_date)))
      .bind("municipality", municipality)
      .bind("pk", stored.pk)
      .bind("size", namesakes_max)
      .all<Id<Person>>();
}

}  // namespace renraku::domain
