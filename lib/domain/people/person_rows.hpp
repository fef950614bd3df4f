// A person's rows: the record itself and what is made from it for finding, sorting and hiding.
#pragma once

#include <cstdint>
#include <renraku/records/person.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/people/text_pairs.hpp"
#include "storage/database.hpp"

namespace renraku::domain {

/// Keys of the exact look-ups: the first letter says of what.
[[nodiscard]] std::string name_lookup(std::string_view name_key);
[[nodiscard]] std::string phone_lookup(std::string_view digits);
[[nodiscard]] std::string number_lookup(std::string_view municipal_number);
[[nodiscard]] std::string birth_lookup(const Date& date);

/// What is made from a person for finding and sorting. A pure function of the person, so that many
/// can be made on another thread than the one that writes.
struct PersonIndex {
  std::string sort;
  std::string named;
  std::string placed;
  std::vector<std::string> keys;
};
[[nodiscard]] PersonIndex index_of(const Person& person);

/// Look-up keys of people who have none, written in their order: one after the other they would go
/// to a different page of the index each.
class LookupKeys {
 public:
  LookupKeys(storage::Transaction& transaction, std::string_view municipality)
      : transaction_(transaction),
        municipality_(municipality),
        keeps_pairs_(domain::keeps_pairs(transaction, municipality)) {}
  void add(std::int64_t pk, const std::vector<std::string>& keys);
  /// Writes what is waiting. To be called before anybody is looked up by them, and at the end.
  void write();
  /// Whether the municipality's texts are found by pairs of characters too.
  [[nodiscard]] bool keeps_pairs() const { return keeps_pairs_; }

 private:
  /// Some 19 MB: an import of a million rows has 200 MB for everything.
  static constexpr std::size_t waiting_max = 500'000;

  struct Waiting {
    /// The key's first bytes as a number, which nearly always tells two apart.
    std::uint64_t first;
    std::int64_t pk;
    /// Where in `texts_` the key is.
    std::uint32_t begin;
    std::uint32_t size;
  };
  [[nodiscard]] std::string_view text_of(const Waiting& waiting) const {
    return std::string_view(texts_).substr(waiting.begin, waiting.size);
  }

  storage::Transaction& transaction_;
  std::string municipality_;
  bool keeps_pairs_;
  std::vector<Waiting> waiting_;
  std::string texts_;
};

/// Writes what was made from a person who has no such rows (any more). With `later`, the look-up
/// keys wait there.
void write_index(storage::Transaction& transaction, std::int64_t pk, std::string_view municipality,
                 const PersonIndex& index, LookupKeys* later = nullptr);
/// Writes what differs between what was made from a person before and after a change.
void rewrite_index(storage::Transaction& transaction, std::int64_t pk,
                   std::string_view municipality, const PersonIndex& before,
                   const PersonIndex& after);
void unindex_person(storage::Transaction& transaction, std::int64_t pk);
/// The pairs of characters that a person's texts for finding have.
[[nodiscard]] std::string person_pairs(std::string_view named, std::string_view placed);

/// Writes whom a person's protection covers and which officers see through it.
void index_protection(storage::Transaction& transaction, std::int64_t pk, const Uuid& person,
                      std::string_view municipality, const std::optional<Protection>& protects);

}  // namespace renraku::domain
