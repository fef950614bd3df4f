#include "access/journal/subjects.hpp"

#include <algorithm>

namespace renraku::access {
namespace {

constexpr std::string_view all_entries = "SELECT pk, body FROM journal ORDER BY pk";
constexpr std::string_view all_subjects = "SELECT subject, entry FROM journal_subject";
constexpr std::string_view subjects_between =
    "SELECT subject, entry FROM journal_subject WHERE entry BETWEEN :first AND :last";
constexpr std::string_view count_subject =
    "SELECT count(*) FROM journal_subject WHERE subject = :subject AND entry = :entry";
constexpr std::string_view body_of_entry = "SELECT body, pk FROM journal WHERE pk = :pk";

struct ListedSubject {
  crypto::ByteView subject;
  std::int64_t entry = 0;
};
RENRAKU_DESCRIBE(ListedSubject, subject, entry)

using Item = std::array<std::uint8_t, sizeof(Uuid) + sizeof(std::int64_t)>;

Item item_of(crypto::ByteView subject, std::int64_t pk) {
  Item item{};
  auto rest = std::copy_n(subject.begin(), std::min(subject.size(), sizeof(Uuid)), item.begin());
  for (std::size_t i = 0; i < sizeof(pk); ++i) *rest++ = static_cast<std::uint8_t>(pk >> (8 * i));
  return item;
}

void add_listed(crypto::SetSum& sum, storage::Query rows) {
  while (rows.next()) {
    const ListedSubject row = rows.read<ListedSubject>();
    sum.add(item_of(row.subject, row.entry));
  }
}

bool is_listed(storage::Transaction& transaction, const Uuid& subject, std::int64_t pk) {
  return transaction.query(count_subject)
             .bind("subject", subject)
             .bind("entry", pk)
             .optional<std::int64_t>() == 1;
}

bool names(const Entry& entry, crypto::ByteView subject) {
  return std::ranges::any_of(
      entry.subjects, [&](const Uuid& named) { return std::ranges::equal(named.bytes, subject); });
}

}  // namespace

void add_subjects(crypto::SetSum& sum, Entry& entry, std::int64_t pk) {
  std::ranges::sort(entry.subjects);
  const auto twice = std::ranges::unique(entry.subjects);
  entry.subjects.erase(twice.begin(), twice.end());
  for (const Uuid& subject : entry.subjects) sum.add(item_of(subject.bytes, pk));
}

crypto::SetSum listed_subjects(storage::Transaction& transaction) {
  crypto::SetSum sum;
  add_listed(sum, transaction.query(all_subjects));
  return sum;
}

void add_listed_subjects(crypto::SetSum& sum, storage::Transaction& transaction,
                         const storage::KeyRange& entries) {
  add_listed(
      sum,
      transaction.query(subjects_between).bind("first", entries.first).bind("last", entries.last));
}

std::optional<std::int64_t> wrongly_listed(storage::Transaction& transaction) {
  storage::Query entries = transaction.query(all_entries);
  while (entries.next()) {
    const auto pk = entries.read<std::int64_t>("pk");
    for (const Uuid& subject : read_canonical(entries.read<crypto::Bytes>("body")).subjects) {
      if (!is_listed(transaction, subject, pk)) return pk;
    }
  }
  storage::Query rows = transaction.query(all_subjects);
  while (rows.next()) {
    const auto pk = rows.read<std::int64_t>("entry");
    const auto body = transaction.query(body_of_entry).bind("pk", pk).optional<crypto::Bytes>();
    if (!body || !names(read_canonical(*body), rows.read<crypto::Bytes>("subject"))) return pk;
  }
  return std::nullopt;
}

}  // namespace renraku::access
