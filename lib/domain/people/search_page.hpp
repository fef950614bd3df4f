// Lists of people in the order of their readings: the SQL, the place in the list, the cursor.
// Shared by every noun that lists its records by person; rows of person_search are called `s`.
#pragma once

#include <cstdint>
#include <functional>
#include <renraku/page.hpp>
#include <string>
#include <string_view>

#include "access/permit.hpp"
#include "crypto/bytes.hpp"
#include "domain/paging.hpp"
#include "domain/people/needles.hpp"

namespace renraku::domain {

/// Where a page ended.
struct SearchPlace {
  crypto::Bytes sort;
  std::int64_t pk = -1;

  [[nodiscard]] std::string cursor() const;
  /// The start for an empty cursor; Error{invalid} for one that is not ours.
  static SearchPlace parse(std::string_view cursor);
};

/// A list by reading. Where nothing is looked for in texts, one statement reads a page. Else the
/// list is walked for no more than texts to compare and an order, and the rows of those who fit are
/// read by their keys: an act takes as long as the scope is large, and not as what is shown is
/// broad.
class ReadingList {
 public:
  /// Parts of SQL. Everything is inside the permit's municipality already.
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
  };
  using Bind = std::function<void(storage::Query&)>;
  /// The parameters of `where` and of `shown_where`; the reader's and the municipality's are bound
  /// already.
  struct Binds {
    Bind where;
    Bind shown_where;
  };

  explicit ReadingList(const Sql& sql);

  /// `take` makes an item of the current row.
  template <class Item, class Take>
  [[nodiscard]] Page<Item> page(access::Permit& permit, const SearchNeedles& needles,
                                const PageRequest& request, const Binds& binds, Take&& take) const {
    const auto size = static_cast<std::size_t>(page_size(request));
    Page<Item> page;
    SearchPlace last;
    const auto fill = [&](storage::Query& row) {
      if (page.items.size() == size) {
        page.next = last.cursor();
        return false;
      }
      last = {row.read<crypto::Bytes>("sort"), row.read<std::int64_t>("pk")};
      page.items.push_back(take(row));
      return true;
    };
    read({permit, needles, SearchPlace::parse(request.after), size + 1, binds}, fill);
    return page;
  }

 private:
  struct Reading {
    access::Permit& permit;
    const SearchNeedles& needles;
    SearchPlace after;
    /// How many rows will do.
    std::size_t rows;
    const Binds& binds;
  };
  /// False when no more rows are wanted.
  using Visit = std::function<bool(storage::Query& row)>;

  void read(const Reading& reading, const Visit& visit) const;
  void read_fitting(const Reading& reading, const FoldedNeedles& needles, const Visit& visit) const;
  static void bind_where(const Reading& reading, storage::Query& query);
  static void bind_shown(const Reading& reading, storage::Query& query);

  /// A page where nothing speaks of places, and one of those alone whose place is seen.
  std::string page_;
  std::string page_seen_;
  std::string walk_;
  std::string rows_;
};

}  // namespace renraku::domain
