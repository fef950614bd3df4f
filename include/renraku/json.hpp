// JSON of described records, both ways.
//
// Names are the fields' names; ids, dates and enumerators are their texts, instants are RFC 3339
// texts, absent optionals and nobody's id are null. Reading needs Boost.JSON.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <renraku/describe.hpp>
#include <renraku/error.hpp>
#include <renraku/id.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace renraku {

/// Appends `text` as a JSON string, quoted and escaped. Text is UTF-8 and is passed through.
inline void write_json(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += "\\u00";
      out += hex[c >> 4];
      out += hex[c & 15];
    }
  }
  out.append(text, plain, text.size() - plain);
  out += '"';
}

inline void write_json(std::string& out, const std::string& text) {
  write_json(out, std::string_view(text));
}
inline void write_json(std::string& out, const char* text) {
  write_json(out, std::string_view(text));
}
template <std::same_as<bool> Bool>
void write_json(std::string& out, Bool value) {
  out += value ? "true" : "false";
}
template <std::integral Integer>
requires(!std::same_as<Integer, bool>) void write_json(std::string& out, Integer value) {
  out += std::to_string(value);
}
inline void write_json(std::string& out, const Uuid& id) {
  write_json(out, id.text());
}
inline void write_json(std::string& out, const Date& date) {
  write_json(out, date.text());
}
inline void write_json(std::string& out, const Instant& time) {
  write_json(out, time.text());
}
template <DescribedEnum Enum>
void write_json(std::string& out, Enum value) {
  write_json(out, enum_name(value));
}
template <class T>
void write_json(std::string& out, const std::optional<T>& value);
template <class T>
void write_json(std::string& out, const std::vector<T>& values);
template <DescribedRecord Record>
void write_json(std::string& out, const Record& record);

template <class T>
void write_json(std::string& out, const std::optional<T>& value) {
  if (value) {
    write_json(out, *value);
  } else {
    out += "null";
  }
}
template <class T>
void write_json(std::string& out, const std::vector<T>& values) {
  out += '[';
  bool first = true;
  for (const T& value : values) {
    if (!first) out += ',';
    first = false;
    write_json(out, value);
  }
  out += ']';
}
template <DescribedRecord Record>
void write_json(std::string& out, const Record& record) {
  char separator = '{';
  for_each_field<Record>([&](auto field) {
    out += separator;
    separator = ',';
    out += '"';
    out += field.name;
    out += "\":";
    write_json(out, record.*field.pointer);
  });
  out += separator == '{' ? "{}" : "}";
}

template <class T>
[[nodiscard]] std::string to_json(const T& value) {
  std::string out;
  write_json(out, value);
  return out;
}

namespace json_detail {

[[noreturn]] inline void refuse(std::string_view field, std::string_view expected) {
  throw Error(ErrorCode::invalid,
              "field '" + std::string(field) + "' must be " + std::string(expected),
              std::string(field));
}

inline std::string_view text_of(const boost::json::value& json, std::string_view field) {
  if (!json.is_string()) refuse(field, "a text");
  const boost::json::string& text = json.get_string();
  return {text.data(), text.size()};
}

inline void read(const boost::json::value& json, std::string& out, std::string_view field) {
  out = text_of(json, field);
}
template <std::integral Integer>
requires(!std::same_as<Integer, bool>) void read(const boost::json::value& json, Integer& out,
                                                 std::string_view field) {
  boost::system::error_code wrong;
  out = json.to_number<Integer>(wrong);
  if (wrong) refuse(field, "a whole number within its range");
}
template <std::same_as<bool> Bool>
void read(const boost::json::value& json, Bool& out, std::string_view field) {
  if (!json.is_bool()) refuse(field, "true or false");
  out = json.get_bool();
}
template <std::derived_from<Uuid> T>
void read(const boost::json::value& json, T& out, std::string_view field) {
  // Nobody's id is null, as it is written.
  static_cast<Uuid&>(out) = json.is_null() ? Uuid{} : Uuid::parse(text_of(json, field), field);
}
inline void read(const boost::json::value& json, Date& out, std::string_view field) {
  out = Date::parse(text_of(json, field), field);
}
inline void read(const boost::json::value& json, Instant& out, std::string_view field) {
  out = Instant::parse(text_of(json, field), field);
}
template <DescribedEnum Enum>
void read(const boost::json::value& json, Enum& out, std::string_view field) {
  if (!enum_parse(text_of(json, field), out)) refuse(field, "one of its documented values");
}
template <class T>
void read(const boost::json::value& json, std::optional<T>& out, std::string_view field);
template <class T>
void read(const boost::json::value& json, std::vector<T>& out, std::string_view field);
template <DescribedRecord Record>
void read(const boost::json::value& json, Record& out, std::string_view field);

template <class T>
void read(const boost::json::value& json, std::optional<T>& out, std::string_view field) {
  if (json.is_null()) {
    out.reset();
  } else {
    read(json, out.emplace(), field);
  }
}
template <class T>
void read(const boost::json::value& json, std::vector<T>& out, std::string_view field) {
  if (!json.is_array()) refuse(field, "a list");
  out.clear();
  for (const boost::json::value& item : json.get_array()) read(item, out.emplace_back(), field);
}
template <DescribedRecord Record>
void read(const boost::json::value& json, Record& out, std::string_view field) {
  if (!json.is_object()) refuse(field, "an object");
  std::size_t known = 0;
  for_each_field<Record>([&](auto member) {
    if (const boost::json::value* value = json.get_object().if_contains(member.name)) {
      ++known;
      read(*value, out.*member.pointer, member.name);
    }
  });
  if (known != json.get_object().size()) {
    throw Error(ErrorCode::invalid, "the object has a field that this record does not know",
                std::string(field));
  }
}

}  // namespace json_detail

/// Reads a value. A missing field keeps its default; a field that is not the record's, or is of
/// another type, is Error{invalid} naming the field.
template <class T>
[[nodiscard]] T from_json(std::string_view text) {
  boost::system::error_code wrong;
  const boost::json::value json = boost::json::parse({text.data(), text.size()}, wrong);
  if (wrong) throw Error(ErrorCode::invalid, "this is not JSON: " + wrong.message());
  T out{};
  json_detail::read(json, out, "");
  return out;
}

}  // namespace renraku
