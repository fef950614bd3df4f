#include "answer.hpp"

namespace renraku::server {
namespace {

Answer error_body(int status, ErrorCode code, std::string_view field, std::string_view message,
                  std::string_view detail) {
  Answer answer;
  answer.status = status;
  answer.body = "{\"code\":";
  write_json(answer.body, static_cast<std::int32_t>(code));
  const auto add = [&](const char* name, std::string_view value) {
    answer.body += std::string(",\"") + name + "\":";
    write_json(answer.body, value);
  };
  add("name", error_name(code));
  add("field", field);
  add("message", message);
  add("detail", detail);
  answer.body += '}';
  if (status == 429 || status == 503) answer.headers.emplace_back("Retry-After", "10");
  return answer;
}

}  // namespace

Answer Refusal::answer() const {
  return error_body(status_, code_, field_, message_, "refused before the library was asked");
}

Answer nothing() {
  Answer answer;
  answer.status = 204;
  answer.type.clear();
  return answer;
}

int http_status(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::wrong_passphrase:
    case ErrorCode::sign_in_failed:
    case ErrorCode::session_ended:
    case ErrorCode::second_factor:
      return 401;
    case ErrorCode::not_permitted:
    case ErrorCode::reauthenticate:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::exists:
    case ErrorCode::conflict:
    case ErrorCode::too_many_changes:
    case ErrorCode::cancelled:
      return 409;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::back_off:
      return 429;
    case ErrorCode::invalid_argument:
    case ErrorCode::empty_passphrase:
    case ErrorCode::invalid:
    case ErrorCode::missing:
    case ErrorCode::encoding:
      return 400;
    case ErrorCode::busy:
    case ErrorCode::disk_full:
      return 503;
    default:
      return 500;
  }
}

Answer error_answer(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Refusal& refusal) {
    return refusal.answer();
  } catch (const Error& error) {
    return error_body(http_status(error.code()), error.code(), error.field(),
                      error_message_ja(error.code()), error.what());
  } catch (...) {
    // Whatever else was thrown may quote what it worked on: it is not passed on.
    return error_body(500, ErrorCode::internal, {}, error_message_ja(ErrorCode::internal), {});
  }
}

}  // namespace renraku::server
