// The description of a record: its fields' names and places, known at compile time.
//
// From it come the row mapping, JSON, the C struct conversion, the Python class and the journal's
// list of changed fields; nobody copies a record field by field. This header needs Boost (Describe
// and PFR, headers only); programs that only use the records do not include it.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <boost/pfr.hpp>
#include <string_view>
#include <type_traits>

/// Describes `Record`. Stands once a record, in the record's namespace, and names every field in
/// order: a field left out does not compile. No semicolon follows.
#define RENRAKU_DESCRIBE(Record, ...)                                                         \
  BOOST_DESCRIBE_STRUCT(Record, (), (__VA_ARGS__));                                           \
  static_assert(                                                                              \
      boost::pfr::tuple_size_v<Record> ==                                                     \
          boost::mp11::mp_size<                                                               \
              boost::describe::describe_members<Record, boost::describe::mod_public>>::value, \
      "RENRAKU_DESCRIBE(" #Record ") does not name every field of the struct");

/// Describes an enumeration: its enumerators' names are the texts written to rows, JSON, C and
/// Python.
#define RENRAKU_DESCRIBE_ENUM(Enum, ...) BOOST_DESCRIBE_ENUM(Enum, __VA_ARGS__)

namespace renraku {

template <class T>
concept DescribedRecord = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

/// One field: `name` as in the struct, `pointer` to member.
template <class Descriptor>
struct Field {
  static constexpr std::string_view name = Descriptor::name;
  static constexpr auto pointer = Descriptor::pointer;
};

/// Calls `visit(Field)` for each field of `Record`, in order.
template <DescribedRecord Record, class Visit>
constexpr void for_each_field(Visit&& visit) {
  using Fields = boost::describe::describe_members<Record, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Fields>(
      [&]<class Descriptor>(Descriptor) { visit(Field<Descriptor>{}); });
}

template <DescribedRecord Record>
inline constexpr std::size_t field_count = boost::mp11::mp_size<
    boost::describe::describe_members<Record, boost::describe::mod_public>>::value;

/// The text of an enumerator; empty for a value that is none.
template <DescribedEnum Enum>
constexpr std::string_view enum_name(Enum value) {
  std::string_view name;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto descriptor) {
    if (descriptor.value == value) name = descriptor.name;
  });
  return name;
}

/// Sets `value` to the enumerator called `name`; false, and `value` untouched, when there is none.
template <DescribedEnum Enum>
constexpr bool enum_parse(std::string_view name, Enum& value) {
  bool found = false;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto descriptor) {
    if (name == descriptor.name) {
      value = descriptor.value;
      found = true;
    }
  });
  return found;
}

}  // namespace renraku
