#include "domain/factors/factors.hpp"

#include <algorithm>

#include "access/member_factors.hpp"
#include "access/moving.hpp"
#include "access/sign_in.hpp"
#include "crypto/legacy_hash.hpp"
#include "crypto/totp.hpp"
#include "domain/members/members.hpp"
#include "domain/municipalities/municipalities.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view find_municipality_id = "SELECT id FROM municipality WHERE code = :code";
constexpr std::string_view add_recovery =
    "INSERT INTO access_recovery (municipality, member, time) VALUES (:municipality, :member, "
    ":time)";
constexpr std::string_view list_recoveries =
    "SELECT member, time FROM access_recovery WHERE municipality = :municipality "
    "AND time >= :since ORDER BY time";

/// A holiday of the one administrator's fits into this.
constexpr std::int64_t told_for_micros = std::int64_t{30} * 24 * 60 * 60 * 1'000'000;

access::MemberFactors factors_of(access::Permit& permit, const Member& member) {
  return {permit.transaction(), permit.journal_keys().sealer, member};
}

Member own(access::Permit& permit) {
  return find_member(permit, permit.actor().member);
}

bool is_newcomer(const access::Permit& permit) {
  const auto& capacities = permit.actor().capacities;
  return std::ranges::find(capacities, access::Capacity::newcomer) != capacities.end();
}

Error wrong_code() {
  return {ErrorCode::sign_in_failed,
          "this is not the code of the present half minute; check the telephone's clock", "code"};
}

/// What the authenticator program calls us. The service's administrators belong to no municipality.
std::string issuer(access::Permit& permit) {
  return permit.scope().municipality.empty() ? "renraku" : view_municipality(permit).name;
}

bool is_administrator(const Member& member) {
  return std::ranges::find(member.roles, Role::administrator) != member.roles.end();
}

}  // namespace

FactorStatus view_factors(access::Permit& permit, const Id<Member>& member) {
  return factors_of(permit, find_member(permit, member)).status();
}

TotpEnrolment begin_totp(access::Permit& permit) {
  const Member member = own(permit);
  access::MemberFactors factors = factors_of(permit, member);
  if (is_newcomer(permit) && factors.any()) {
    throw Error(ErrorCode::second_factor,
                "this member has a second factor, and this session has not proved it; sign in "
                "again with it");
  }
  const crypto::Bytes secret = factors.begin_totp();
  permit.note("totp begun");
  return {crypto::base32(secret), crypto::totp_uri(issuer(permit), member.login, secret)};
}

std::vector<std::string> confirm_totp(access::Permit& permit, const std::string& code) {
  access::MemberFactors factors = factors_of(permit, own(permit));
  if (!factors.confirm_totp(code, permit.now())) throw wrong_code();
  permit.note("totp set up");
  return factors.make_recovery_codes();
}

void remove_totp(access::Permit& permit) {
  access::MemberFactors factors = factors_of(permit, own(permit));
  factors.drop_totp();
  if (factors.wanted() == TwoFactor::required && !factors.any()) {
    throw Error(ErrorCode::second_factor,
                "the municipality requires a second factor; set up another in its place instead");
  }
  permit.note("totp removed");
}

std::vector<std::string> new_recovery_codes(access::Permit& permit) {
  access::MemberFactors factors = factors_of(permit, own(permit));
  if (!factors.has_totp()) {
    throw Error(ErrorCode::not_found, "recovery codes belong to a second factor; set one up first");
  }
  permit.note("new recovery codes");
  return factors.make_recovery_codes();
}

void reset_factors(access::Permit& permit, const Id<Member>& id) {
  const Member member = find_member(permit, id);
  factors_of(permit, member).drop_totp();
  access::forget_devices_of(permit.transaction(), member.id);
  access::end_sessions_of(permit.transaction(), member.id, permit.now());
}

std::vector<LoginSession> list_sessions(access::Permit& permit, const Id<Member>& member,
                                        const access::SessionLimits& limits) {
  return access::sessions_of(permit.transaction(), find_member(permit, member).id, limits,
                             permit.now());
}

void revoke_session(access::Permit& permit, const Id<Member>& member, const Uuid& session,
                    const access::SessionLimits& limits) {
  const auto open = list_sessions(permit, member, limits);
  const auto has_id = [&](const LoginSession& one) { return one.id == session; };
  if (std::ranges::none_of(open, has_id)) {
    throw Error(ErrorCode::not_found, "the member has no such open session", "session");
  }
  access::end_session(permit.transaction(), session, permit.now());
}

void set_legacy_hash(access::Permit& permit, const Id<Member>& member, const std::string& hash) {
  crypto::need_legacy_hash(hash);
  access::set_password_hash(permit.transaction(), find_member(permit, member).id, hash,
                            permit.now());
}

Member recover_administrator(access::Permit& permit, const std::string& municipality,
                             const std::string& login, const std::string& password_hash) {
  const auto member = access::find_member_by_login(permit.transaction(), municipality, login);
  const auto municipality_id =
      permit.transaction().query(find_municipality_id).bind("code", municipality).optional<Uuid>();
  if (!member || !municipality_id) {
    throw Error(ErrorCode::not_found, "nobody signs in by this name in this municipality", "login");
  }
  access::need_here(permit.transaction(), municipality, permit.now());
  if (!is_administrator(*member)) {
    throw Error(ErrorCode::not_permitted,
                "only an administrator is let in again by the recovery key; an administrator helps "
                "everybody else",
                "login");
  }
  permit.enter({municipality, *municipality_id});
  access::MemberFactors factors = factors_of(permit, *member);
  factors.drop_totp();
  factors.revoke_certificates();
  access::forget_devices_of(permit.transaction(), member->id);
  access::forget_all_failures_of(permit.transaction(), *member);
  access::set_password_hash(permit.transaction(), member->id, password_hash, permit.now());
  access::end_sessions_of(permit.transaction(), member->id, permit.now());
  permit.transaction()
      .query(add_recovery)
      .bind("municipality", municipality)
      .bind("member", member->id)
      .bind("time", permit.now())
      .run();
  permit.saw(member->id);
  permit.note("password and second factors reset by the recovery key");
  return *member;
}

std::vector<AccessRecovery> recent_recoveries(storage::Transaction& transaction,
                                              const Member& administrator, Instant now) {
  if (!is_administrator(administrator)) return {};
  return transaction.query(list_recoveries)
      .bind("municipality", administrator.municipality)
      .bind("since", Instant{now.micros - told_for_micros})
      .all<AccessRecovery>();
}

}  // namespace renraku::domain
