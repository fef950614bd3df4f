// Whether people are found by what they are.
#pragma once

#include <functional>
#include <renraku/id.hpp>

#include "storage/database.hpp"

namespace renraku::domain {

/// Who is wrong, and what.
using Complain = std::function<void(const Uuid& person, std::string_view what)>;

/// Makes anew what each person is listed and found by, and tells of each of whom something else is
/// stored, or nothing, or who can't be read. Keys for looking up can't be read back, so they are
/// counted; true where there are as many as there should be. In what order people are listed is
/// not looked at.
[[nodiscard]] bool check_index(storage::Transaction& transaction, const Complain& complain);

}  // namespace renraku::domain
