#include "domain/factors/factors.hpp"

#include <renraku/factors.hpp>

#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Factors Session::factors() const {
  return Factors(state_);
}

FactorStatus Factors::view(const Id<Member>& member) const {
  return state_->act(Action::factor_view, {member},
                     [&](access::Permit& permit) { return domain::view_factors(permit, member); });
}

TotpEnrolment Factors::begin_totp() const {
  return state_->act(Action::factor_change, {state_->member().id}, domain::begin_totp);
}

std::vector<std::string> Factors::confirm_totp(const std::string& code) const {
  return state_->act(Action::factor_change, {state_->member().id}, [&](access::Permit& permit) {
    std::vector<std::string> codes = domain::confirm_totp(permit, code);
    access::strengthen_session(permit.transaction(), state_->id(), "password+totp");
    access::end_sessions_of(permit.transaction(), state_->member().id, permit.now(), state_->id());
    return codes;
  });
}

void Factors::remove_totp() const {
  state_->act(Action::factor_change, {state_->member().id}, domain::remove_totp);
}

std::vector<std::string> Factors::new_recovery_codes() const {
  return state_->act(Action::factor_change, {state_->member().id}, domain::new_recovery_codes);
}

void Factors::reset(const Id<Member>& member) const {
  state_->act(Action::factor_reset, {member},
              [&](access::Permit& permit) { domain::reset_factors(permit, member); });
}

Certificate Factors::bind_certificate(const Id<Member>& member,
                                      const ClientCertificate& input) const {
  return state_->act(Action::certificate_bind, {member}, [&](access::Permit& permit) {
    return domain::bind_certificate(permit, member, input);
  });
}

std::vector<Certificate> Factors::certificates(const Id<Member>& member) const {
  return state_->act(Action::certificate_list, {member}, [&](access::Permit& permit) {
    return domain::list_certificates(permit, member);
  });
}

Certificate Factors::revoke_certificate(const Id<Member>& member, const Id<Certificate>& id) const {
  return state_->act(Action::certificate_revoke, {member}, [&](access::Permit& permit) {
    return domain::revoke_certificate(permit, member, id);
  });
}

std::vector<LoginSession> Factors::sessions(const Id<Member>& member) const {
  const access::SessionLimits& limits = state_->store().gate().session_limits;
  return state_->act(Action::session_list, {member}, [&](access::Permit& permit) {
    return domain::list_sessions(permit, member, limits);
  });
}

void Factors::revoke_session(const Id<Member>& member, const Uuid& id) const {
  const access::SessionLimits& limits = state_->store().gate().session_limits;
  state_->act(Action::session_revoke, {member},
              [&](access::Permit& permit) { domain::revoke_session(permit, member, id, limits); });
}

}  // namespace renraku
