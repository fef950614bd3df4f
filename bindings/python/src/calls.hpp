// Python code that the library calls while it works: progress, and rows.
#pragma once

#include <memory>
#include <renraku/roster.hpp>
#include <string>
#include <utility>
#include <vector>

#include "casters.hpp"
#include "classes.hpp"

namespace renraku::python {

/// Python code that the library calls while it works. Where it raises (or the user presses
/// Ctrl+C), the work is cancelled, and the exception goes on to the caller when the library has
/// undone what it began.
class Calls {
 public:
  explicit Calls(const py::object& progress) : progress_(progress.ptr()) {}

  [[nodiscard]] Progress progress() {
    return [this](std::int64_t rows, std::int64_t bytes, std::int64_t bytes_in_all) {
      const py::gil_scoped_acquire locked;
      return guarded([&] {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        return progress_.is_none() || !progress_(rows, bytes, bytes_in_all).is(py::bool_(false));
      });
    };
  }

  /// Rows of an iterator over sequences of cells.
  [[nodiscard]] RowReader rows(py::handle iterator) {
    return [this, iterator](std::vector<std::string>& cells) {
      const py::gil_scoped_acquire locked;
      bool ended = false;
      const bool sound = guarded([&] {
        const auto row = py::reinterpret_steal<py::object>(PyIter_Next(iterator.ptr()));
        if (!row && PyErr_Occurred() != nullptr) throw py::error_already_set();
        ended = !row;
        if (row) read_row(row, cells);
        return true;
      });
      if (!sound) throw Error(ErrorCode::cancelled, "the rows ended with an exception");
      return !ended;
    };
  }

  /// Does `work` without Python's lock, and lets an exception of the calls out.
  template <class Work>
  auto during(const Work& work) {
    try {
      return work();
    } catch (const Error&) {
      if (!raised_) throw;
    }
    const py::gil_scoped_acquire locked;
    throw py::error_already_set(*std::exchange(raised_, nullptr));
  }

 private:
  template <class Call>
  bool guarded(const Call& call) {
    try {
      return call();
    } catch (py::error_already_set& error) {
      raised_ = std::make_unique<py::error_already_set>(std::move(error));
      return false;
    }
  }

  static void read_row(const py::object& row, std::vector<std::string>& cells) {
    const auto items = py::reinterpret_steal<py::object>(PySequence_Fast(row.ptr(), "not a row"));
    if (!items) throw py::error_already_set();
    cells.resize(static_cast<std::size_t>(PySequence_Fast_GET_SIZE(items.ptr())));
    PyObject** item = PySequence_Fast_ITEMS(items.ptr());
    for (std::string& cell : cells) read_cell(*item++, cell);
  }

  static void read_cell(py::handle item, std::string& cell) {
    if (item.is_none()) {
      cell.clear();
      return;
    }
    const py::object text = PyUnicode_Check(item.ptr()) != 0
                                ? py::reinterpret_borrow<py::object>(item)
                                : classes().cell_text(item);
    Py_ssize_t size = 0;
    const char* utf8 = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
    if (utf8 == nullptr) throw py::error_already_set();
    cell.assign(utf8, static_cast<std::size_t>(size));
  }

  py::handle progress_;
  std::unique_ptr<py::error_already_set> raised_;
};

}  // namespace renraku::python
