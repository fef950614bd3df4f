#include "exchange/roster/said_again.hpp"

#include <algorithm>

#include "domain/roster/roster.hpp"
#include "exchange/roster/fingerprint.hpp"

namespace renraku::exchange::roster {
namespace {

bool is_hard_to_tell(const RowKeys& keys) {
  if (keys.name == 0 || keys.birth == 0) return true;
  return keys.municipal_number == 0 && keys.reference == 0 && keys.home == 0 && keys.mobile == 0 &&
         keys.address == 0;
}

bool says(const RowKeys& row, const Values& values, bool is_protected) {
  if (row.columns == fingerprint(values)) return true;
  return is_protected && row.placeless && row.unplaced == unplaced_fingerprint(values);
}

}  // namespace

void match_said_again(access::Permit& permit, const std::deque<RowKeys>& rows, Matching& matching) {
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    if (matching.decisions[i].fate == Fate::added && is_hard_to_tell(rows[i])) open.push_back(i);
  }
  for (std::uint32_t i = 0; !open.empty() && i < matching.stored.size(); ++i) {
    StoredKeys& entry = matching.stored[i];
    if (entry.named) continue;
    const domain::StoredEvacuee loaded = domain::load_evacuee(permit, entry.id);
    const Values values = values_of(loaded.person.person, loaded.evacuee);
    const Values through_cp932 = as_cp932_leaves(values);
    const auto found = std::ranges::find_if(open, [&](std::uint32_t row) {
      return says(rows[row], values, entry.is_protected) ||
             says(rows[row], through_cp932, entry.is_protected);
    });
    if (found == open.end()) continue;
    matching.decisions[*found] = {.fate = Fate::stored, .target = i};
    entry.named = true;
    open.erase(found);
  }
}

}  // namespace renraku::exchange::roster
