// What every short text from outside must be.
#pragma once

#include <cstddef>
#include <renraku/error.hpp>
#include <string>
#include <string_view>

namespace renraku::domain {

/// Names of people, offices and places are shorter by far; what is longer is a mistake or an
/// attack.
inline constexpr std::size_t short_text_limit = 500;  // bytes

/// Throws Error{missing} for an empty text where one is needed, Error{too_large} for a long one.
inline void need_short_text(const std::string& text, std::string_view field) {
  if (text.empty()) throw Error(ErrorCode::missing, "this is needed", std::string(field));
  if (text.size() > short_text_limit) {
    throw Error(ErrorCode::too_large,
                "at most " + std::to_string(short_text_limit) + " bytes are taken here",
                std::string(field));
  }
}

}  // namespace renraku::domain
