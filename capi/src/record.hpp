// A C struct for each C++ record, and the conversion both ways, derived from the two descriptions.
//
// RENRAKU_C_STRUCT (described.hpp has one line a record) describes the C struct, ties it to its
// record and compares the two while compiling. What a field looks like in C follows from its type
// in C++ alone (CForm); a list becomes an array of pointers with its length beside it, called
// <field>_count.
#pragma once

#include <renraku/c/base.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <renraku/describe.hpp>
#include <renraku/id.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace renraku::capi {

/// The C struct of a record; RENRAKU_C_STRUCT says it.
template <class Record>
struct CStructOf;
template <class Record>
using CStruct = typename CStructOf<Record>::type;

template <class Id>
concept AnyId = std::derived_from<Id, Uuid>;

// --- what a type of C++ looks like in C
// -------------------------------------------------------------

template <class T>
struct CFormOf;
template <class T>
using CForm = typename CFormOf<T>::type;

/// Texts, and whatever C knows by its text.
template <class T>
concept Textual =
    std::same_as<T, std::string> || std::same_as<T, Date> || AnyId<T> || DescribedEnum<T>;

template <Textual T>
struct CFormOf<T> {
  using type = const char*;
};
template <>
struct CFormOf<bool> {
  using type = std::int32_t;
};
template <>
struct CFormOf<std::int32_t> {
  using type = std::int32_t;
};
template <>
struct CFormOf<std::int64_t> {
  using type = std::int64_t;
};
template <>
struct CFormOf<Instant> {
  using type = std::int64_t;
};
template <DescribedRecord Record>
requires(!Textual<Record>) struct CFormOf<Record> {
  using type = const CStruct<Record>*;
};
template <class T>
struct CFormOf<std::optional<T>> {
  static_assert(std::is_pointer_v<CForm<T>>,
                "an optional scalar needs a has_ companion: add it here");
  using type = CForm<T>;
};
template <class T>
struct CFormOf<std::vector<T>> {
  static_assert(std::is_pointer_v<CForm<T>>, "a list of scalars has no form in C yet: add it here");
  using type = const CForm<T>*;
};

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

// --- finding a member of a C struct by the name of a field
// ---------------------------------------------

template <class Struct>
using CMembers = boost::describe::describe_members<Struct, boost::describe::mod_public>;

/// Whether a member is called like the field, with `suffix` behind.
constexpr bool is_called(std::string_view member, std::string_view field, std::string_view suffix) {
  return member.size() == field.size() + suffix.size() && member.starts_with(field) &&
         member.ends_with(suffix);
}

template <class Field>
struct Called {
  template <class Member>
  using fn = boost::mp11::mp_bool<is_called(Member::name, Field::name, "")>;
};
template <class Field>
struct CountOf {
  template <class Member>
  using fn = boost::mp11::mp_bool<is_called(Member::name, Field::name, "_count")>;
};

/// The pointer to the one member of `Struct` that fits; does not compile when there is none.
template <class Struct, class Fits>
constexpr auto c_member() {
  using Found = boost::mp11::mp_copy_if_q<CMembers<Struct>, Fits>;
  static_assert(boost::mp11::mp_size<Found>::value == 1,
                "the C struct lacks a member for a field of its record (or for its _count)");
  return boost::mp11::mp_front<Found>::pointer;
}

template <class Struct, class Field>
inline constexpr auto member_of = c_member<Struct, Called<Field>>();
template <class Struct, class Field>
inline constexpr auto count_of = c_member<Struct, CountOf<Field>>();

template <class Pointer>
struct PointedAt;
template <class Struct, class T>
struct PointedAt<T Struct::*> {
  using type = T;
};
template <auto pointer>
using TypeOf = typename PointedAt<std::remove_cv_t<decltype(pointer)>>::type;

template <class Record, class Field>
using FieldType = std::remove_cvref_t<decltype(std::declval<Record>().*Field::pointer)>;

// --- the comparison
// --------------------------------------------------------------------------------

/// Compiles only when every field of `Record` has its member in `Struct`, of the fitting type, and
/// `Struct` has no other.
template <class Record, class Struct>
constexpr bool same_record() {
  std::size_t members = 1;  // struct_size
  for_each_field<Record>([&]<class Field>(Field) {
    using T = FieldType<Record, Field>;
    static_assert(std::same_as<TypeOf<member_of<Struct, Field>>, CForm<T>>,
                  "a member of the C struct has not the type that its field has in C");
    ++members;
    if constexpr (is_list<T>) {
      static_assert(std::same_as<TypeOf<count_of<Struct, Field>>, std::uint64_t>);
      ++members;
    }
  });
  return members == boost::mp11::mp_size<CMembers<Struct>>::value;
}

}  // namespace renraku::capi

/// Ties a record to its C struct and names the struct's members, struct_size first.
#define RENRAKU_C_STRUCT(Record, Struct, ...)                                                \
  RENRAKU_DESCRIBE(Struct, __VA_ARGS__)                                                      \
  template <>                                                                                \
  struct renraku::capi::CStructOf<renraku::Record> {                                         \
    using type = Struct;                                                                     \
  };                                                                                         \
  static_assert(offsetof(Struct, struct_size) == 0 && std::is_trivially_copyable_v<Struct>); \
  static_assert(renraku::capi::same_record<renraku::Record, Struct>(),                       \
                #Struct " has a member that the record has not");
