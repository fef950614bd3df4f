// What the holder of a key slot does with the store as a whole.
#include <renraku/store.hpp>

#include "crypto/password.hpp"
#include "domain/members/members.hpp"
#include "domain/municipalities/municipalities.hpp"
#include "session/store_state.hpp"

namespace renraku {
namespace {

using access::Action;

}  // namespace

Municipality Store::add_municipality(const NewMunicipality& input) {
  crypto::check_password_rule(input.administrator.password, false);
  const std::string hash =
      crypto::hash_password(input.administrator.password, state_->costs().password);
  return state_->act({}, Action::municipality_add, {}, [&](access::Permit& permit) {
    Municipality added = domain::add_municipality(permit, input.code, input.name);
    domain::add_member(permit, input.administrator, hash);
    return added;
  });
}

std::vector<Municipality> Store::municipalities() const {
  return state_->act({}, Action::municipality_view, {}, domain::list_municipalities);
}

bool Store::is_strict() const {
  const auto call = state_->call();
  return state_->is_strict();
}

void Store::flush() {
  state_->flush();
}

}  // namespace renraku
