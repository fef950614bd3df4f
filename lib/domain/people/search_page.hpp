// Lists of people in the order of their readings: the SQL, the place in the list, the cursor.
// Shared by every noun that lists its records by person; rows of person_search are called `s`.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <renraku/page.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "crypto/bytes.hpp"
#include "domain/paging.hpp"
#include "domain/people/hidden.hpp"
#include "domain/people/needles.hpp"

namespace renraku::domain {

struct Walk;

/// Where a page ended.
struct SearchPlace {
  crypto::Bytes sort;
  std::int64_t pk = -1;

  [[nodiscard]] std::string cursor() const;
  /// The start for an empty cursor; Error{invalid} for one that is not ours.
  static SearchPlace parse(std::string_view cursor);
  auto operator<=>(const SearchPlace&) const = default;
};

/// A row that was read, before it is known what the reader may see of it.
template <class Item>
struct ReadRow {
  Item item;
  Uuid person;
  bool left_out = false;
};

/// So many hidden people among the rows of a page, a household say, cost nobody a second statement
/// whose time would tell of them.
inline constexpr std::size_t hidden_at_once = 8;

/// A list by reading. SQL reads it in batches, and what the reader may see of a batch is decided
/// here, for all its people at once. Where nothing is looked for in texts, one statement reads a
/// batch. Else the list is walked for no more than texts to compare and an order, and the rows of
/// those who fit are read by their keys: an act takes as long as the scope is large, and not as
/// what is shown is broad.
class ReadingList {
 public:
  /// Parts of SQL. Everything is inside the permit's municipality already. They name no table of
  /// those that decide access.
  struct Sql {
    /// What is shown of a row, with the identity of every table of which something sealed is.
    std::string columns;
    /// The tables to walk, `s` among them, and what narrows them.
    std::string tables;
    std::string where = "1 = 1";
    /// Joins of the tables that are only shown.
    std::string joins = {};
    /// What narrows the list too, but costs too much to be asked of everybody.
    std::string shown_where = "1 = 1";
    /// Texts of `tables` that needles are looked for in beside names and places: one as it was
    /// `written`, where SearchNeedles::text may be, and a folded one for SearchNeedles::own; with
    /// the identity of their table.
    std::string own_texts = "'' AS written, '' AS own";
    /// `written` is the reference of the roster's entry: no other is found by pairs of characters.
    bool written_in_entries = false;
    /// What narrows the list leaves few, who need not be found by pairs of characters.
    bool is_few = false;
    /// Walked so often that what was walked is kept in memory, where a server has it: `where` has
    /// no parameters, and whoever changes what is walked says so (walk_memory.hpp).
    bool is_kept = false;
  };
  using Bind = std::function<void(storage::Query&)>;
  /// The parameters of `where` and of `shown_where`; the municipality's is bound already.
  struct Binds {
    Bind where;
    Bind shown_where;
  };

  explicit ReadingList(const Sql& sql);

  /// `take(storage::Query& row)` makes a ReadRow<Item> of the current row.
  /// `settle(std::span<ReadRow<Item>> rows, const Protections& protections)` gets the rows of a
  /// batch: it withholds fields, fills in what no row says, and sets `left_out`, as it is already
  /// where the needles leave out the hidden. Who is shown is noted as seen.
  template <class Item, class Take, class Settle>
  [[nodiscard]] Page<Item> page(access::Permit& permit, const SearchNeedles& needles,
                                const PageRequest& request, const Binds& binds, const Take& take,
                                const Settle& settle) const {
    return fill<Item>({permit, needles, request, binds}, take, settle);
  }
  /// The same of these people alone, keys of the permit's municipality: few, such as the patients
  /// of one member.
  template <class Item, class Take, class Settle>
  [[nodiscard]] Page<Item> page_of(access::Permit& permit, const SearchNeedles& needles,
                                   const PageRequest& request,
                                   const std::vector<std::int64_t>& people, const Binds& binds,
                                   const Take& take, const Settle& settle) const {
    return fill<Item>({permit, needles, request, binds, &people}, take, settle);
  }

 private:
  struct Reading {
    access::Permit& permit;
    const SearchNeedles& needles;
    const PageRequest& request;
    const Binds& binds;
    /// Null: everybody.
    const std::vector<std::int64_t>* people = nullptr;
  };
  /// How a page takes what is read for it.
  struct Filling {
    /// Keeps the row; whose it is.
    std::function<Uuid(storage::Query& row)> take;
    /// The rows taken since, and their places, are a batch; false when no more are wanted.
    std::function<bool(const std::vector<SearchPlace>& places, const Protections& protections)>
        settle;
  };
  class Batch;

  template <class Item, class Take, class Settle>
  [[nodiscard]] Page<Item> fill(const Reading& reading, const Take& take,
                                const Settle& settle) const {
    const auto size = static_cast<std::size_t>(page_size(reading.request));
    Page<Item> page;
    page.items.reserve(size);
    std::vector<ReadRow<Item>> rows;
    rows.reserve(size + 1);
    SearchPlace last;
    const auto keep = [&](storage::Query& row) {
      rows.push_back(take(row));
      return rows.back().person;
    };
    const auto show = [&](const std::vector<SearchPlace>& places, const Protections& protections) {
      for (ReadRow<Item>& row : rows) {
        row.left_out = reading.needles.places_only_seen && protections.hides(row.person);
      }
      settle(std::span(rows), protections);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].left_out) continue;
        if (page.items.size() == size) {
          page.next = last.cursor();
          return false;
        }
        reading.permit.saw(rows[i].person);
        page.items.push_back(std::move(rows[i].item));
        if (page.items.size() == size) last = places[i];
      }
      rows.clear();
      return true;
    };
    read(reading, {keep, show});
    return page;
  }

  void read(const Reading& reading, const Filling& filling) const;
  void read_on(const Reading& reading, const Filling& filling) const;
  void read_fitting(const Reading& reading, const FoldedNeedles& needles,
                    const Filling& filling) const;
  /// The few who may fit, where a server keeps by what they are found.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> found_by_pairs(
      const Reading& reading, const FoldedNeedles& needles) const;
  /// Who fits among everybody from a place on: the next, at most `most`, none at the end.
  using Next = std::function<std::vector<std::int64_t>(std::size_t most)>;
  [[nodiscard]] Next walk_all(const Walk& walk, const SearchPlace& after) const;
  static void bind_where(const Reading& reading, storage::Query& query);
  static void bind_shown(const Reading& reading, storage::Query& query);

  std::string page_;
  std::string rows_;
  std::string walk_;
  std::string walk_people_;
  bool written_in_entries_;
  bool is_few_;
  bool is_kept_;
};

}  // namespace renraku::domain
