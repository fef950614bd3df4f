#include "domain/municipalities/municipalities.hpp"

#include <renraku/municipalities.hpp>

#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Municipality Municipalities::view() const {
  return state_->act(Action::municipality_view, {}, domain::view_municipality);
}

Municipality Municipalities::change(const Municipality& changed) const {
  return state_->act(Action::municipality_change, {}, [&](access::Permit& permit) {
    return domain::change_municipality(permit, changed);
  });
}

}  // namespace renraku
