// Where a row stands among others, on a server that must not see by what it is sorted.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "storage/engines/postgresql/catalogue.hpp"
#include "storage/engines/postgresql/keys_in_use.hpp"

namespace renraku::storage::postgresql {

/// An @ordered column holds a rank (8 bytes, big-endian) with gaps to its neighbours', and behind
/// it the sealed bytes that it was sorted by, bound to the rank. Equal ones stand in the order in
/// which they came. Belongs to one connection.
class Ordering {
 public:
  /// Both outlive it.
  Ordering(Wire& wire, KeysInUse& keys) : wire_(wire), keys_(keys) {}

  /// What the column of `table` gets for a row of the municipality that is sorted by `key`. Within
  /// a writer's transaction: nobody else takes the same place meanwhile.
  [[nodiscard]] crypto::Bytes place(std::string_view table, std::string_view column,
                                    std::string_view municipality, std::string_view key);
  /// Where a list goes on behind a row, of what its column holds: as short as it can be, and the
  /// same for the same place.
  [[nodiscard]] static std::string behind(std::string_view stored);
  /// The same place, sealed under the newest key.
  [[nodiscard]] crypto::Bytes sealed_again(std::string_view table, std::string_view column,
                                           std::string_view municipality, std::string_view stored);
  /// Nothing of an earlier transaction counts any more.
  void begin() { lists_.clear(); }

 private:
  using Rank = std::uint64_t;
  /// Free of ranks at both ends.
  struct Gap {
    Rank after;
    Rank before;
    /// The row at its lower end is sorted by the same.
    bool behind_equal = false;
  };
  struct Where {
    std::string table;
    std::string column;
    std::string municipality;
    auto operator<=>(const Where&) const = default;
  };
  /// All of one list, once a transaction places so many that asking for each would cost more.
  struct List {
    int placed = 0;
    Rank last = 0;
    std::optional<std::multimap<std::string, Rank>> known;
  };
  struct Row {
    Rank rank;
    std::string key;
    std::string stored;
  };

  [[nodiscard]] Gap find_gap(const Where& where, std::string_view key);
  [[nodiscard]] static Gap find_gap(const List& list, std::string_view key);
  [[nodiscard]] static Rank rank_in(const Gap& gap, Rank last);
  void learn(const Where& where, List& list);
  /// Gives all rows of the list new ranks, evenly spread.
  void spread(const Where& where, List& list);

  static void narrow(Gap& gap, const Row& row, std::string_view key);

  /// The first row and the last one.
  [[nodiscard]] std::vector<Row> ends(const Where& where);
  /// Rows in the gap; none only when there is none.
  [[nodiscard]] std::vector<Row> probe(const Where& where, const Gap& gap);
  [[nodiscard]] std::vector<Row> all(const Where& where);
  /// Runs SQL in which {0} is the table, {1} the column and $1 the municipality.
  std::vector<Row> ask(const Where& where, std::string_view sql,
                       std::vector<std::string> parameters);
  [[nodiscard]] const std::string& prepared(const Where& where, std::string_view sql);
  [[nodiscard]] crypto::Bytes associated(const Where& where, Rank rank, std::uint32_t key) const;
  [[nodiscard]] crypto::Bytes sealed(const Where& where, Rank rank, std::string_view key);
  [[nodiscard]] Row opened(const Where& where, std::string_view stored) const;

  /// Whose key seals the list. Error{damaged} for what is no municipality.
  [[nodiscard]] static KeyOwner owner(const Where& where);

  Wire& wire_;
  KeysInUse& keys_;
  std::map<Where, List> lists_;
};

}  // namespace renraku::storage::postgresql
