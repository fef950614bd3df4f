// JSON and the C structs, both ways, from the descriptions that the C API keeps of its structs
// (capi/src/described.hpp): nothing of C++ stands between the scenario and the call.
//
// NULL is null; numbers that C keeps as int32_t in a record are truth values. Points in time stay
// microseconds: the runner knows them.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "described.hpp"
#include "fill.hpp"

namespace conformance {

namespace json = boost::json;
using renraku::capi::Arena;
using renraku::capi::CMembers;

template <class T>
struct ListOf;
template <class T>
struct ListOf<const T* const*> {
  using Item = const T*;
};
template <class T>
concept ListMember = requires {
  typename ListOf<T>::Item;
};

template <class Struct, class Member>
using MemberType = std::remove_cvref_t<decltype(std::declval<Struct>().*Member::pointer)>;

/// Calls `visit(name, pointer)` for the members that are values: struct_size and the lengths of
/// lists are the only ones of type uint64_t.
template <class Struct, class Visit>
void for_each_member(Visit&& visit) {
  boost::mp11::mp_for_each<CMembers<Struct>>([&]<class Member>(Member member) {
    if constexpr (!std::same_as<MemberType<Struct, Member>, std::uint64_t>) {
      visit(std::string_view(member.name), member.pointer);
    }
  });
}

/// The length that stands beside the list called `name`.
template <class Struct>
std::uint64_t Struct::*count_beside(std::string_view name) {
  std::uint64_t Struct::*found = nullptr;
  boost::mp11::mp_for_each<CMembers<Struct>>([&]<class Member>(Member member) {
    if constexpr (std::same_as<MemberType<Struct, Member>, std::uint64_t>) {
      if (renraku::capi::is_called(member.name, name, "_count")) found = member.pointer;
    }
  });
  if (!found) throw std::logic_error("no count beside a list");
  return found;
}

// --- out
// -------------------------------------------------------------------------------------------

inline json::value to_json(const char* text) {
  return text ? json::value(text) : json::value();
}
inline json::value to_json(std::int32_t truth) {
  return truth != 0;
}
inline json::value to_json(std::int64_t number) {
  return number;
}
template <class Struct>
requires std::is_class_v<Struct> json::value to_json(const Struct* structure) {
  if (!structure) return {};
  json::object out;
  for_each_member<Struct>([&](std::string_view name, auto pointer) {
    const auto& member = structure->*pointer;
    if constexpr (ListMember<std::remove_cvref_t<decltype(member)>>) {
      json::array items;
      const std::uint64_t count = structure->*count_beside<Struct>(name);
      for (std::uint64_t i = 0; i < count; ++i) items.push_back(to_json(member[i]));
      out[name] = std::move(items);
    } else {
      out[name] = to_json(member);
    }
  });
  return out;
}

// --- in
// --------------------------------------------------------------------------------------------

inline void read(const json::value& in, const char*& text, Arena& arena) {
  if (!in.is_null()) text = arena.text(std::string_view(in.as_string()));
}
inline void read(const json::value& in, std::int32_t& number, Arena&) {
  number = in.is_bool() ? std::int32_t{in.get_bool()} : in.to_number<std::int32_t>();
}
inline void read(const json::value& in, std::int64_t& number, Arena&) {
  number = in.to_number<std::int64_t>();
}
template <class Struct>
requires std::is_class_v<Struct>
void read(const json::value& in, const Struct*& structure, Arena& arena);

template <class Item>
std::uint64_t read_list(const json::value& in, const Item*& list, Arena& arena) {
  const json::array& given = in.as_array();
  Item* items = arena.make<Item>(given.size());
  for (std::size_t i = 0; i < given.size(); ++i) read(given[i], items[i], arena);
  list = items;
  return given.size();
}

template <class Struct>
requires std::is_class_v<Struct>
void read(const json::value& in, const Struct*& structure, Arena& arena) {
  if (in.is_null()) return;
  auto* out = arena.make<Struct>(1);
  out->struct_size = sizeof(Struct);
  std::size_t known = 0;
  for_each_member<Struct>([&](std::string_view name, auto pointer) {
    const json::value* given = in.as_object().if_contains(name);
    if (!given) return;
    ++known;
    auto& member = out->*pointer;
    if constexpr (ListMember<std::remove_cvref_t<decltype(member)>>) {
      out->*count_beside<Struct>(name) = read_list(*given, member, arena);
    } else {
      read(*given, member, arena);
    }
  });
  if (known != in.as_object().size()) throw std::logic_error("a field that C does not know");
  structure = out;
}

}  // namespace conformance
