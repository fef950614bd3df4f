#include "access/member_factors.hpp"

#include <algorithm>
#include <renraku/described/factor.hpp>
#include <renraku/described/municipality.hpp>

#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "crypto/totp.hpp"

namespace renraku::access {

/// `secret` counts, `pending` is to be confirmed; either can be absent.
struct TotpRow {
  std::optional<crypto::Bytes> secret;
  std::optional<crypto::Bytes> pending;
  std::int64_t used_step = 0;
};
RENRAKU_DESCRIBE(TotpRow, secret, pending, used_step)

namespace {

struct WantedRow {
  Uuid id;
  TwoFactor two_factor{};
};
RENRAKU_DESCRIBE(WantedRow, id, two_factor)

constexpr std::string_view find_municipality =
    "SELECT id, two_factor FROM municipality WHERE code = :code";
constexpr std::string_view find_totp =
    "SELECT secret, pending, used_step FROM totp WHERE member = :member";
constexpr std::string_view begin =
    "INSERT INTO totp (member, secret, pending, used_step) VALUES (:member, NULL, :pending, 0) "
    "ON CONFLICT (member) DO UPDATE SET pending = excluded.pending";
constexpr std::string_view confirm =
    "UPDATE totp SET secret = pending, pending = NULL, used_step = :step WHERE member = :member";
constexpr std::string_view use_step =
    "UPDATE totp SET used_step = :step WHERE member = :member AND used_step < :step";
constexpr std::string_view put_again =
    "UPDATE totp SET secret = :secret, pending = :pending WHERE member = :member";
constexpr std::string_view drop = "DELETE FROM totp WHERE member = :member";
constexpr std::string_view add_code =
    "INSERT INTO recovery_code (member, digest, used_at) VALUES (:member, :digest, NULL)";
constexpr std::string_view use_code =
    "UPDATE recovery_code SET used_at = :now WHERE member = :member AND digest = :digest "
    "AND used_at IS NULL";
constexpr std::string_view drop_codes = "DELETE FROM recovery_code WHERE member = :member";
constexpr std::string_view count_codes =
    "SELECT count(*) FROM recovery_code WHERE member = :member AND used_at IS NULL";
constexpr std::string_view count_certificates =
    "SELECT count(*) FROM certificate WHERE member = :member AND revoked = 0";
const std::string standing_certificates =
    "SELECT " + storage::columns<Certificate>() +
    " FROM certificate WHERE member = :member AND revoked = 0";
const std::string find_certificate =
    "SELECT " + storage::columns<Certificate>() + " FROM certificate WHERE id = :id";
const std::string change_certificate = storage::update_sql<Certificate>("certificate", {});

constexpr std::size_t recovery_code_bytes = 10;

crypto::Bytes place_of(const Id<Member>& member) {
  constexpr std::string_view what = "totp";
  crypto::Bytes place(what.size() + member.bytes.size());
  std::ranges::copy(member.bytes, std::ranges::copy(what, place.begin()).out);
  return place;
}

/// Four groups of four, which people copy with fewer mistakes.
std::string grouped(const std::string& code) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += code[i];
  }
  return out;
}

crypto::Digest code_digest(std::string_view code) {
  std::string plain;
  for (const char c : code) {
    if (c == '-' || c == ' ') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return crypto::sha256(crypto::view_of(plain));
}

std::int64_t number(storage::Query&& query, const Id<Member>& member) {
  return std::move(query).bind("member", member).optional<std::int64_t>().value_or(0);
}

}  // namespace

MemberFactors::MemberFactors(storage::Transaction& transaction, const crypto::Sealer& store_key,
                             const Member& member)
    : transaction_(transaction), keys_(transaction, store_key), member_(member.id) {
  // The service's administrators belong to none; their secrets are sealed under the node's own key.
  if (member.municipality.empty()) return;
  const auto found =
      transaction.query(find_municipality).bind("code", member.municipality).optional<WantedRow>();
  if (!found) return;
  municipality_ = found->id;
  wanted_ = found->two_factor;
}

std::optional<TotpRow> MemberFactors::load() {
  return transaction_.query(find_totp).bind("member", member_).optional<TotpRow>();
}

crypto::Bytes MemberFactors::opened(const crypto::Bytes& sealed) {
  auto secret = keys_.open(municipality_, municipality_, place_of(member_), sealed);
  if (secret) return *std::move(secret);
  throw Error(ErrorCode::damaged, "the key is gone that a second factor's secret is under");
}

crypto::Bytes MemberFactors::sealed(const crypto::Bytes& secret) {
  return keys_.seal(municipality_, municipality_, place_of(member_), secret);
}

bool MemberFactors::has_totp() {
  const auto totp = load();
  return totp && totp->secret;
}

bool MemberFactors::any() {
  return has_totp() || number(transaction_.query(count_certificates), member_) > 0;
}

FactorStatus MemberFactors::status() {
  FactorStatus status;
  status.member = member_;
  status.totp = has_totp();
  status.recovery_codes = number(transaction_.query(count_codes), member_);
  status.certificates = number(transaction_.query(count_certificates), member_);
  status.second_factor = status.totp || status.certificates > 0 ? FactorState::present
                         : wanted_ == TwoFactor::required       ? FactorState::required
                         : wanted_ == TwoFactor::warned         ? FactorState::warned
                                                                : FactorState::advised;
  return status;
}

crypto::Bytes MemberFactors::begin_totp() {
  crypto::Bytes secret(crypto::totp_secret_size);
  crypto::fill_random(secret);
  transaction_.query(begin).bind("member", member_).bind("pending", sealed(secret)).run();
  return secret;
}

bool MemberFactors::confirm_totp(std::string_view code, Instant now) {
  const auto totp = load();
  if (!totp || !totp->pending) {
    throw Error(ErrorCode::not_found, "no second factor is being set up; begin anew", "code");
  }
  const auto step = crypto::match_totp(opened(*totp->pending), code, now, 0);
  if (!step) return false;
  transaction_.query(confirm).bind("member", member_).bind("step", *step).run();
  return true;
}

bool MemberFactors::take_totp(std::string_view code, Instant now) {
  const auto totp = load();
  if (!totp || !totp->secret) return false;
  const auto step = crypto::match_totp(opened(*totp->secret), code, now, totp->used_step);
  return step &&
         transaction_.query(use_step).bind("member", member_).bind("step", *step).changed() == 1;
}

bool MemberFactors::seal_totp_again() {
  auto totp = load();
  if (!totp) return false;
  const KeyNumber number = keys_.number_in_use(municipality_);
  bool is_older = false;
  for (std::optional<crypto::Bytes>* const each : {&totp->secret, &totp->pending}) {
    if (!*each || parted(**each).number == number) continue;
    *each = sealed(opened(**each));
    is_older = true;
  }
  if (!is_older) return false;
  transaction_.query(put_again)
      .bind("member", member_)
      .bind("secret", totp->secret)
      .bind("pending", totp->pending)
      .run();
  return true;
}

void MemberFactors::drop_totp() {
  transaction_.query(drop).bind("member", member_).run();
  transaction_.query(drop_codes).bind("member", member_).run();
}

std::vector<std::string> MemberFactors::make_recovery_codes() {
  transaction_.query(drop_codes).bind("member", member_).run();
  std::vector<std::string> codes;
  for (int i = 0; i < recovery_codes; ++i) {
    crypto::Bytes secret(recovery_code_bytes);
    crypto::fill_random(secret);
    codes.push_back(grouped(crypto::base32(secret)));
    transaction_.query(add_code)
        .bind("member", member_)
        .bind("digest", crypto::ByteView(code_digest(codes.back())))
        .run();
  }
  return codes;
}

bool MemberFactors::take_recovery_code(std::string_view code, Instant now) {
  return transaction_.query(use_code)
             .bind("member", member_)
             .bind("digest", crypto::ByteView(code_digest(code)))
             .bind("now", now)
             .changed() == 1;
}

bool MemberFactors::has_certificate(const ClientCertificate& shown) {
  if (shown.fingerprint.empty() && (shown.issuer.empty() || shown.subject.empty())) return false;
  const std::string fingerprint =
      shown.fingerprint.empty() ? std::string() : plain_fingerprint(shown.fingerprint);
  return std::ranges::any_of(standing(), [&](const Certificate& bound) {
    if (!bound.fingerprint.empty()) return bound.fingerprint == fingerprint;
    return bound.issuer == shown.issuer && bound.subject == shown.subject;
  });
}

void MemberFactors::revoke_certificates() {
  for (const Certificate& bound : standing()) revoke_certificate(transaction_, bound.id);
}

std::vector<Certificate> MemberFactors::standing() {
  return transaction_.query(standing_certificates).bind("member", member_).all<Certificate>();
}

bool revoke_certificate(storage::Transaction& transaction, const Id<Certificate>& id) {
  auto found = transaction.query(find_certificate).bind("id", id).optional<Certificate>();
  if (!found || found->revoked) return false;
  found->revoked = true;
  ++found->revision;
  return transaction.query(change_certificate).bind_record(*found).changed() == 1;
}

std::string plain_fingerprint(std::string_view fingerprint) {
  constexpr std::size_t size = 64;
  std::string plain;
  for (const char c : fingerprint.substr(0, 2 * size)) {
    if (c != ':') plain += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (plain.size() == size && plain.find_first_not_of("0123456789abcdef") == std::string::npos) {
    return plain;
  }
  throw Error(ErrorCode::invalid,
              "a fingerprint is the SHA-256 of a certificate: 64 hexadecimal digits",
              "fingerprint");
}

}  // namespace renraku::access
