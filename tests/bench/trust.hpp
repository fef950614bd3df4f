// What proof and protection cost: a look-up while a whole roster comes in, proving the journal, a
// backup beside a plain copy.
#pragma once

#include <filesystem>
#include <renraku/renraku.hpp>
#include <string>

namespace renraku::bench {

/// Who keeps accounts and roster.
struct Login {
  std::string name;
  std::string password;
};

/// Prints one JSON object; times are microseconds. Imports `csv` into a municipality of its own.
void measure_trust(const std::filesystem::path& folder, const HostKey& key, const Login& login,
                   const std::string& csv);

}  // namespace renraku::bench
