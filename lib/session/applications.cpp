#include "domain/applications/applications.hpp"

#include <renraku/applications.hpp>

#include "access/assertion.hpp"
#include "crypto/base64.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Applications Session::applications() const {
  return Applications(state_);
}

Application Applications::register_application(const Application& application) const {
  return state_->act(Action::application_register, {}, [&](access::Permit& permit) {
    return domain::register_application(permit, application);
  });
}

Page<Application> Applications::list(const PageRequest& page) const {
  return state_->act(Action::application_list, {}, [&](access::Permit& permit) {
    return domain::list_applications(permit, page);
  });
}

Application Applications::view(const Id<Application>& id) const {
  return state_->act(Action::application_list, {},
                     [&](access::Permit& permit) { return domain::view_application(permit, id); });
}

Application Applications::accept(const Id<Application>& id) const {
  return state_->act(Action::application_accept, {}, [&](access::Permit& permit) {
    return domain::accept_application(permit, id);
  });
}

Application Applications::revoke(const Id<Application>& id) const {
  return state_->act(Action::application_revoke, {}, [&](access::Permit& permit) {
    return domain::revoke_application(permit, id);
  });
}

ApplicationKey make_application_key() {
  const crypto::Key seed = crypto::Key::random();
  return {crypto::base64(seed.bytes()), crypto::base64(crypto::SigningKey(seed).public_key())};
}

std::string make_assertion(const Assertion& assertion, const std::string& private_key) {
  crypto::Key seed = crypto::Key::blank();
  if (!crypto::read_base64(private_key, seed.writable())) {
    throw Error(ErrorCode::invalid,
                "a private key is 32 bytes of Ed25519, as 43 characters of base64url",
                "private_key");
  }
  Assertion complete = assertion;
  if (complete.nonce.empty()) complete.nonce = access::new_nonce();
  if (complete.issued_at == Instant{}) complete.issued_at = Instant::now();
  if (complete.expires_at == Instant{}) {
    complete.expires_at = {complete.issued_at.micros + access::longest_life_micros};
  }
  return access::write_assertion(complete, crypto::SigningKey(seed));
}

}  // namespace renraku
