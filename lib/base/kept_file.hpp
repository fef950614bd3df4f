// A small file that the host keeps in place of a disk.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/records/keeper.hpp>
#include <span>
#include <string>
#include <vector>

namespace renraku::base {

/// Used from any thread, as its keeper is. Whatever that throws, and more bytes than a file has, is
/// Error{io} (field "keeper"), whose text tells nothing of what the host said.
class KeptFile {
 public:
  KeptFile(Keeper keeper, std::string name) : keeper_(std::move(keeper)), name_(std::move(name)) {}

  /// None where there is none.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> read() const;
  void write(std::span<const std::uint8_t> bytes) const;
  void remove() const;

 private:
  Keeper keeper_;
  std::string name_;
};

/// Error{invalid_argument} (field "keeper") for one that lacks a function. None at all is well.
void check_keeper(const Keeper& keeper);

}  // namespace renraku::base
