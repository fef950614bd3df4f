// What can go wrong, as one list of kinds.
//
// A kind's number is part of the C ABI and of exit codes: it is never changed or used again. Its
// thousands say whose turn it is: 1 the machine or another process, 2 the caller's program, 3 who
// you are, 4 what you may do, 5 what you brought, 6 the store itself.
#pragma once

#include <cstdint>
#include <renraku/export.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace renraku {

enum class ErrorCode : std::int32_t {
  internal = 1001,
  busy = 1002,
  disk_full = 1003,
  io = 1004,
  cancelled = 1005,
  forked = 1006,
  invalid_argument = 2001,
  empty_passphrase = 2002,
  wrong_passphrase = 3001,
  sign_in_failed = 3002,
  back_off = 3003,
  session_ended = 3004,
  second_factor = 3005,
  not_permitted = 4001,
  reauthenticate = 4002,
  invalid = 5001,
  missing = 5002,
  too_large = 5003,
  encoding = 5004,
  not_found = 5005,
  exists = 5006,
  conflict = 5007,
  not_a_store = 5008,
  plaintext = 5009,
  newer_format = 5010,
  too_many_changes = 5011,
  damaged = 6001,
};

/// The stable English name of a kind, e.g. "wrong_passphrase"; "unknown" for a number that is none.
[[nodiscard]] RENRAKU_API std::string_view error_name(ErrorCode code) noexcept;

/// One Japanese sentence for users: what happened and what to do next.
[[nodiscard]] RENRAKU_API std::string_view error_message_ja(ErrorCode code) noexcept;

/// The one exception the library throws.
///
/// `what()` says in English what happened, where, and what to do next; it never holds personal
/// data, a password or a key. `field()` names the input, column or file concerned, or is empty.
class RENRAKU_API Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& text, std::string field = {})
      : std::runtime_error(text), code_(code), field_(std::move(field)) {}

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] std::string_view name() const noexcept { return error_name(code_); }
  [[nodiscard]] const std::string& field() const noexcept { return field_; }

 private:
  ErrorCode code_;
  std::string field_;
};

}  // namespace renraku
