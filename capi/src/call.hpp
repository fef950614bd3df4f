// What every call of the C API is made of: no exception leaves, outputs are NULL unless all is
// well.
#pragma once

#include <renraku/c/error.h>

#include <memory>
#include <new>
#include <renraku/error.hpp>

#include "read.hpp"

namespace renraku::capi {

/// Makes `*error`, if asked for, of the exception in flight, and gives its number.
std::int32_t tell(renraku_error** error) noexcept;

/// Runs `work`; gives 0, or the number of what it threw.
template <class Work>
std::int32_t guard(renraku_error** error, Work&& work) noexcept {
  try {
    if (error) *error = nullptr;
    work();
    return RENRAKU_OK;
  } catch (...) {
    return tell(error);
  }
}

/// Runs `work` and hands its result over as a new `Handle`.
template <class Handle, class Work>
std::int32_t deliver(renraku_error** error, Handle** out, Work&& work) noexcept {
  return guard(error, [&] {
    need(out, "output") = nullptr;
    *out = std::make_unique<Handle>(work()).release();
  });
}

/// The same for a text, which renraku_text_free frees.
template <class Work>
std::int32_t deliver_text(renraku_error** error, char** out, Work&& work) noexcept {
  return guard(error, [&] {
    need(out, "output") = nullptr;
    const std::string text = work();
    auto copy = std::make_unique<char[]>(text.size() + 1);
    text.copy(copy.get(), text.size());
    *out = copy.release();
  });
}

}  // namespace renraku::capi
