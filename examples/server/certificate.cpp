#include "certificate.hpp"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

namespace renraku::server {
namespace {

std::string hex(const unsigned char* bytes, unsigned size) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

std::string text_of(const X509_NAME* name) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  // Japanese stays as it is instead of as escaped bytes.
  constexpr unsigned long style =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!out || X509_NAME_print_ex(out.get(), name, 0, style) < 0) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

ClientCertificate verified_certificate(const SSL& connection) {
  const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(&connection),
                                                          X509_free);
  if (!shown || SSL_get_verify_result(&connection) != X509_V_OK) return {};
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(shown.get(), EVP_sha256(), digest.data(), &size) != 1) return {};
  return {hex(digest.data(), size), text_of(X509_get_issuer_name(shown.get())),
          text_of(X509_get_subject_name(shown.get()))};
}

}  // namespace renraku::server
