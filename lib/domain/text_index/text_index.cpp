#include "domain/text_index/text_index.hpp"

#include "domain/evacuees/evacuees.hpp"
#include "domain/municipalities/municipalities.hpp"
#include "domain/people/people.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view has_none =
    "NOT EXISTS (SELECT 1 FROM person_pair b WHERE b.person = s.person AND b.part = 'person')";
// What else of the entry is read is what its sealed columns are bound to.
const std::string find_next =
    "SELECT s.person AS pk, s.municipality AS municipality, s.named AS named, s.placed AS placed, "
    "e.reference AS reference, e.person AS person, e.listed AS listed, e.consent AS consent, "
    "e.consent_date AS consent_date, " +
    storage::identity("e") +
    " FROM person_search s LEFT JOIN evacuee e ON e.person_pk = s.person "
    "WHERE s.person > :after AND s.person <= :last AND " +
    std::string(has_none) + " ORDER BY s.person LIMIT :size";
const std::string count_without =
    "SELECT count(*) FROM person_search s WHERE s.person BETWEEN :first AND :last AND " +
    std::string(has_none);
constexpr std::string_view count_rows =
    "SELECT count(*) FROM person_pair WHERE person BETWEEN :first AND :last";
constexpr std::string_view remove_some =
    "DELETE FROM person_pair WHERE person IN (SELECT b.person FROM person_pair b "
    "WHERE b.person BETWEEN :first AND :last ORDER BY b.person LIMIT :size)";
constexpr std::string_view remove_all =
    "DELETE FROM person_pair WHERE person BETWEEN :first AND :last";

struct Texts {
  std::int64_t pk = 0;
  std::string named;
  std::string placed;
  std::optional<std::string> reference;
};
RENRAKU_DESCRIBE(Texts, pk, named, placed, reference)

storage::Query&& within(storage::Query&& query, std::string_view municipality) {
  const storage::KeyRange range = storage::key_range(municipality);
  return std::move(query).bind("first", range.first).bind("last", range.last);
}

std::int64_t count(storage::Transaction& transaction, std::string_view sql,
                   std::string_view municipality) {
  return within(transaction.query(sql), municipality).optional<std::int64_t>().value_or(0);
}

std::vector<Texts> next_without(storage::Transaction& transaction, std::string_view municipality,
                                std::int64_t after, int limit) {
  const storage::KeyRange range = storage::key_range(municipality);
  return transaction.query(find_next)
      .bind("after", std::max(after, range.first - 1))
      .bind("last", range.last)
      .bind("size", limit)
      .all<Texts>();
}

Municipality turn(access::Permit& permit, Municipality stored, TextIndex state) {
  if (stored.text_index == state) return stored;
  return set_text_index(permit, stored, state);
}

}  // namespace

Municipality switch_text_index(access::Permit& permit, bool wanted) {
  Municipality stored = view_municipality(permit);
  if (!wanted) return turn(permit, stored, TextIndex::off);
  if (stored.text_index != TextIndex::off) return stored;
  within(permit.transaction().query(remove_all), stored.code).run();
  return turn(permit, stored, TextIndex::filling);
}

Municipality finish_text_index(access::Permit& permit, const std::string& code) {
  const Municipality stored = enter_municipality(permit, code);
  const bool is_whole = left_of_text_index(permit.transaction(), code, true) == 0;
  if (stored.text_index == TextIndex::off || !is_whole) {
    throw Error(ErrorCode::conflict,
                "the pairs of characters were switched off meanwhile; switch them on again",
                "text_index");
  }
  return turn(permit, stored, TextIndex::on);
}

std::int64_t fill_text_index(storage::Transaction& transaction, std::string_view municipality,
                             std::int64_t& after, int limit) {
  if (!keeps_pairs(transaction, municipality)) return 0;
  const std::vector<Texts> people = next_without(transaction, municipality, after, limit);
  for (const Texts& each : people) {
    put_pairs_of(transaction, municipality, each.pk, PairPart::person,
                 person_pairs(each.named, each.placed));
    if (each.reference) {
      put_pairs_of(transaction, municipality, each.pk, PairPart::entry,
                   entry_pairs(*each.reference));
    }
    after = each.pk;
  }
  return static_cast<std::int64_t>(people.size());
}

std::int64_t empty_text_index(storage::Transaction& transaction, std::string_view municipality,
                              int limit) {
  if (keeps_pairs(transaction, municipality)) return 0;
  return within(transaction.query(remove_some), municipality).bind("size", limit).changed();
}

std::int64_t left_of_text_index(storage::Transaction& transaction, std::string_view municipality,
                                bool wanted) {
  if (!wanted) return count(transaction, count_rows, municipality);
  return transaction.row_sealing() ? count(transaction, count_without, municipality) : 0;
}

void follow_text_index(storage::Transaction& transaction, std::string_view municipality) {
  constexpr int at_once = 1'000;
  if (!keeps_pairs(transaction, municipality)) {
    return within(transaction.query(remove_all), municipality).run();
  }
  std::int64_t after = 0;
  while (fill_text_index(transaction, municipality, after, at_once) > 0) {
  }
}

}  // namespace renraku::domain
