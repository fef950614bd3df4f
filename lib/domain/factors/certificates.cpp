#include <algorithm>
#include <renraku/described/factor.hpp>

#include "access/member_factors.hpp"
#include "domain/factors/factors.hpp"
#include "domain/members/members.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<Certificate> certificates("certificate");
const std::string list_of_member = "SELECT " + storage::columns<Certificate>() +
                                   " FROM certificate WHERE member = :member "
                                   "AND municipality = :municipality ORDER BY pk DESC";
const std::string list_perhaps_alike =
    "SELECT " + storage::columns<Certificate>() +
    " FROM certificate WHERE municipality = :municipality AND revoked = 0 "
    "AND fingerprint = :fingerprint";

// Names beside a fingerprint are there to be read, and may be missing.
Certificate checked(const ClientCertificate& input) {
  Certificate certificate;
  certificate.issuer = input.issuer;
  certificate.subject = input.subject;
  if (!input.fingerprint.empty()) {
    certificate.fingerprint = access::plain_fingerprint(input.fingerprint);
  }
  for (const auto& [text, field] :
       {std::pair{input.issuer, "issuer"}, std::pair{input.subject, "subject"}}) {
    if (certificate.fingerprint.empty() || !text.empty()) need_short_text(text, field);
  }
  return certificate;
}

bool is_bound(access::Permit& permit, const Certificate& certificate) {
  const auto perhaps = permit.transaction()
                           .query(list_perhaps_alike)
                           .bind("municipality", permit.scope().municipality)
                           .bind("fingerprint", certificate.fingerprint)
                           .all<Certificate>();
  return std::ranges::any_of(perhaps, [&](const Certificate& bound) {
    return !bound.fingerprint.empty() ||
           (bound.issuer == certificate.issuer && bound.subject == certificate.subject);
  });
}

}  // namespace

Certificate bind_certificate(access::Permit& permit, const Id<Member>& member,
                             const ClientCertificate& input) {
  Certificate certificate = checked(input);
  certificate.member = find_member(permit, member).id;
  certificate.bound_at = permit.now();
  if (is_bound(permit, certificate)) {
    throw Error(ErrorCode::exists, "this certificate is bound to a member already",
                certificate.fingerprint.empty() ? "subject" : "fingerprint");
  }
  permit.saw(member);
  return certificates.add(permit, std::move(certificate));
}

std::vector<Certificate> list_certificates(access::Permit& permit, const Id<Member>& member) {
  return permit.transaction()
      .query(list_of_member)
      .bind("member", find_member(permit, member).id)
      .bind("municipality", permit.scope().municipality)
      .all<Certificate>();
}

Certificate revoke_certificate(access::Permit& permit, const Id<Member>& member,
                               const Id<Certificate>& id) {
  Certificate stored = certificates.load(permit, id);
  if (stored.member != member) {
    throw Error(ErrorCode::not_found, "the member has no such certificate", "certificate");
  }
  if (stored.revoked) return stored;
  access::end_sessions_of(permit.transaction(), member, permit.now());
  Certificate changed = stored;
  changed.revoked = true;
  return certificates.change(permit, stored, std::move(changed));
}

}  // namespace renraku::domain
