// What every stored record must be, so that it can be read back: on every engine, as JSON, and from
// its history.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <renraku/describe.hpp>
#include <renraku/error.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.hpp"

namespace renraku::domain {

/// One text of a record, as long as the longest cell of a file. It is sealed whole into the
/// journal.
inline constexpr std::size_t stored_text_limit = std::size_t{1} << 20;  // bytes
/// One list of a record; a person has a few addresses, a file a few hundred columns.
inline constexpr std::size_t stored_list_limit = 1024;

// Throws Error{invalid} naming the field for text that is not UTF-8 or holds a NUL (PostgreSQL
// stores neither), for a date that does not exist and for a value that is none of its enumeration;
// Error{too_large} above the limits.

inline void need_sound(const std::string& text, std::string_view field) {
  if (text.size() > stored_text_limit) {
    throw Error(ErrorCode::too_large, "this text is too long", std::string(field));
  }
  if (!text::is_utf8(text) || text.find('\0') != std::string::npos) {
    throw Error(ErrorCode::invalid, "this is not text in UTF-8", std::string(field));
  }
}

inline void need_sound(const Date& date, std::string_view field) {
  if (date.exists()) return;
  throw Error(ErrorCode::invalid, "this date does not exist", std::string(field));
}

template <DescribedEnum Enum>
void need_sound(Enum value, std::string_view field) {
  if (!enum_name(value).empty()) return;
  throw Error(ErrorCode::invalid, "this is none of the values there are", std::string(field));
}

// Numbers, ids and instants are what they are.
template <class Plain>
requires(!DescribedRecord<Plain> && !DescribedEnum<Plain>) void need_sound(const Plain&,
                                                                           std::string_view) {}

template <class T>
void need_sound(const std::optional<T>& value, std::string_view field);
template <class T>
void need_sound(const std::vector<T>& list, std::string_view field);
template <DescribedRecord Record>
void need_sound(const Record& record, std::string_view field = {});

template <class T>
void need_sound(const std::optional<T>& value, std::string_view field) {
  if (value) need_sound(*value, field);
}

template <class T>
void need_sound(const std::vector<T>& list, std::string_view field) {
  if (list.size() > stored_list_limit) {
    throw Error(ErrorCode::too_large, "this list is too long", std::string(field));
  }
  for (const T& item : list) need_sound(item, field);
}

/// Field by field; a field within a field is named by the outer one.
template <DescribedRecord Record>
void need_sound(const Record& record, std::string_view field) {
  for_each_field<Record>([&](auto member) {
    need_sound(record.*member.pointer, field.empty() ? member.name : field);
  });
}

}  // namespace renraku::domain
