#include "exchange/roster/suspecting.hpp"

#include <algorithm>
#include <array>

namespace renraku::exchange::roster {
namespace {

/// Chains of equal hashes are followed this far: the likely ones are met by another key as well.
constexpr std::size_t looked_at_max = 64;

/// Whatever perhaps_same() asks for, two people alike share one of these.
std::array<std::uint64_t, 6> hashes_of(const RowKeys& keys) {
  const auto pair = [](std::uint64_t one, std::uint64_t other) {
    return one == 0 || other == 0 ? 0 : mixed(one, other);
  };
  return {pair(keys.name, keys.birth), keys.municipal_number,        pair(keys.kana, keys.birth),
          pair(keys.name, keys.home),  pair(keys.name, keys.mobile), pair(keys.name, keys.address)};
}

class Suspecting {
 public:
  Suspecting(const std::deque<RowKeys>& rows, Matching& matching)
      : rows_(rows), matching_(matching) {}

  void run() {
    const bool any = std::ranges::any_of(
        matching_.decisions, [](const Decision& decision) { return decision.fate == Fate::added; });
    if (!any) return;
    // The places of the store come first in the common numbering, then the rows.
    stored_ = static_cast<std::uint32_t>(matching_.stored.size());
    for (std::size_t kind = 0; kind < hashes_of({}).size(); ++kind) look_at(kind);
    sort_out();
  }

 private:
  [[nodiscard]] const RowKeys& keys(std::uint32_t number) const {
    return number < stored_ ? matching_.keys(number, rows_) : rows_[number - stored_];
  }

  void look_at(std::size_t kind) {
    KeyIndex index(stored_ + rows_.size());
    for (std::uint32_t i = 0; i < stored_; ++i) {
      if (const std::uint64_t hash = hashes_of(keys(i))[kind]) index.add(hash, i);
    }
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
      const std::uint64_t hash = hashes_of(rows_[row])[kind];
      if (hash == 0 || matching_.decisions[row].fate != Fate::added) continue;
      std::size_t looked_at = 0;
      index.each(hash, [&](std::uint32_t other) {
        add(row, other);
        return ++looked_at == looked_at_max;
      });
      index.add(hash, stored_ + row);
    }
  }

  void add(std::uint32_t row, std::uint32_t other) {
    const std::uint8_t alike = likeness(rows_[row], keys(other));
    if (!perhaps_same(alike, rows_[row], keys(other))) return;
    const bool stored = other < stored_;
    matching_.suspects.push_back({row, stored ? other : other - stored_, stored, alike});
  }

  // Each pair once, and not too many a row.
  void sort_out() {
    const auto place = [](const SuspectPair& pair) {
      return std::tuple(pair.row, !pair.other_stored, pair.other);
    };
    std::vector<SuspectPair>& pairs = matching_.suspects;
    std::ranges::sort(pairs, {}, place);
    const auto [first, last] = std::ranges::unique(pairs, {}, place);
    pairs.erase(first, last);
    std::size_t of_row = 0;
    std::uint32_t row = 0;
    std::erase_if(pairs, [&](const SuspectPair& pair) {
      if (pair.row != std::exchange(row, pair.row)) of_row = 0;
      return ++of_row > suspects_a_row_max;
    });
  }

  const std::deque<RowKeys>& rows_;
  Matching& matching_;
  std::uint32_t stored_ = 0;
};

}  // namespace

void find_suspects(const std::deque<RowKeys>& rows, Matching& matching) {
  Suspecting(rows, matching).run();
}

void find_moved_references(const std::deque<RowKeys>& rows, Matching& matching) {
  KeyIndex index(matching.stored.size());
  for (std::uint32_t i = 0; i < matching.stored.size(); ++i) {
    const std::uint32_t reference = matching.keys(i, rows).reference;
    if (reference != 0) index.add(reference, i);
  }
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const RowKeys& keys = rows[row];
    const Decision decision = matching.decisions[row];
    if (keys.reference == 0 || decision.fate == Fate::rejected || decision.fate == Fate::duplicate)
      continue;
    bool elsewhere = false;
    bool own = false;
    index.each(keys.reference, [&](std::uint32_t entry) {
      if (!same(matching.keys(entry, rows).reference, keys.reference)) return false;
      own = decision.fate == Fate::stored && decision.target == entry;
      elsewhere = true;
      return own;
    });
    if (elsewhere && !own) matching.moved_references.push_back(row);
  }
}

}  // namespace renraku::exchange::roster
