#include "domain/people/index_check.hpp"

#include <algorithm>
#include <renraku/described/person.hpp>

#include "domain/people/person_rows.hpp"

namespace renraku::domain {
namespace {

const std::string people_and_index =
    "SELECT " + storage::columns<Person>("p") +
    ", s.person AS s_person, s.municipality AS s_municipality, s.named AS named, "
    "s.placed AS placed FROM person p LEFT JOIN person_search s ON s.person = p.pk";
constexpr std::string_view count_keys = "SELECT count(*) FROM person_key";

/// Whether what was done could be done with what is stored.
template <class Work>
bool reads(Work&& work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    // A folder has no seals: a text that somebody altered there may be nothing that it should be.
    if (error.code() == ErrorCode::damaged || error.code() == ErrorCode::invalid) return false;
    throw;
  }
}

bool is_stored(storage::Query& row, const Person& person, const PersonIndex& index) {
  bool same = false;
  return reads([&] {
           same = row.read<std::optional<std::int64_t>>("s_person").has_value() &&
                  row.read<std::string>("s_municipality") == person.municipality &&
                  row.read<std::string>("named") == index.named &&
                  row.read<std::string>("placed") == index.placed;
         }) &&
         same;
}

std::int64_t keys_of(PersonIndex& index) {
  std::ranges::sort(index.keys);
  const auto repeated = std::ranges::unique(index.keys);
  return std::distance(index.keys.begin(), repeated.begin());
}

}  // namespace

bool check_index(storage::Transaction& transaction, const Complain& complain) {
  std::int64_t keys = 0;
  bool all_read = true;
  {
    storage::Query rows = transaction.query(people_and_index);
    while (rows.next()) {
      const auto id = rows.read<Uuid>("id");
      Person person;
      if (!reads([&] { person = rows.read<Person>(); })) {
        complain(id, "can't be read: what they are found by is not looked at");
        all_read = false;
        continue;
      }
      PersonIndex index = index_of(person);
      keys += keys_of(index);
      if (!is_stored(rows, person, index)) complain(id, "is not what this person is found by");
    }
  }
  return !all_read || transaction.query(count_keys).optional<std::int64_t>() == keys;
}

}  // namespace renraku::domain
