// The certificate that a client showed.
#pragma once

#include <openssl/types.h>

#include <renraku/records/factor.hpp>

namespace renraku::server {

/// Fingerprint, and names as RFC 4514 writes them; empty unless TLS verified a certificate.
[[nodiscard]] ClientCertificate verified_certificate(const SSL& connection);

}  // namespace renraku::server
