// What C++ types are called in Python: the words of signatures, stubs and the generated records.
#pragma once

#include <pybind11/pybind11.h>

#include <concepts>
#include <filesystem>
#include <optional>
#include <renraku/describe.hpp>
#include <renraku/id.hpp>
#include <renraku/page.hpp>
#include <renraku/store.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "store_handle.hpp"

namespace renraku::python {

/// The name of a type of this library without its namespace, e.g. "Person".
template <class T>
consteval std::string_view type_name() {
  // "… type_name() [with T = renraku::Person; …]"
  constexpr std::string_view function = __PRETTY_FUNCTION__;
  constexpr std::string_view marker = "T = ";
  const std::size_t begin = function.find(marker) + marker.size();
  const std::string_view full = function.substr(begin, function.find_first_of(";]", begin) - begin);
  return full.substr(full.rfind(':') + 1);
}

/// The name of a field: a word that Python keeps for itself gets an underscore ("from_").
inline std::string field_in_python(std::string_view name) {
  const auto keywords = pybind11::module_::import("keyword");
  const bool kept = keywords.attr("iskeyword")(name).cast<bool>();
  return std::string(name) + (kept ? "_" : "");
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_page = false;
template <class T>
inline constexpr bool is_page<Page<T>> = true;

/// A record, or a list or an optional of records.
template <class T>
inline constexpr bool holds_records = DescribedRecord<T>;
template <class T>
inline constexpr bool holds_records<std::optional<T>> = holds_records<T>;
template <class T>
inline constexpr bool holds_records<std::vector<T>> = holds_records<T>;

template <class T>
std::string type_in_python() {
  if constexpr (!std::same_as<T, std::remove_cvref_t<T>>) {
    return type_in_python<std::remove_cvref_t<T>>();
  } else if constexpr (std::is_void_v<T>) {
    return "None";
  } else if constexpr (std::same_as<T, bool>) {
    return "bool";
  } else if constexpr (std::integral<T>) {
    return "int";
  } else if constexpr (std::convertible_to<T, std::string_view> || std::derived_from<T, Uuid>) {
    return "str";
  } else if constexpr (std::same_as<T, std::filesystem::path>) {
    return "str | PathLike[str]";
  } else if constexpr (std::same_as<T, Date>) {
    return "AnyDate";
  } else if constexpr (std::same_as<T, Instant>) {
    return "datetime";
  } else if constexpr (is_optional<T>) {
    return type_in_python<typename T::value_type>() + " | None";
  } else if constexpr (is_vector<T>) {
    return "list[" + type_in_python<typename T::value_type>() + "]";
  } else if constexpr (is_page<T>) {
    return "Page[" + type_in_python<typename decltype(T::items)::value_type>() + "]";
  } else if constexpr (std::same_as<T, pybind11::object>) {
    return "object";
  } else if constexpr (std::same_as<T, HostKey>) {
    return "bytes";
  } else if constexpr (std::same_as<T, StoreHandle>) {
    return "Store";
  } else if constexpr (std::same_as<T, RegionHandle>) {
    return "Region";
  } else {
    return std::string(type_name<T>());
  }
}

}  // namespace renraku::python
