// Records as Python objects.
//
// The classes are dataclasses with slots, generated from the descriptions (generate.py). A C++
// record is built into one by filling its slots at their offsets: no constructor runs and no
// attribute is looked up, so a page of fifty is made in microseconds.
#pragma once

#include <pybind11/pybind11.h>

#include <array>
#include <renraku/describe.hpp>
#include <renraku/error.hpp>
#include <string>

#include "naming.hpp"

namespace renraku::python {

namespace py = pybind11;

/// Where a slot lies in objects of `type`. Throws where the class has none of that name.
Py_ssize_t slot_offset(py::handle type, const std::string& name);

inline PyObject*& slot(PyObject* object, Py_ssize_t offset) {
  return *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(object) + offset);
}

template <DescribedRecord Record>
class RecordClass {
 public:
  /// Takes the class of this record's name out of the module of generated classes, and refuses one
  /// that was generated from another description.
  static void bind(const py::module_& records) {
    const std::string name(type_name<Record>());
    py::object type = records.attr(name.c_str());
    std::size_t field_number = 0;
    for_each_field<Record>([&](auto field) {
      offsets_[field_number++] = slot_offset(type, field_in_python(field.name));
    });
    if (py::len(type.attr("__slots__")) != field_count<Record>) {
      throw Error(ErrorCode::internal, name + " in records.py is of another version", name);
    }
    // Kept for the life of the process, as the module is.
    type_ = reinterpret_cast<PyTypeObject*>(type.release().ptr());
  }

  static py::handle make(const Record& record) {
    auto object = py::reinterpret_steal<py::object>(type_->tp_alloc(type_, 0));
    if (!object) throw py::error_already_set();
    std::size_t field_number = 0;
    for_each_field<Record>([&](auto field) {
      py::object value = py::cast(record.*field.pointer);
      slot(object.ptr(), offsets_[field_number++]) = value.release().ptr();
    });
    return object.release();
  }

  static bool read(py::handle object, Record& record) {
    if (PyObject_TypeCheck(object.ptr(), type_) == 0) return false;
    std::size_t field_number = 0;
    for_each_field<Record>([&](auto field) {
      read_field(slot(object.ptr(), offsets_[field_number++]), record.*field.pointer, field.name);
    });
    return true;
  }

 private:
  template <class Value>
  static void read_field(PyObject* from, Value& value, std::string_view name) {
    const auto where = [name] {
      return std::string(type_name<Record>()) + "." + std::string(name);
    };
    try {
      py::detail::make_caster<Value> caster;
      if (from == nullptr || is_bytes_for_text<Value>(from) || !caster.load(from, true)) {
        throw py::type_error(where() + " must be " + type_in_python<Value>());
      }
      value = py::detail::cast_op<Value&&>(std::move(caster));
    } catch (const Error& error) {
      // What is wrong inside a record of the record is said of its own field.
      const std::string field = holds_records<Value> ? error.field() : std::string(name);
      throw Error(error.code(), where() + ": " + error.what(), field);
    }
  }

  /// pybind11 takes bytes for text, whatever is in them.
  template <class Value>
  static bool is_bytes_for_text(PyObject* from) {
    const bool text =
        std::same_as<Value, std::string> || std::same_as<Value, std::optional<std::string>>;
    return text && PyUnicode_Check(from) == 0 && from != Py_None;
  }

  static inline PyTypeObject* type_ = nullptr;
  static inline std::array<Py_ssize_t, field_count<Record>> offsets_{};
};

}  // namespace renraku::python
