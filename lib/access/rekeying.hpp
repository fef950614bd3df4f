// The store's own keys inside the database, when the store key changes.
#pragma once

#include <string_view>
#include <vector>

#include "access/journal/writer.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// What comes from one store key and is needed to wrap and open keys.
struct WrappingKeys {
  /// Of the municipalities' keys.
  crypto::Sealer municipalities;
  /// Of the tails' keys.
  crypto::Key tails;
};

/// Wraps anew whatever is wrapped under `before`. Tails of processes that are still at work under
/// `before` can be drained later on.
void rekey(storage::Transaction& transaction, const WrappingKeys& before, const WrappingKeys& after,
           Instant now);

/// What opens tails that were begun before the store key changed.
[[nodiscard]] std::vector<crypto::Sealer> earlier_tail_keys(storage::Transaction& transaction,
                                                            const crypto::Key& tails);

inline constexpr std::string_view rekeying_schema_1 = R"sql(
CREATE TABLE earlier_tail_key (
  id @bytes PRIMARY KEY,
  wrapped @bytes NOT NULL
) @clustered;
)sql";

}  // namespace renraku::access
