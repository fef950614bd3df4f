// What walks through a municipality's people read from a server is kept in memory, until somebody
// writes what they read.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/people/reading_walk.hpp"
#include "storage/row_memory.hpp"

namespace renraku::domain {

/// A writer changes a row of person_search or of the roster. What was kept is used no more, by any
/// process, once this transaction is committed. To be said with every row: only the first counts.
/// Nothing in a folder, where nothing is kept.
void change_walked(storage::Transaction& transaction, std::string_view municipality);

/// Keeps the rows of one walk from its beginning to its end.
class RowsKeeper {
 public:
  RowsKeeper(storage::Transaction& transaction, storage::RowsName name)
      : transaction_(transaction),
        name_(std::move(name)),
        rows_(std::make_shared<storage::PackedRows>()) {}

  void add(const WalkedRow& row);
  /// That was all of them.
  void finish();

 private:
  storage::Transaction& transaction_;
  storage::RowsName name_;
  /// Null when they are more than is kept.
  std::shared_ptr<storage::PackedRows> rows_;
};

/// The rows of a walk through all of a municipality as they are for a transaction: what is kept of
/// them, or by what name to keep them.
class WalkMemory {
 public:
  /// `sql` has no parameter but the municipality and what a BlockWalk binds.
  WalkMemory(storage::Transaction& transaction, std::string_view municipality,
             std::string_view sql);

  /// Null where none are kept.
  [[nodiscard]] const std::shared_ptr<const storage::PackedRows>& rows() const { return rows_; }
  /// Null in a folder, and where no writer said anything yet.
  [[nodiscard]] std::shared_ptr<RowsKeeper> keeper() const;

 private:
  storage::Transaction& transaction_;
  std::optional<storage::RowsName> name_;
  std::shared_ptr<const storage::PackedRows> rows_;
};

/// The whole list from a place on, out of memory.
class KeptWalk {
 public:
  KeptWalk(const Walk& walk, std::shared_ptr<const storage::PackedRows> rows,
           const SearchPlace& after);

  /// The keys of the next who fit, at most `most`; none at the end.
  std::vector<std::int64_t> next(std::size_t most);

 private:
  const Walk& walk_;
  std::shared_ptr<const storage::PackedRows> rows_;
  std::size_t at_ = 0;
};

/// Sixteen random bytes a municipality, other ones whenever a writer changed what walks read. They
/// are not counted up: a server that was put back to an older state and written again never has a
/// stamp of before for other rows.
inline constexpr std::string_view walk_memory_schema_1 = R"sql(
CREATE TABLE walk_stamp (
  municipality TEXT PRIMARY KEY,
  stamp @bytes NOT NULL
) @clustered;
)sql";

}  // namespace renraku::domain
