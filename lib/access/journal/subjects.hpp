// Whether the list of subjects, from which "who has looked" is read, says what the entries say.
#pragma once

#include <optional>

#include "access/journal/entry.hpp"
#include "crypto/set_sum.hpp"
#include "storage/database.hpp"
#include "storage/row_key.hpp"

namespace renraku::access {

/// Counts what an entry, at its key, says in the list of subjects.
void add_subjects(crypto::SetSum& sum, Entry& entry, std::int64_t pk);

/// The sum over the list as it is stored.
[[nodiscard]] crypto::SetSum listed_subjects(storage::Transaction& transaction);
/// Adds the list's part for the entries of these keys.
void add_listed_subjects(crypto::SetSum& sum, storage::Transaction& transaction,
                         const storage::KeyRange& entries);

/// Where list and entries differ: the key of the first entry of which somebody was left out, else
/// of one to which somebody was added. Slow, and asked only when the sums differ.
[[nodiscard]] std::optional<std::int64_t> wrongly_listed(storage::Transaction& transaction);

}  // namespace renraku::access
