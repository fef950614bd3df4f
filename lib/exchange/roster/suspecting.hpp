// Pairs that may be one person, and numbers that went from one to another: the second look, once it
// is known whose every row is.
#pragma once

#include <deque>

#include "exchange/roster/matching.hpp"

namespace renraku::exchange::roster {

/// Holds every row that is to be added against the entries of the store and the added rows before
/// it.
void find_suspects(const std::deque<RowKeys>& rows, Matching& matching);

/// Rows whose 管理番号 the store has for somebody else, and for nobody like them.
void find_moved_references(const std::deque<RowKeys>& rows, Matching& matching);

}  // namespace renraku::exchange::roster
