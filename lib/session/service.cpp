// Those who run the service.
#include <renraku/store.hpp>

#include "crypto/password.hpp"
#include "domain/members/members.hpp"
#include "session/store_state.hpp"

namespace renraku {

Member Store::add_service_administrator(const NewMember& input) {
  crypto::check_password_rule(input.password, false);
  const std::string hash = crypto::hash_password(input.password, state_->costs().password);
  NewMember administrator = input;
  administrator.roles = {Role::service_administrator};
  return state_->act({}, access::Action::access_recover, {}, [&](access::Permit& permit) {
    return domain::add_member(permit, administrator, hash);
  });
}

}  // namespace renraku
