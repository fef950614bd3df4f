// The names of a statement's parameters, as an engine counts them.
#pragma once

#include <renraku/error.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace renraku::storage {

class ParameterNames {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  ParameterNames() = default;
  explicit ParameterNames(std::vector<std::string> names) : names_(std::move(names)) {}

  /// The place of a parameter, from 0; `none` when there is none of that name.
  [[nodiscard]] std::size_t place(std::string_view name) const {
    // A record's fields are bound in the order in which its INSERT names them.
    if (expected_ < names_.size() && names_[expected_] == name) return expected_++;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i] != name) continue;
      expected_ = i + 1;
      return i;
    }
    return none;
  }
  /// The place of a parameter that is about to be bound; Error{internal} when there is none.
  [[nodiscard]] std::size_t required(std::string_view name) const {
    const std::size_t at = place(name);
    if (at != none) return at;
    throw Error(ErrorCode::internal, "the statement has no parameter '" + std::string(name) + "'");
  }
  void start_over() noexcept { expected_ = 0; }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  std::vector<std::string> names_;
  /// The parameter likely to be asked for next.
  mutable std::size_t expected_ = 0;
};

}  // namespace renraku::storage
