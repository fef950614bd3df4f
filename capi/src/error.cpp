#include <renraku/c/error.h>

#include <cstring>
#include <exception>

#include "call.hpp"

using renraku::ErrorCode;

struct renraku_error {
  ErrorCode code;
  std::string field;
  std::string message;
};

namespace renraku::capi {
namespace {

// Two lists of one thing, held together while compiling: a kind without a number here, or with
// another one, does not compile.
#define RENRAKU_NUMBER(kind, number)                              \
  case ErrorCode::kind:                                           \
    static_assert(static_cast<int>(ErrorCode::kind) == (number)); \
    return number

std::int32_t number_of(ErrorCode code) noexcept {
  switch (code) {
    RENRAKU_NUMBER(internal, RENRAKU_INTERNAL);
    RENRAKU_NUMBER(busy, RENRAKU_BUSY);
    RENRAKU_NUMBER(disk_full, RENRAKU_DISK_FULL);
    RENRAKU_NUMBER(io, RENRAKU_IO);
    RENRAKU_NUMBER(cancelled, RENRAKU_CANCELLED);
    RENRAKU_NUMBER(forked, RENRAKU_FORKED);
    RENRAKU_NUMBER(invalid_argument, RENRAKU_INVALID_ARGUMENT);
    RENRAKU_NUMBER(empty_passphrase, RENRAKU_EMPTY_PASSPHRASE);
    RENRAKU_NUMBER(wrong_passphrase, RENRAKU_WRONG_PASSPHRASE);
    RENRAKU_NUMBER(sign_in_failed, RENRAKU_SIGN_IN_FAILED);
    RENRAKU_NUMBER(back_off, RENRAKU_BACK_OFF);
    RENRAKU_NUMBER(session_ended, RENRAKU_SESSION_ENDED);
    RENRAKU_NUMBER(second_factor, RENRAKU_SECOND_FACTOR);
    RENRAKU_NUMBER(not_permitted, RENRAKU_NOT_PERMITTED);
    RENRAKU_NUMBER(reauthenticate, RENRAKU_REAUTHENTICATE);
    RENRAKU_NUMBER(invalid, RENRAKU_INVALID);
    RENRAKU_NUMBER(missing, RENRAKU_MISSING);
    RENRAKU_NUMBER(too_large, RENRAKU_TOO_LARGE);
    RENRAKU_NUMBER(encoding, RENRAKU_ENCODING);
    RENRAKU_NUMBER(not_found, RENRAKU_NOT_FOUND);
    RENRAKU_NUMBER(exists, RENRAKU_EXISTS);
    RENRAKU_NUMBER(conflict, RENRAKU_CONFLICT);
    RENRAKU_NUMBER(not_a_store, RENRAKU_NOT_A_STORE);
    RENRAKU_NUMBER(plaintext, RENRAKU_PLAINTEXT);
    RENRAKU_NUMBER(newer_format, RENRAKU_NEWER_FORMAT);
    RENRAKU_NUMBER(too_many_changes, RENRAKU_TOO_MANY_CHANGES);
    RENRAKU_NUMBER(damaged, RENRAKU_DAMAGED);
  }
  return RENRAKU_INTERNAL;
}
#undef RENRAKU_NUMBER

// Stands ready for when there is no memory to make one.
renraku_error no_memory{ErrorCode::internal, {}, "out of memory"};

std::int32_t keep(renraku_error** out, ErrorCode code, const char* message,
                  std::string_view field) noexcept {
  if (out) {
    try {
      *out = std::make_unique<renraku_error>(renraku_error{code, std::string(field), message})
                 .release();
    } catch (...) {
      *out = &no_memory;
    }
  }
  return number_of(code);
}

// All texts of the list are literals, so they end with NUL.
const char* literal(std::string_view text) {
  return text.data();
}

}  // namespace

std::int32_t tell(renraku_error** error) noexcept {
  try {
    throw;
  } catch (const Error& known) {
    return keep(error, known.code(), known.what(), known.field());
  } catch (const std::bad_alloc&) {
    return keep(error, ErrorCode::internal, "out of memory", "");
  } catch (...) {
    // What a foreign exception says may hold personal data.
    return keep(error, ErrorCode::internal, "an unexpected exception; please report the call", "");
  }
}

}  // namespace renraku::capi

using renraku::capi::literal;

int32_t renraku_error_code(const renraku_error* error) {
  return error ? renraku::capi::number_of(error->code) : RENRAKU_OK;
}
const char* renraku_error_name(const renraku_error* error) {
  return error ? literal(renraku::error_name(error->code)) : "";
}
const char* renraku_error_field(const renraku_error* error) {
  return error ? error->field.c_str() : "";
}
const char* renraku_error_message(const renraku_error* error) {
  return error ? error->message.c_str() : "";
}
const char* renraku_error_message_ja(const renraku_error* error) {
  return error ? literal(renraku::error_message_ja(error->code)) : "";
}
void renraku_error_free(renraku_error* error) {
  if (error != &renraku::capi::no_memory) delete error;
}

const char* renraku_status_name(int32_t status) {
  return status == RENRAKU_OK ? "ok" : literal(renraku::error_name(ErrorCode{status}));
}
const char* renraku_status_message_ja(int32_t status) {
  return status == RENRAKU_OK ? "" : literal(renraku::error_message_ja(ErrorCode{status}));
}
