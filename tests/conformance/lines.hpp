// How the runner talks to the drivers of C++ and C: one JSON object a line, in and out.
//
//   {"calls": true}                         -> {"result": ["evacuees.list", …]}
//   {"open": FOLDER, "host_key": HEX}       -> {"result": {}}
//   {"as": SESSION, "call": NAME, "with": {…}} -> {"result": …} or
//                                           {"error": {"code", "name", "field", "message"}}
#pragma once

#include <array>
#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

namespace conformance {

namespace json = boost::json;

/// What a call of the library answered instead of a result.
struct Failure {
  std::int32_t code = 0;
  std::string name;
  std::string field;
  std::string message;
};

inline std::string text_of(const json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

inline std::array<std::uint8_t, 32> host_key_of(const json::object& object, std::string_view name) {
  const std::string hex = text_of(object, name);
  std::array<std::uint8_t, 32> key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<std::uint8_t>(std::stoul(hex.substr(2 * i, 2), nullptr, 16));
  }
  return key;
}

/// The calls of one surface by name.
template <class Call>
using Table = std::map<std::string, std::function<json::value(Call&)>>;

template <class Call>
Table<Call> joined(std::initializer_list<const Table<Call>*> tables) {
  Table<Call> all;
  for (const Table<Call>* table : tables) all.insert(table->begin(), table->end());
  return all;
}

template <class Call>
json::value names_of(const Table<Call>& table) {
  json::array names;
  for (const auto& [name, call] : table) names.emplace_back(name);
  return names;
}

/// Answers line by line until the input ends. A call that is none, or is given what it does not
/// take, is a mistake of the scenario and ends the program.
inline void serve(const std::function<json::value(const json::object&)>& answer) {
  for (std::string line; std::getline(std::cin, line);) {
    json::object out;
    try {
      const json::value given = json::parse(line);
      out["result"] = answer(given.as_object());
    } catch (const Failure& failure) {
      out["error"] = {{"code", failure.code},
                      {"name", failure.name},
                      {"field", failure.field},
                      {"message", failure.message}};
    }
    std::cout << json::serialize(out) << std::endl;
  }
}

}  // namespace conformance
