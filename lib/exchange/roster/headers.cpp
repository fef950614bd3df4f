#include "exchange/roster/headers.hpp"

#include <algorithm>
#include <renraku/json.hpp>

#include "exchange/roster/nearest_headers.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::exchange::roster {
namespace {

constexpr std::array<std::u32string_view, 5> brackets{U"()", U"[]", U"【】", U"〔〕", U"「」"};

std::string without_brackets(std::string_view text) {
  std::string out;
  char32_t closing = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(text, at);
    if (closing != 0) {
      if (c == closing) closing = 0;
      continue;
    }
    const auto pair = std::ranges::find(brackets, c, [](auto both) { return both[0]; });
    if (pair != brackets.end()) {
      closing = (*pair)[1];
    } else {
      out.append(text, begin, at - begin);
    }
  }
  return out;
}

struct KnownHeader {
  std::string key;
  HeaderTarget target;
};

std::vector<KnownHeader> known_headers() {
  std::vector<KnownHeader> known;
  const auto add = [&](std::string_view header, HeaderTarget::Kind kind, Column column,
                       std::string_view name) {
    known.push_back({header_key(header), {kind, column, std::string(name)}});
  };
  // All canonical names before any alias: of two headers for one column the canonical one counts.
  for (const ColumnInfo& column : columns()) {
    add(column.name, HeaderTarget::Kind::column, column.column, column.name);
  }
  for (const ColumnInfo& column : columns()) {
    std::string_view rest = column.aliases;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      add(rest.substr(0, end), HeaderTarget::Kind::column, column.column, column.name);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  for (const std::string_view part : address_parts) {
    add(part, HeaderTarget::Kind::address_part, Column::address, part);
  }
  for (const std::string_view header : unread_headers) {
    add(header, HeaderTarget::Kind::unread, Column::note, header);
  }
  return known;
}

const std::vector<KnownHeader>& all_known_headers() {
  static const std::vector<KnownHeader> known = known_headers();
  return known;
}

// 性別コード and 地区番号 are the column itself; empty when there is no such ending.
std::string shortened(const std::string& key) {
  static const std::array<std::string, 2> endings{text::fold("コード"), text::fold("番号")};
  for (const std::string& ending : endings) {
    if (key.size() > ending.size() && key.ends_with(ending)) {
      return key.substr(0, key.size() - ending.size());
    }
  }
  return {};
}

HeaderTarget target_called(const std::string& column) {
  if (column.empty()) return {};
  if (column == "-") return {HeaderTarget::Kind::unread, Column::note, {}};
  if (std::ranges::find(address_parts, column) != address_parts.end()) {
    return {HeaderTarget::Kind::address_part, Column::address, column};
  }
  if (const auto found = column_called(column)) {
    return {HeaderTarget::Kind::column, *found, column};
  }
  throw Error(ErrorCode::invalid, "the profile names a column that the roster does not have",
              "profile");
}

}  // namespace

std::string header_key(std::string_view header) {
  const std::string plain = text::nfkc(header);
  std::string key = text::fold(without_brackets(plain), text::Spaces::none);
  return key.empty() ? text::fold(plain, text::Spaces::none) : key;
}

Profile read_profile(const std::string& json) {
  if (json.empty()) return {};
  if (json.size() > profile_max) {
    throw Error(ErrorCode::too_large, "a profile has at most 1 MiB", "profile");
  }
  try {
    Profile profile = from_json<Profile>(json);
    if (profile.version == 1) return profile;
  } catch (const Error& error) {
    throw Error(error.code(), "the profile can't be read: " + std::string(error.what()), "profile");
  }
  throw Error(ErrorCode::newer_format, "the profile is of a version not known here", "profile");
}

HeaderMap::HeaderMap(std::span<const std::string_view> headers, const Profile& profile)
    : codes_(profile.codes) {
  // Spreadsheets leave empty columns behind the last header.
  while (!headers.empty() && text::trim(headers.back()).empty()) {
    headers = headers.first(headers.size() - 1);
  }
  for (const std::string_view header : headers) {
    headers_.emplace_back(text::trim(header));
    keys_.push_back(header_key(header));
  }
  targets_.resize(headers_.size());
  assigned_.resize(headers_.size());
  take_profile(profile);
  take_known();
  take_shortened();
  take_rest();
  require_needed();
}

bool HeaderMap::is_taken(Column column) const {
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    if (assigned_[i] && targets_[i].kind == HeaderTarget::Kind::column &&
        targets_[i].column == column) {
      return true;
    }
  }
  return false;
}

void HeaderMap::assign(std::size_t at, HeaderTarget target) {
  if (target.kind == HeaderTarget::Kind::column && is_taken(target.column)) return;
  if (target.kind == HeaderTarget::Kind::own || target.name.empty()) target.name = headers_[at];
  targets_[at] = std::move(target);
  assigned_[at] = true;
}

void HeaderMap::take_profile(const Profile& profile) {
  for (const ProfileColumn& entry : profile.columns) {
    const HeaderTarget target = target_called(entry.column);
    for (std::size_t i = 0; i < headers_.size(); ++i) {
      if (!assigned_[i] && headers_[i] == entry.header) assign(i, target);
    }
  }
}

void HeaderMap::take_known() {
  for (const KnownHeader& known : all_known_headers()) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (!assigned_[i] && keys_[i] == known.key) assign(i, known.target);
    }
  }
}

void HeaderMap::take_shortened() {
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const std::string key = assigned_[i] ? std::string() : shortened(keys_[i]);
    if (key.empty()) continue;
    const bool unique = std::ranges::count_if(keys_, [&](const std::string& other) {
                          return other == key || shortened(other) == key;
                        }) == 1;
    const auto known = std::ranges::find(all_known_headers(), key, &KnownHeader::key);
    if (unique && known != all_known_headers().end()) assign(i, known->target);
  }
}

void HeaderMap::take_rest() {
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    if (assigned_[i]) continue;
    if (headers_[i].empty()) headers_[i] = "列" + std::to_string(i + 1);
    assign(i, {});
  }
}

void HeaderMap::require_needed() const {
  for (const ColumnInfo& column : columns()) {
    if (!column.needed || is_taken(column.column)) continue;
    throw Error(ErrorCode::missing, missing_column_text(column, headers_, keys_),
                std::string(column.name));
  }
}

Profile HeaderMap::profile() const {
  Profile profile;
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    const HeaderTarget& target = targets_[i];
    std::string column = target.kind == HeaderTarget::Kind::own ? "" : target.name;
    if (target.kind == HeaderTarget::Kind::unread) column = "-";
    profile.columns.push_back({headers_[i], std::move(column)});
  }
  profile.codes = codes_;
  return profile;
}

}  // namespace renraku::exchange::roster
