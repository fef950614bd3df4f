// Reading every record back, and holding all of them against what the journal last said of each.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "access/journal/last_words.hpp"
#include "storage/database.hpp"

namespace renraku::domain {

using Tell = std::function<void(std::string)>;

/// Tells what is wrong with the store's records, in English, each by its table and id and without
/// contents: whatever does not open, is older than the journal tells, is gone, or is there again
/// though it was erased; and people who are found by something else than what they are. A few of
/// each table and kind are named, the others counted.
///
/// `said` is what the whole of an intact journal says; null where it is not intact, and then
/// records are held against nothing. Error{damaged} where the database itself is.
void check_records(storage::Transaction& transaction, std::span<const storage::Migration> steps,
                   access::LastWords* said, const Tell& tell);

}  // namespace renraku::domain
