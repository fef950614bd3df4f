// The vouched rows as they lie on the server.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engines/postgresql/wire.hpp"

namespace renraku::storage::postgresql {

/// The tables renraku_vouched, a sealed row each, and renraku_vouched_head. The server knows of a
/// row its table, its number and when it was changed. Of one connection.
class VouchedRows {
 public:
  explicit VouchedRows(Wire& wire) : wire_(wire) {}

  /// Makes the tables when the database has none yet.
  static void define(Wire& wire);

  struct Row {
    std::int64_t rowid = 0;
    std::uint64_t version = 0;
    crypto::ByteView sealed;
  };

  /// None before the first change.
  [[nodiscard]] std::optional<crypto::Bytes> read_head();
  /// A table's rows that were changed after a version.
  void read(std::string_view table, std::uint64_t after,
            const std::function<void(const Row&)>& visit);
  /// Numbers of a table's rows that are sealed under another key than this one of the store's own,
  /// up to so many, from one number on.
  [[nodiscard]] std::vector<std::int64_t> under_others(std::string_view table, std::uint32_t key,
                                                       std::int64_t from, int limit);

  // Not waited for; an error is told by the commit.

  void write(std::string_view table, const Row& row);
  void remove(std::string_view table, std::int64_t rowid);
  void write_head(crypto::ByteView sealed);

 private:
  Wire& wire_;
};

}  // namespace renraku::storage::postgresql
