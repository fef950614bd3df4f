// From C to C++: records from what a host passes. Nothing of the host's is kept.
#pragma once

#include <algorithm>
#include <cstring>
#include <renraku/error.hpp>

#include "record.hpp"

namespace renraku::capi {

/// A larger size is no struct of any version, but memory that nobody initialised.
inline constexpr std::uint64_t struct_size_max = 4096;  // bytes
/// No list in a record is longer by nature; a larger count is memory that nobody initialised.
inline constexpr std::uint64_t list_size_max = 10'000;

[[noreturn]] inline void refuse_argument(std::string_view what, std::string_view argument) {
  throw Error(ErrorCode::invalid_argument,
              "argument '" + std::string(argument) + "': " + std::string(what),
              std::string(argument));
}

template <class T>
T& need(T* pointer, std::string_view argument) {
  if (!pointer) refuse_argument("is NULL, and is needed", argument);
  return *pointer;
}

/// A struct as this library knows it, whatever version of it the caller was compiled with.
template <class Struct>
Struct known_struct(const Struct* given, std::string_view argument) {
  const auto* bytes = reinterpret_cast<const char*>(given);
  std::uint64_t size = 0;
  std::memcpy(&size, bytes, sizeof(size));
  // Every struct's size is a multiple of its first member's.
  if (size < sizeof(size) || size % sizeof(size) != 0 || size > struct_size_max) {
    refuse_argument("its struct_size is no size of it; begin it with RENRAKU_INIT", argument);
  }
  if (size > sizeof(Struct) &&
      std::any_of(bytes + sizeof(Struct), bytes + size, [](char byte) { return byte != 0; })) {
    refuse_argument("uses a field that this version of the library does not know", argument);
  }
  Struct known{};
  std::memcpy(&known, bytes, std::min<std::size_t>(size, sizeof(Struct)));
  return known;
}

/// An id or a day from its text.
template <class T>
T read_parsed(const char* text, std::string_view field) {
  try {
    return T::parse(text);
  } catch (const Error& error) {
    throw Error(error.code(), error.what(), std::string(field));
  }
}

template <DescribedEnum Enum>
Enum read_word(const char* text, std::string_view field) {
  Enum value{};
  if (!enum_parse(text, value)) {
    throw Error(ErrorCode::invalid,
                "field '" + std::string(field) + "' must be one of its documented words",
                std::string(field));
  }
  return value;
}

template <DescribedRecord Record>
Record read_record(const CStruct<Record>* given, std::string_view argument);

/// Reads what is there; NULL leaves `out` at its default.
template <class T>
void read_c(CForm<T> given, T& out, std::string_view field) {
  if constexpr (std::is_pointer_v<CForm<T>>) {
    if (!given) return;
  }
  // NOLINTNEXTLINE(bugprone-branch-clone): a text assigns like a number, and is a pointer
  if constexpr (std::same_as<T, std::string>) {
    out = given;
  } else if constexpr (std::same_as<T, Date> || AnyId<T>) {
    out = read_parsed<T>(given, field);
  } else if constexpr (DescribedEnum<T>) {
    out = read_word<T>(given, field);
  } else if constexpr (std::same_as<T, Instant>) {
    out.micros = given;
  } else if constexpr (std::same_as<T, bool>) {
    out = given != 0;
  } else if constexpr (DescribedRecord<T>) {
    out = read_record<T>(given, field);
  } else if constexpr (std::is_pointer_v<CForm<T>>) {  // an optional
    read_c<typename T::value_type>(given, out.emplace(), field);
  } else {
    out = given;
  }
}

template <class T>
void read_list(const CForm<T>* items, std::uint64_t count, std::vector<T>& out,
               std::string_view field) {
  if (count > list_size_max) refuse_argument("its count is no count", field);
  if (count > 0) need(items, field);
  for (std::uint64_t i = 0; i < count; ++i) {
    need(items[i], field);
    read_c<T>(items[i], out.emplace_back(), field);
  }
}

template <DescribedRecord Record>
Record read_record(const CStruct<Record>* given, std::string_view argument) {
  const CStruct<Record> known = known_struct(&need(given, argument), argument);
  Record record;
  for_each_field<Record>([&]<class Field>(Field) {
    using T = FieldType<Record, Field>;
    const auto& member = known.*member_of<CStruct<Record>, Field>;
    T& field = record.*Field::pointer;
    if constexpr (is_list<T>) {
      read_list(member, known.*count_of<CStruct<Record>, Field>, field, Field::name);
    } else {
      read_c<T>(member, field, Field::name);
    }
  });
  return record;
}

/// The same where NULL stands for the default.
template <DescribedRecord Record>
Record read_or_default(const CStruct<Record>* given, std::string_view argument) {
  return given ? read_record<Record>(given, argument) : Record{};
}

inline std::string read_text(const char* text, std::string_view argument) {
  return &need(text, argument);
}

template <class Record>
Id<Record> read_id_of(const char* text, std::string_view argument) {
  return read_parsed<Id<Record>>(&need(text, argument), argument);
}

}  // namespace renraku::capi
