// From a file's headers to the columns: by the known aliases, or by a profile kept from an earlier
// import.
#pragma once

#include <optional>
#include <renraku/describe.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/roster/columns.hpp"

namespace renraku::exchange::roster {

/// A header and what it stands for: a canonical name, "住所2" for what is appended to the address,
/// empty for a column of the city's own, "-" for one that is not read.
struct ProfileColumn {
  std::string header;
  std::string column;
};

/// What a text in a coded column means, e.g. 性別 "乙": "female".
struct ProfileCode {
  std::string column;
  std::string text;
  std::string meaning;
};

/// How a city's files are to be read; kept as JSON.
struct Profile {
  int version = 1;
  std::vector<ProfileColumn> columns;
  std::vector<ProfileCode> codes;
};
RENRAKU_DESCRIBE(ProfileColumn, header, column)
RENRAKU_DESCRIBE(ProfileCode, column, text, meaning)
RENRAKU_DESCRIBE(Profile, version, columns, codes)

/// Larger profiles are no profiles: 1,024 columns with long names stay below.
inline constexpr std::size_t profile_max = 1024 * 1024;  // bytes

/// Reads a profile; empty text gives an empty one. Error{invalid}, Error{too_large}, with field
/// "profile".
[[nodiscard]] Profile read_profile(const std::string& json);

/// What one column of a file is.
struct HeaderTarget {
  enum class Kind { column, address_part, own, unread };
  Kind kind = Kind::own;
  Column column = Column::note;
  /// The canonical name, or the header as written.
  std::string name;
};

/// What each column of a file is, in the file's order.
class HeaderMap {
 public:
  /// Error{missing} with the canonical name as field when a needed column is not there; the text
  /// lists what was found and what is near, unless what was found looks like a person's data.
  HeaderMap(std::span<const std::string_view> headers, const Profile& profile);

  [[nodiscard]] const std::vector<HeaderTarget>& targets() const { return targets_; }
  /// The profile that reads the same headers the same way.
  [[nodiscard]] Profile profile() const;

 private:
  void take_profile(const Profile& profile);
  void take_known();
  void take_shortened();
  void take_rest();
  void require_needed() const;
  [[nodiscard]] bool is_taken(Column column) const;
  void assign(std::size_t at, HeaderTarget target);

  std::vector<std::string> headers_;
  std::vector<std::string> keys_;
  std::vector<HeaderTarget> targets_;
  std::vector<bool> assigned_;
  std::vector<ProfileCode> codes_;
};

/// How headers are compared: NFKC and folded, without spaces and bracketed parts.
[[nodiscard]] std::string header_key(std::string_view header);

}  // namespace renraku::exchange::roster
