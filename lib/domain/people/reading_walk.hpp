// Walks through a list by reading for those whom needles fit. What is walked is rows of
// person_search with no more than the texts to compare and the order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <renraku/describe.hpp>
#include <renraku/page.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "domain/people/hidden.hpp"
#include "domain/people/needles.hpp"
#include "domain/people/search_page.hpp"
#include "storage/row_memory.hpp"

namespace renraku::domain {

/// How many rows are read by their keys at once.
inline constexpr std::size_t keys_max = page_size_max + 1;

/// "s.person IN (…)", for `bind_keys`.
[[nodiscard]] std::string any_key();
/// At most `keys_max`.
void bind_keys(storage::Query& query, std::span<const std::int64_t> keys);

/// A row of a walk: columns of its SQL.
struct WalkedRow {
  crypto::ByteView sort;
  std::int64_t pk = 0;
  storage::LazyText named;
  storage::LazyText placed;
  storage::LazyText written;
  storage::LazyText own;
};
RENRAKU_DESCRIBE(WalkedRow, sort, pk, named, placed, written, own)

/// Which rows of a walk a list shows, as far as their texts tell.
class RowFilter {
 public:
  RowFilter(access::Permit& permit, const SearchNeedles& needles, const FoldedNeedles& folded);

  [[nodiscard]] bool fits(const WalkedRow& row) const;
  /// The same of one whose texts are in the order of a WalkedRow's.
  [[nodiscard]] bool fits(const storage::PackedRow& row) const;
  /// Everybody's in the municipality, where the needles speak of places; else null.
  [[nodiscard]] const Protections* protections() const {
    return in_places_ ? &protections_ : nullptr;
  }

 private:
  const FoldedNeedles& folded_;
  bool only_seen_;
  bool in_places_;
  Protections protections_;
};

/// What is walked.
struct Walk {
  access::Permit& permit;
  /// Binds everything but place and size, or keys.
  ReadingList::Bind bind;
  const RowFilter& filter;
};

class RowsKeeper;

/// The whole list from a place on, in blocks.
class BlockWalk {
 public:
  /// `sql` has the place as :sort and :pk, and :size. `keeper`, if any, gets the rows of a walk
  /// from the list's beginning, and is told when it came to the end.
  BlockWalk(const Walk& walk, std::string_view sql, SearchPlace after,
            std::shared_ptr<RowsKeeper> keeper = nullptr)
      : walk_(walk), sql_(sql), place_(std::move(after)) {
    if (place_ == SearchPlace{}) keeper_ = std::move(keeper);
  }

  /// The keys of the next who fit, at most `most`; none at the end.
  std::vector<std::int64_t> next(std::size_t most);

 private:
  /// False at the end of the list.
  bool walk_block(std::size_t most, std::vector<std::int64_t>& found);

  const Walk& walk_;
  std::string_view sql_;
  SearchPlace place_;
  std::shared_ptr<RowsKeeper> keeper_;
  bool ended_ = false;
};

/// These people alone, in the list's order.
class PeopleWalk {
 public:
  /// `sql` has the keys of `any_key` and no order.
  PeopleWalk(const Walk& walk, std::string_view sql, const SearchPlace& after,
             std::span<const std::int64_t> people);

  [[nodiscard]] std::vector<std::int64_t> next(std::size_t most);

 private:
  std::vector<std::int64_t> fitting_;
  std::size_t given_ = 0;
};

}  // namespace renraku::domain
