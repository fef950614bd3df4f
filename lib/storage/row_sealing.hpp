// The keys under which an engine seals rows whose server is not trusted, when they are made anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace renraku::storage {

/// How far a walk over a municipality's rows has come.
struct SealedUpTo {
  std::size_t table = 0;
  std::int64_t next_key = 0;
};

/// Rows are one municipality's, named by its code, or the store's own (an empty one). Of one
/// connection, within a transaction, a writer's unless it says otherwise.
class RowSealing {
 public:
  virtual ~RowSealing() = default;

  /// Makes a new key; from this transaction on it is in use. Its number.
  virtual std::int64_t begin_key(std::string_view municipality) = 0;
  /// Seals the next rows that are under another key than the one in use, up to so many. How many
  /// there were; 0 at the end of the walk.
  [[nodiscard]] virtual std::int64_t seal_again(std::string_view municipality, SealedUpTo& place,
                                                int limit) = 0;
  /// How many rows are under another key. In a reader's transaction too.
  [[nodiscard]] virtual std::int64_t count_under_others(std::string_view municipality) = 0;

  /// The server's clock. In a reader's transaction too.
  [[nodiscard]] virtual std::int64_t server_time() = 0;
  /// Whether anybody else reads what was there before that time. In a reader's transaction too.
  [[nodiscard]] virtual bool has_readers_since_before(std::int64_t server_time) = 0;
  /// Destroys all keys but the one in use; nothing may need them.
  virtual void drop_others(std::string_view municipality) = 0;
};

}  // namespace renraku::storage
