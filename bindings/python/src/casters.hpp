// How values cross between C++ and Python, one rule a kind of type:
//
//   text             str
//   HostKey          bytes, 32 of them
//   Id, Uuid         str; "" for none
//   Instant          datetime with a time zone; UTC on the way out
//   Date             date; PartialDate where only the month or the year is known; ISO text goes in
//   enumeration      str, the enumerator's name
//   record           the generated class of its name (record.hpp)
//   Page             Page(items, next)
//   optional         None for absence
//
// What does not fit is refused without repeating the value: it may be somebody's name.
#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <algorithm>
#include <renraku/describe.hpp>
#include <renraku/error.hpp>
#include <renraku/id.hpp>
#include <renraku/page.hpp>
#include <renraku/store.hpp>
#include <renraku/time.hpp>

#include "naming.hpp"
#include "record.hpp"

namespace renraku::python {

/// The texts of an enumeration as Python strings, made once.
template <DescribedEnum Enum>
class EnumTexts {
 public:
  static py::handle text(Enum value) {
    const std::string_view name = enum_name(value);
    PyObject* text = PyUnicode_FromStringAndSize(name.data(), static_cast<Py_ssize_t>(name.size()));
    if (text != nullptr) PyUnicode_InternInPlace(&text);
    return text;
  }
  static std::string choices() {
    std::string all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
        [&](auto one) { (all += all.empty() ? "" : ", ") += one.name; });
    return all;
  }
  /// The last word of the type's name, as parameters of the type are called: "decision" of
  /// SuspectDecision.
  static std::string noun() {
    const std::string_view type = type_name<Enum>();
    std::string noun(type.substr(type.find_last_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ")));
    noun[0] = static_cast<char>(noun[0] - 'A' + 'a');
    return noun;
  }
};

py::handle date_to_python(const Date& date);
bool date_from_python(py::handle value, Date& date);
py::handle instant_to_python(const Instant& time);
bool instant_from_python(py::handle value, Instant& time);
py::object make_page(const py::list& items, const std::string& next);

}  // namespace renraku::python

namespace pybind11::detail {

template <std::derived_from<renraku::Uuid> T>
struct type_caster<T> {
  PYBIND11_TYPE_CASTER(T, const_name("str"));

  bool load(handle source, bool) {
    if (source.is_none()) return true;
    make_caster<std::string> text;
    if (!PyUnicode_Check(source.ptr()) || !text.load(source, false)) return false;
    const auto& written = static_cast<std::string&>(text);
    static_cast<renraku::Uuid&>(value) =
        written.empty() ? renraku::Uuid{} : renraku::Uuid::parse(written);
    return true;
  }
  static handle cast(const T& id, return_value_policy, handle) {
    return id ? str(id.text()).release() : str("").release();
  }
};

template <renraku::DescribedEnum Enum>
struct type_caster<Enum> {
  PYBIND11_TYPE_CASTER(Enum, const_name("str"));

  bool load(handle source, bool) {
    Py_ssize_t size = 0;
    const char* text =
        PyUnicode_Check(source.ptr()) ? PyUnicode_AsUTF8AndSize(source.ptr(), &size) : nullptr;
    if (text == nullptr) {
      PyErr_Clear();
      return false;
    }
    if (!renraku::enum_parse({text, static_cast<std::size_t>(size)}, value)) {
      throw renraku::Error(renraku::ErrorCode::invalid,
                           "must be one of: " + renraku::python::EnumTexts<Enum>::choices(),
                           renraku::python::EnumTexts<Enum>::noun());
    }
    return true;
  }
  static handle cast(Enum choice, return_value_policy, handle) {
    return renraku::python::EnumTexts<Enum>::text(choice);
  }
};

template <>
struct type_caster<renraku::Date> {
  PYBIND11_TYPE_CASTER(renraku::Date, const_name("AnyDate"));

  bool load(handle source, bool) { return renraku::python::date_from_python(source, value); }
  static handle cast(const renraku::Date& date, return_value_policy, handle) {
    return renraku::python::date_to_python(date);
  }
};

template <>
struct type_caster<renraku::Instant> {
  PYBIND11_TYPE_CASTER(renraku::Instant, const_name("datetime"));

  bool load(handle source, bool) { return renraku::python::instant_from_python(source, value); }
  static handle cast(const renraku::Instant& time, return_value_policy, handle) {
    return renraku::python::instant_to_python(time);
  }
};

template <>
struct type_caster<renraku::HostKey> {
  PYBIND11_TYPE_CASTER(renraku::HostKey, const_name("bytes"));

  bool load(handle source, bool) {
    if (PyBytes_Check(source.ptr()) == 0) return false;
    const std::string_view bytes(PyBytes_AS_STRING(source.ptr()),
                                 static_cast<std::size_t>(PyBytes_GET_SIZE(source.ptr())));
    if (bytes.size() != value.bytes.size()) {
      throw renraku::Error(renraku::ErrorCode::invalid_argument, "a host key has 32 bytes", "key");
    }
    std::copy(bytes.begin(), bytes.end(), value.bytes.begin());
    return true;
  }
};

template <renraku::DescribedRecord Record>
struct type_caster<Record> {
  PYBIND11_TYPE_CASTER(Record, const_name("record"));

  bool load(handle source, bool) {
    return renraku::python::RecordClass<Record>::read(source, value);
  }
  static handle cast(const Record& record, return_value_policy, handle) {
    return renraku::python::RecordClass<Record>::make(record);
  }
};

template <class Item>
struct type_caster<renraku::Page<Item>> {
  PYBIND11_TYPE_CASTER(renraku::Page<Item>, const_name("Page"));

  static handle cast(const renraku::Page<Item>& page, return_value_policy policy, handle parent) {
    auto items =
        reinterpret_steal<list>(make_caster<std::vector<Item>>::cast(page.items, policy, parent));
    if (!items) throw error_already_set();
    return renraku::python::make_page(items, page.next).release();
  }
};

}  // namespace pybind11::detail
