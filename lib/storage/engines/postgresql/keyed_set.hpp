// The sums of lines in a column that rows are found by several of.
#pragma once

#include "crypto/bytes.hpp"
#include "crypto/hmac.hpp"

namespace renraku::storage::postgresql {

/// What a @keyed_set column gets for lines of text, as an array of bigint travels: the first eight
/// bytes of each line's sum, sorted, each once. No sum of it is one of a @keyed column.
[[nodiscard]] crypto::Bytes keyed_set(const crypto::HmacKey& key, crypto::ByteView lines);

}  // namespace renraku::storage::postgresql
