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

Municipality Municipalities::require_two_factor(TwoFactor wanted) const {
  return state_->act(Action::two_factor_require, {}, [&](access::Permit& permit) {
    return domain::require_two_factor(permit, wanted);
  });
}

}  // namespace renraku
