#include "call.hpp"

#include <httplib.h>

#include <charconv>

#include "certificate.hpp"

namespace renraku::server {
namespace {

constexpr std::string_view assertion_scheme = "Renraku-Assertion ";
// In which store of a region the application is registered; the assertion itself says whose call it
// is.
constexpr const char* municipality_header = "X-Renraku-Municipality";
constexpr const char* colleague_header = "X-Renraku-On-Behalf-Of";

}  // namespace

void Call::resume() {
  const std::string token = app.cookie.read(header("Cookie"));
  if (token.empty()) throw Error(ErrorCode::session_ended, "nobody is signed in; sign in first");
  keep(app.stores.resume(token));
}

bool Call::is_asserted() const {
  return header("Authorization").starts_with(assertion_scheme);
}

void Call::act_as() {
  if (!header(colleague_header).empty()) {
    throw Refusal(400, ErrorCode::invalid, "colleague", "連携システムは代行入力できません。");
  }
  const std::string assertion = header("Authorization").substr(assertion_scheme.size());
  keep(app.stores.of(header(municipality_header))->act_as(assertion));
}

void Call::deputise() {
  const std::string colleague = header(colleague_header);
  if (colleague.empty()) return;
  keep(session().on_behalf_of(Id<Member>::parse(colleague, "colleague")));
}

std::string Call::header(const std::string& name) const {
  return http_.get_header_value(name.c_str());
}

std::string Call::address() const {
  return http_.remote_addr;
}

ClientCertificate Call::certificate() const {
  if (app.config.client_authority.empty() || !http_.ssl) return {};
  return verified_certificate(*http_.ssl);
}

std::string Call::query(const std::string& name) const {
  return http_.get_param_value(name.c_str());
}

PageRequest Call::page() const {
  PageRequest page;
  page.after = query("after");
  const std::string size = query("size");
  const char* end = size.data() + size.size();
  if (!size.empty() && std::from_chars(size.data(), end, page.size).ptr != end) {
    throw Error(ErrorCode::invalid, "the size of a page is a whole number", "size");
  }
  return page;
}

void Call::stream_body(std::size_t most,
                       const std::function<void(const char*, std::size_t)>& take) const {
  const auto too_large = [] {
    return Refusal(413, ErrorCode::too_large, "body",
                   std::string(error_message_ja(ErrorCode::too_large)));
  };
  if (http_.has_header("Content-Length") &&
      http_.get_header_value<std::uint64_t>("Content-Length") > most) {
    throw too_large();
  }
  std::size_t got = 0;
  std::exception_ptr thrown;
  const bool whole = read_([&](const char* data, std::size_t size) {
    try {
      got += size;
      if (got > most) throw too_large();
      take(data, size);
      return true;
    } catch (...) {
      thrown = std::current_exception();
      return false;
    }
  });
  if (thrown) std::rethrow_exception(thrown);
  if (!whole) throw Error(ErrorCode::cancelled, "the request's body did not come whole", "body");
}

std::string Call::text_body() const {
  if (!header("Content-Type").starts_with("application/json")) {
    throw Refusal(415, ErrorCode::invalid, "body", "JSON で送ってください。");
  }
  std::string text;
  stream_body(app.config.body_max,
              [&](const char* data, std::size_t size) { text.append(data, size); });
  return text;
}

}  // namespace renraku::server
