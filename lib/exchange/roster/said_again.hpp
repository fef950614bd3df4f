// Rows of people who can't be told by name and birth date (〓, 不詳): known again only by saying
// what is stored, word for word.
#pragma once

#include <deque>

#include "exchange/roster/matching.hpp"

namespace renraku::exchange::roster {

/// Matches rows without a sure name or birth date, or without any number, phone or address, to
/// entries that would be exported as the very same row: whole, as CP932 leaves it, or without the
/// place where the person is under protection.
void match_said_again(access::Permit& permit, const std::deque<RowKeys>& rows, Matching& matching);

}  // namespace renraku::exchange::roster
