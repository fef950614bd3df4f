#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/member.hpp>
#include <renraku/records/application.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(AssertedFactor, password, totp, certificate, card, security_key, biometric)
RENRAKU_DESCRIBE(Application, id, revision, municipality, name, public_key, municipalities,
                 accepted, professions, actions, members, expires, revoked)
RENRAKU_DESCRIBE(Assertion, application, municipality, login, reference, issued_at, expires_at,
                 factors, nonce)
RENRAKU_DESCRIBE(ApplicationKey, private_key, public_key)

}  // namespace renraku
