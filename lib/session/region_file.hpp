// The directory of stores: a file in TOML that says where each municipality is.
#pragma once

#include <compare>
#include <filesystem>
#include <map>
#include <string>

namespace renraku::session {

/// Where a store is. The address may hold a password.
struct RegionPlace {
  std::string address;
  std::filesystem::path home;

  friend auto operator<=>(const RegionPlace&, const RegionPlace&) = default;
};

struct RegionEntry {
  std::string name;
  RegionPlace place;
};

/// By the municipality's code.
using RegionEntries = std::map<std::string, RegionEntry>;

/// The text of the file. Error{io}, Error{too_large} (field "region").
[[nodiscard]] std::string read_region_file(const std::filesystem::path& file);

/// What the text says; its paths begin at `folder`. Error{invalid}, Error{too_large} (field
/// "region"), which tell the line and nothing that stands there.
[[nodiscard]] RegionEntries parse_region(const std::string& text,
                                         const std::filesystem::path& folder);

}  // namespace renraku::session
