#include "session/region_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <renraku/error.hpp>

#include "domain/municipalities/municipalities.hpp"
#include "session/store_server.hpp"

// Nothing is written in TOML here, and its errors are caught below.
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace renraku::session {
namespace {

namespace fs = std::filesystem;

/// All 1,741 municipalities of the country, at 500 bytes each, stay below it.
constexpr std::size_t bytes_max = std::size_t{1} << 20;
/// The country's municipalities, wards and prefectures are some 1,800.
constexpr std::size_t entries_max = 2'000;
/// Longer than any address with ten hosts and the paths of three certificates.
constexpr std::size_t text_max = 4'096;

[[noreturn]] void refuse(ErrorCode code, const std::string& why) {
  throw Error(code, "the directory of stores " + why, "region");
}

// The file holds addresses, and those passwords: an error tells the line alone.
[[noreturn]] void refuse_line(std::size_t line, const std::string& why) {
  refuse(ErrorCode::invalid, fmt::format("breaks a rule in line {}: {}", line, why));
}
template <class Placed>
[[noreturn]] void refuse_at(const Placed& placed, const std::string& why) {
  refuse_line(placed.source().begin.line, why);
}

std::string read_text(const toml::node& node, const char* what) {
  const toml::value<std::string>* const text = node.as_string();
  if (!text) refuse_at(node, fmt::format("{} is a text in quotation marks", what));
  const std::string& value = text->get();
  const bool is_plain = std::none_of(value.begin(), value.end(), [](const char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
  });
  if (value.empty() || value.size() > text_max || !is_plain) {
    refuse_at(node, fmt::format("{} is a line of 1 to {} bytes", what, text_max));
  }
  return value;
}

class Reader {
 public:
  explicit Reader(const fs::path& folder) : folder_(folder) {}

  RegionEntries read(const toml::table& file) {
    if (const toml::node* const home = file.get("home")) home_ = read_home(*home);
    RegionEntries entries;
    for (const auto& [key, node] : file) {
      if (key == "home") continue;
      const std::string code(key.str());
      if (!domain::is_municipality_code(code)) {
        refuse_at(key,
                  "only 'home' and municipalities' codes stand here, six digits with the "
                  "check digit");
      }
      const toml::table* const entry = node.as_table();
      if (!entry) refuse_at(key, "a municipality's code stands in brackets, its address below");
      entries[code] = read_entry(key, *entry);
    }
    if (entries.empty()) refuse(ErrorCode::invalid, "names no municipality");
    if (entries.size() > entries_max) {
      refuse(ErrorCode::too_large, fmt::format("names more than {} municipalities", entries_max));
    }
    return entries;
  }

 private:
  RegionEntry read_entry(const toml::key& code, const toml::table& table) {
    RegionEntry entry;
    entry.place.home = home_;
    for (const auto& [key, node] : table) {
      if (key == "name") {
        entry.name = read_text(node, "a name");
      } else if (key == "address") {
        entry.place.address = read_address(node);
      } else if (key == "home") {
        entry.place.home = read_home(node);
      } else {
        refuse_at(key, "a municipality has 'name', 'address' and 'home'");
      }
    }
    if (entry.place.address.empty()) refuse_at(code, "the municipality has no 'address'");
    return entry;
  }

  std::string read_address(const toml::node& node) const {
    std::string address = read_text(node, "an address");
    try {
      if (names_server(address)) return address;
    } catch (const Error& error) {
      refuse_at(node, error.what());
    }
    return (folder_ / address).lexically_normal();
  }
  fs::path read_home(const toml::node& node) const {
    return (folder_ / read_text(node, "a home")).lexically_normal();
  }

  const fs::path& folder_;
  fs::path home_;
};

}  // namespace

std::string read_region_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) {
    refuse(ErrorCode::io, "can't be read; look for the file and its rights");
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > bytes_max) {
    refuse(ErrorCode::too_large, fmt::format("has more than {} bytes", bytes_max));
  }
  return text;
}

RegionEntries parse_region(const std::string& text, const fs::path& folder) {
  try {
    return Reader(folder).read(toml::parse(text));
  } catch (const toml::parse_error& error) {
    refuse_line(error.source().begin.line, "it is not what TOML looks like");
  }
}

}  // namespace renraku::session
