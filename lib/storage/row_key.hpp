// Integer keys of rows: the municipality leads, so that its rows lie together and a cluster can
// part tables by range. `municipality << 46 | number`, below 2^63.
#pragma once

#include <cstdint>
#include <string_view>

#include "storage/database.hpp"

namespace renraku::storage {

struct KeyRange {
  std::int64_t first;
  std::int64_t last;
};

/// The keys that belong to a municipality, by the first five digits of its six-digit code; an empty
/// code is the store's own range. Error{invalid} for anything else.
[[nodiscard]] KeyRange key_range(std::string_view municipality_code);

/// Hands out the next keys of a municipality in one table, for as long as one write transaction
/// lasts: no other writer can take them meanwhile.
class RowKeys {
 public:
  /// `newest_sql` is "SELECT max(pk) FROM <table> WHERE pk BETWEEN :first AND :last".
  RowKeys(Transaction& transaction, std::string_view newest_sql,
          std::string_view municipality_code);
  [[nodiscard]] std::int64_t next() { return ++newest_; }

 private:
  std::int64_t newest_;
};

}  // namespace renraku::storage
