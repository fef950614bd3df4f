#include "domain/people/person_rows.hpp"

#include <algorithm>
#include <renraku/described/person.hpp>

#include "domain/people/walk_memory.hpp"
#include "storage/row_key.hpp"
#include "text/address.hpp"
#include "text/fold.hpp"
#include "text/name.hpp"
#include "text/sort.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view add_search =
    "INSERT INTO person_search (person, municipality, sort, named, placed) "
    "VALUES (:person, :municipality, :sort, :named, :placed)";
constexpr std::string_view change_search =
    "UPDATE person_search SET municipality = :municipality, named = :named, placed = :placed "
    "WHERE person = :person";
constexpr std::string_view move_search =
    "UPDATE person_search SET municipality = :municipality, named = :named, placed = :placed, "
    "sort = :sort WHERE person = :person";
constexpr std::string_view remove_search = "DELETE FROM person_search WHERE person = :person";
constexpr std::string_view add_new_key =
    "INSERT INTO person_key (key, person) VALUES (:key, :person)";
constexpr std::string_view add_key =
    "INSERT INTO person_key (key, person) VALUES (:key, :person) "
    "ON CONFLICT (key, person) DO NOTHING";
constexpr std::string_view remove_key =
    "DELETE FROM person_key WHERE key = :key AND person = :person";
constexpr std::string_view load_person_row =
    "SELECT id, revision, municipality, name, kana, birth_date, phones, municipal_number "
    "FROM person WHERE pk = :pk";
constexpr std::string_view add_protected =
    "INSERT INTO protected_person (person, by_person, from_day, until_day, id) "
    "VALUES (:person, :by_person, :from_day, :until_day, :id)";
constexpr std::string_view remove_protected =
    "DELETE FROM protected_person WHERE by_person = :by_person";
constexpr std::string_view add_officer =
    "INSERT INTO protection_officer (by_person, member) VALUES (:by_person, :member) "
    "ON CONFLICT (by_person, member) DO NOTHING";
constexpr std::string_view remove_officers =
    "DELETE FROM protection_officer WHERE by_person = :by_person";
constexpr std::string_view count_others_key =
    "SELECT count(*) FROM protected_person "
    "WHERE (person = :person AND id <> :id) OR (id = :id AND person <> :person)";
constexpr std::string_view find_pk =
    "SELECT pk FROM person WHERE id = :id AND municipality = :municipality";

struct KeyedFields {
  std::string municipality;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::vector<Phone> phones;
  std::string municipal_number;
};
RENRAKU_DESCRIBE(KeyedFields, municipality, name, kana, birth_date, phones, municipal_number)

template <class Record>
std::vector<std::string> lookup_keys(const Record& person) {
  std::vector<std::string> keys;
  const std::string name = text::name_key(person.name, person.kana);
  if (!name.empty()) keys.push_back(name_lookup(name));
  for (const Phone& phone : person.phones) {
    if (!phone.digits.empty()) keys.push_back(phone_lookup(phone.digits));
  }
  if (!person.municipal_number.empty()) keys.push_back(number_lookup(person.municipal_number));
  if (person.birth_date) keys.push_back(birth_lookup(*person.birth_date));
  return keys;
}

std::uint64_t first_bytes(std::string_view key) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(number); ++i) {
    number = number << 8U | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0U);
  }
  return number;
}

// A key is the server's word. One that a protection knows as another's would undo that protection.
void need_own_key(storage::Transaction& transaction, std::string_view municipality, std::int64_t pk,
                  const Uuid& id) {
  const storage::KeyRange here = storage::key_range(municipality);
  const auto others = transaction.query(count_others_key)
                          .bind("person", pk)
                          .bind("id", id)
                          .optional<std::int64_t>();
  if (others == 0 && pk >= here.first && pk <= here.last) return;
  throw Error(ErrorCode::damaged, "a person's key is not the one that it was; run a check",
              "person");
}

}  // namespace

std::string name_lookup(std::string_view name_key) {
  return "n:" + std::string(name_key);
}
std::string phone_lookup(std::string_view digits) {
  return "p:" + std::string(digits);
}
std::string number_lookup(std::string_view number) {
  return "m:" + text::search_text(number);
}
std::string birth_lookup(const Date& date) {
  return "b:" + date.text();
}

PersonIndex index_of(const Person& person) {
  PersonIndex index;
  index.sort = text::sort_key(person.kana.empty() ? person.name : person.kana);
  for (const std::string* part : {&person.name, &person.kana, &person.municipal_number}) {
    index.named += text::search_text(*part);
    index.named += '\n';
  }
  for (const Address& address : person.addresses) {
    index.placed += text::address_key(address.text);
    index.placed += '\n';
  }
  for (const Phone& phone : person.phones) {
    index.placed += phone.digits;
    index.placed += '\n';
  }
  index.keys = lookup_keys(person);
  return index;
}

void LookupKeys::add(std::int64_t pk, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    waiting_.push_back({first_bytes(key), pk, static_cast<std::uint32_t>(texts_.size()),
                        static_cast<std::uint32_t>(key.size())});
    texts_ += key;
  }
  if (waiting_.size() >= waiting_max) write();
}

void LookupKeys::write() {
  if (waiting_.empty()) return;
  std::ranges::sort(waiting_, [this](const Waiting& one, const Waiting& other) {
    if (one.first != other.first) return one.first < other.first;
    return std::pair(text_of(one), one.pk) < std::pair(text_of(other), other.pk);
  });
  storage::Query insert = transaction_.query(add_new_key);
  const Waiting* last = nullptr;
  for (const Waiting& each : waiting_) {
    // Two phones of one person may be the same.
    const bool again = last && last->pk == each.pk && text_of(*last) == text_of(each);
    last = &each;
    if (again) continue;
    insert.bind("key", storage::Keyed(municipality_, text_of(each)))
        .bind("person", each.pk)
        .run_again();
  }
  waiting_.clear();
  texts_.clear();
}

void write_index(storage::Transaction& transaction, std::int64_t pk, std::string_view municipality,
                 const PersonIndex& index, LookupKeys* later) {
  std::optional<LookupKeys> now;
  LookupKeys& keys = later ? *later : now.emplace(transaction, municipality);
  keys.add(pk, index.keys);
  if (now) now->write();
  transaction.query(add_search)
      .bind("person", pk)
      .bind("municipality", municipality)
      .bind("sort", crypto::view_of(index.sort))
      .bind("named", index.named)
      .bind("placed", index.placed)
      .run();
  change_walked(transaction, municipality);
  if (!keys.keeps_pairs()) return;
  add_pairs_of(transaction, municipality, pk, PairPart::person,
               person_pairs(index.named, index.placed));
}

void rewrite_index(storage::Transaction& transaction, std::int64_t pk,
                   std::string_view municipality, const PersonIndex& before,
                   const PersonIndex& after) {
  const auto unless_in = [&](const PersonIndex& other, const PersonIndex& one,
                             std::string_view statement) {
    for (const std::string& key : one.keys) {
      if (std::ranges::find(other.keys, key) != other.keys.end()) continue;
      transaction.query(statement)
          .bind("key", storage::Keyed(municipality, key))
          .bind("person", pk)
          .run();
    }
  };
  unless_in(after, before, remove_key);
  unless_in(before, after, add_key);
  const bool moves = before.sort != after.sort;
  if (!moves && before.named == after.named && before.placed == after.placed) return;
  storage::Query query = transaction.query(moves ? move_search : change_search);
  query.bind("municipality", municipality)
      .bind("named", after.named)
      .bind("placed", after.placed)
      .bind("person", pk);
  if (moves) query.bind("sort", crypto::view_of(after.sort));
  query.run();
  change_walked(transaction, municipality);
  if (!keeps_pairs(transaction, municipality)) return;
  change_pairs_of(transaction, municipality, pk, PairPart::person,
                  person_pairs(after.named, after.placed));
}

void unindex_person(storage::Transaction& transaction, std::int64_t pk) {
  const auto fields = transaction.query(load_person_row).bind("pk", pk).optional<KeyedFields>();
  if (!fields) return;
  for (const std::string& key : lookup_keys(*fields)) {
    transaction.query(remove_key)
        .bind("key", storage::Keyed(fields->municipality, key))
        .bind("person", pk)
        .run();
  }
  transaction.query(remove_search).bind("person", pk).run();
  change_walked(transaction, fields->municipality);
  remove_pairs_of(transaction, pk, PairPart::person);
}

std::string person_pairs(std::string_view named, std::string_view placed) {
  std::string pairs = pairs_of(PairOf::name, named);
  add_pairs(pairs, PairOf::place, placed);
  return pairs;
}

void index_protection(storage::Transaction& transaction, std::int64_t pk, const Uuid& person,
                      std::string_view municipality, const std::optional<Protection>& protects) {
  need_own_key(transaction, municipality, pk, person);
  transaction.query(remove_protected).bind("by_person", pk).run();
  transaction.query(remove_officers).bind("by_person", pk).run();
  if (!protects) return;
  const Protection& protection = *protects;
  const auto cover = [&](std::int64_t covered, const Uuid& id) {
    transaction.query(add_protected)
        .bind("person", covered)
        .bind("id", id)
        .bind("by_person", pk)
        .bind("from_day", protection.from)
        .bind("until_day", protection.until)
        .run();
  };
  cover(pk, person);
  for (const Uuid& id : protection.household) {
    const auto covered = transaction.query(find_pk)
                             .bind("id", id)
                             .bind("municipality", municipality)
                             .optional<std::int64_t>();
    if (!covered) {
      throw Error(ErrorCode::not_found, "a household member is not known here", "household");
    }
    if (id == person) continue;
    need_own_key(transaction, municipality, *covered, id);
    cover(*covered, id);
  }
  for (const Id<Member>& officer : protection.officers) {
    transaction.query(add_officer).bind("by_person", pk).bind("member", officer).run();
  }
}

}  // namespace renraku::domain
