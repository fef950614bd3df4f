// What goes back to the client, errors included.
#pragma once

#include <exception>
#include <filesystem>
#include <renraku/error.hpp>
#include <renraku/json.hpp>
#include <renraku/page.hpp>
#include <string>
#include <utility>
#include <vector>

namespace renraku::server {

struct Answer {
  int status = 200;
  std::string type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  /// Sent instead of `body` when set, and removed when it is sent.
  std::filesystem::path file;
};

/// A request that the server itself turns away, before the library is asked.
class Refusal : public std::exception {
 public:
  /// `field` says which guard it was: host, origin, token, rate, body or path.
  Refusal(int status, ErrorCode code, std::string field, std::string message)
      : status_(status), code_(code), field_(std::move(field)), message_(std::move(message)) {}

  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
  [[nodiscard]] Answer answer() const;

 private:
  int status_;
  ErrorCode code_;
  std::string field_;
  std::string message_;
};

template <class T>
[[nodiscard]] Answer json_answer(const T& value) {
  Answer answer;
  write_json(answer.body, value);
  return answer;
}

template <class Item>
[[nodiscard]] Answer json_answer(const Page<Item>& page) {
  Answer answer;
  answer.body = "{\"items\":";
  write_json(answer.body, page.items);
  answer.body += ",\"next\":";
  write_json(answer.body, page.next);
  answer.body += '}';
  return answer;
}

/// 204: done, and there is nothing to say.
[[nodiscard]] Answer nothing();

/// The answer to whatever was thrown: {"code", "name", "field", "message", "detail"}. `message` is
/// for users (Japanese), `detail` for programmers (English); neither holds personal data.
[[nodiscard]] Answer error_answer(const std::exception_ptr& thrown);

/// The HTTP status of a kind of error.
[[nodiscard]] int http_status(ErrorCode code) noexcept;

}  // namespace renraku::server
