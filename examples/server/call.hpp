// One request, as the functions of api/ see it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <renraku/json.hpp>
#include <renraku/records/factor.hpp>
#include <renraku/session.hpp>
#include <string>

#include "answer.hpp"
#include "application.hpp"

namespace httplib {
struct Request;
}

namespace renraku::server {

/// Hands over the body in pieces until `take` returns false; false when it did not come whole.
using ReadBody = std::function<bool(const std::function<bool(const char*, std::size_t)>& take)>;

class Call {
 public:
  Call(Application& application, const httplib::Request& http, ReadBody read)
      : app(application), http_(http), read_(std::move(read)) {}

  Application& app;
  /// What stood for {id} in the path.
  std::string id;

  /// Takes up the session of the cookie, for this request. Error{session_ended}.
  void resume();
  /// The call is brought by a vendor's application: `Authorization: Renraku-Assertion …`. No
  /// browser sends that of itself, so that no strange page can.
  [[nodiscard]] bool is_asserted() const;
  /// Takes the assertion, for this request. Error{sign_in_failed}; `Refusal` 400 with a colleague.
  void act_as();
  /// Enters for a colleague (代行入力) where the request names one, for this request:
  /// `X-Renraku-On-Behalf-Of: <member id>`. Error{not_permitted}.
  void deputise();
  void keep(Session session) { session_.emplace(std::move(session)); }
  [[nodiscard]] Session& session() { return session_.value(); }

  [[nodiscard]] std::string header(const std::string& name) const;
  [[nodiscard]] std::string address() const;
  /// The client certificate that TLS verified; empty where it asked for none.
  [[nodiscard]] ClientCertificate certificate() const;
  /// A value of the query; empty when it is not there. No personal data belongs there: addresses
  /// stand in logs and histories.
  [[nodiscard]] std::string query(const std::string& name) const;
  [[nodiscard]] bool flag(const std::string& name) const { return query(name) == "true"; }
  /// From `after` and `size` of the query.
  [[nodiscard]] PageRequest page() const;
  template <DescribedEnum Enum>
  [[nodiscard]] std::optional<Enum> choice(const std::string& name) const {
    const std::string text = query(name);
    if (text.empty()) return std::nullopt;
    Enum value{};
    if (!enum_parse(text, value)) {
      throw Error(ErrorCode::invalid, "the query has a value that is none of the documented", name);
    }
    return value;
  }

  template <class Record>
  [[nodiscard]] Id<Record> record() const {
    return Id<Record>::parse(id);
  }
  /// The body as a record; `Refusal` 413 beyond the limit, 415 when it is not JSON.
  template <class T>
  [[nodiscard]] T json() const {
    return from_json<T>(text_body());
  }
  /// Hands over the body in pieces. `Refusal` 413 beyond `most` bytes.
  void stream_body(std::size_t most,
                   const std::function<void(const char*, std::size_t)>& take) const;

 private:
  [[nodiscard]] std::string text_body() const;

  const httplib::Request& http_;
  ReadBody read_;
  std::optional<Session> session_;
};

}  // namespace renraku::server
