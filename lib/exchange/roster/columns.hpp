// The 26 columns of a roster: their canonical names, the headers offices write for them, and the
// fields they fill. docs/roster-import.md shows this table, and a test holds the two together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <renraku/records/evacuee.hpp>
#include <span>
#include <string>
#include <string_view>

namespace renraku::exchange::roster {

/// In the order of the canonical header. Stored by number with each entry: only ever added to.
enum class Column : std::uint8_t {
  reference,
  municipal_number,
  name,
  kana,
  birth_date,
  sex,
  postal_code,
  address,
  district,
  phone,
  mobile,
  reason,
  care_level,
  physical_disability,
  intellectual_disability,
  mental_disability,
  intractable_disease,
  medical_devices,
  consent,
  consent_date,
  plan,
  shelter,
  supporter,
  supporter_contact,
  physician,
  note,
};
inline constexpr std::size_t column_count = 26;

struct ColumnInfo {
  Column column;
  std::string_view name;
  /// Other headers for it, divided by spaces.
  std::string_view aliases;
  /// The record's field it ends up in; tells by domain's lists whether it says where someone is.
  std::string_view field;
  /// For columns that are text and nothing else.
  std::string Evacuee::*text = nullptr;
  /// Without this column nobody can be told from another, and the file is refused.
  bool needed = false;
};

[[nodiscard]] std::span<const ColumnInfo, column_count> columns() noexcept;
[[nodiscard]] const ColumnInfo& info(Column column) noexcept;
/// The canonical name.
[[nodiscard]] std::string name_of(Column column);
[[nodiscard]] std::optional<Column> column_called(std::string_view canonical) noexcept;
/// The column leads to where the person is: hidden for people under protection.
[[nodiscard]] bool is_placed(Column column) noexcept;

/// Headers whose cells are appended to the address.
inline constexpr std::array<std::string_view, 2> address_parts{"住所2", "方書"};
/// Headers that are never read: the law (番号法) forbids keeping the individual number here.
inline constexpr std::array<std::string_view, 3> unread_headers{"個人番号", "マイナンバー",
                                                                "マイナンバ"};

}  // namespace renraku::exchange::roster
