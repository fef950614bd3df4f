#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/factor.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(FactorState, present, advised, warned, required)
RENRAKU_DESCRIBE(FactorStatus, member, totp, recovery_codes, certificates, second_factor)
RENRAKU_DESCRIBE(TotpEnrolment, secret, uri)
RENRAKU_DESCRIBE(ClientCertificate, fingerprint, issuer, subject)
RENRAKU_DESCRIBE(Certificate, id, revision, municipality, member, fingerprint, issuer, subject,
                 bound_at, revoked)
RENRAKU_DESCRIBE(LoginSession, id, member, authentication, opened_at, seen_at)
RENRAKU_DESCRIBE(SignIn, municipality, login, password, code, source, certificate, device,
                 remember_device)
RENRAKU_DESCRIBE(AccessRecovery, member, time)

}  // namespace renraku
