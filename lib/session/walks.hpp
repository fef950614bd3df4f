// Two databases gone through table by table: to carry what differs, or to tell of it.
#pragma once

#include <memory>
#include <renraku/copying.hpp>
#include <vector>

#include "storage/carrying.hpp"

namespace renraku::session {

/// Goes through tables of two databases, and tells how far it is. Keeps references.
class Walks {
 public:
  using Tables = std::vector<const storage::Carried*>;

  /// Told before the next rows are read; throws to end the work.
  using Tell = std::function<void(std::int64_t done, std::int64_t in_all)>;

  Walks(storage::Database& one, storage::Database& other,
        std::vector<std::unique_ptr<storage::Carried>> tables, Tell tell,
        storage::Guard guard = {});

  [[nodiscard]] Tables tables() const;
  /// So much more is going to be read.
  void expect(const Tables& tables);
  /// Makes the tables of the other what they are in the one. Those that were not the same.
  [[nodiscard]] Tables carry(const Tables& tables, CopyReport& report);
  /// Carries until what was carried reads back as it is in the one, where nobody writes meanwhile.
  void carry_rest(const Tables& tables, CopyReport& report);
  [[nodiscard]] std::vector<TableComparison> compare();

 private:
  [[nodiscard]] storage::Tick tick();

  storage::Database& one_;
  storage::Database& other_;
  std::vector<std::unique_ptr<storage::Carried>> carried_;
  Tell tell_;
  storage::Guard guard_;
  std::int64_t done_ = 0;
  std::int64_t in_all_ = 0;
};

/// Tells the caller of the work, who may end it: Error{cancelled}.
[[nodiscard]] Walks::Tell telling(const Progress& progress);

/// Rows that are made of others are counted alone.
[[nodiscard]] TableComparison count_rows(storage::Database& one, storage::Database& other,
                                         std::string_view table, const storage::Slice& slice);
/// Whether nothing differs.
[[nodiscard]] bool is_same(const std::vector<TableComparison>& tables);
/// What a walk without names counted.
[[nodiscard]] TableComparison comparison_of(std::string table, const storage::CarriedCount& count);

}  // namespace renraku::session
