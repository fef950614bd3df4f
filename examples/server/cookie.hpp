// Cookies, and the token that proves a change comes from our own pages.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace renraku::server {

/// A cookie that carries a token. Under TLS it has the `__Host-` prefix (RFC 6265bis 4.1.3.2), so
/// that no other host or path can set it; over plain HTTP, which is for loopback, browsers refuse
/// that prefix.
class Cookie {
 public:
  /// Kept for `days`; with 0 it goes when the browser closes.
  Cookie(std::string name, bool tls, int days = 0)
      : name_(tls ? "__Host-" + name : std::move(name)), tls_(tls), days_(days) {}

  /// The token in a Cookie header; empty when there is none.
  [[nodiscard]] std::string read(std::string_view header) const;
  /// Set-Cookie for this browser.
  [[nodiscard]] std::string set(const std::string& token) const;
  [[nodiscard]] std::string clear() const;

 private:
  [[nodiscard]] std::string attributes() const;

  std::string name_;
  bool tls_;
  int days_;
};

/// Makes and checks the token that every change carries in X-Renraku-Token: HMAC-SHA-256 over the
/// session's token under a key of this process. A page of another site can make a browser send the
/// cookie, but can't read or make this.
class ChangeToken {
 public:
  ChangeToken();
  [[nodiscard]] std::string of(std::string_view session_token) const;
  /// In constant time.
  [[nodiscard]] bool proves(std::string_view given, std::string_view session_token) const;

 private:
  std::array<std::uint8_t, 32> key_{};
};

}  // namespace renraku::server
