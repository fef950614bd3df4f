// A host's key as it is given on the command line.
#pragma once

#include <renraku/store.hpp>
#include <string>

namespace renraku::bench {

/// From 64 hexadecimal digits.
inline HostKey host_key_of(const std::string& hex) {
  HostKey key{};
  for (std::size_t i = 0; i < key.bytes.size(); ++i) {
    key.bytes[i] = static_cast<std::uint8_t>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  }
  return key;
}

}  // namespace renraku::bench
