#include "keeper.hpp"

#include <memory>
#include <renraku/error.hpp>

namespace renraku::python {
namespace {

namespace py = pybind11;

bool is_python_there() {
  return Py_IsInitialized() && !_Py_IsFinalizing();
}

/// Goes with the last who holds it, on whichever thread; where Python is gone, it is left.
std::shared_ptr<py::object> hold(py::handle object) {
  const auto let_go = [](py::object* held) {
    if (is_python_there()) {
      const py::gil_scoped_acquire locked;
      delete held;
    } else {
      held->release();
      delete held;
    }
  };
  return {new py::object(py::reinterpret_borrow<py::object>(object)), let_go};
}

template <class Work>
auto ask(const Work& work) {
  if (!is_python_there()) throw Error(ErrorCode::io, "Python has ended", "keeper");
  const py::gil_scoped_acquire locked;
  try {
    return work();
  } catch (py::error_already_set& error) {
    error.discard_as_unraisable("renraku's keeper");
  }
  throw Error(ErrorCode::io, "the keeper raised an exception", "keeper");
}

std::vector<std::uint8_t> read_bytes(const py::object& given) {
  const auto bytes = py::reinterpret_steal<py::object>(PyBytes_FromObject(given.ptr()));
  if (!bytes) throw py::error_already_set();
  const auto* const data = reinterpret_cast<const std::uint8_t*>(PyBytes_AS_STRING(bytes.ptr()));
  return {data, data + PyBytes_GET_SIZE(bytes.ptr())};
}

}  // namespace

Keeper keeper_in_python(py::handle object) {
  if (object.is_none()) return {};
  const py::gil_scoped_acquire locked;
  const std::shared_ptr<py::object> held = hold(object);
  Keeper keeper;
  keeper.read = [held](const std::string& name) {
    return ask([&]() -> std::optional<std::vector<std::uint8_t>> {
      const py::object found = held->attr("read")(name);
      if (found.is_none()) return std::nullopt;
      return read_bytes(found);
    });
  };
  keeper.write = [held](const std::string& name, std::span<const std::uint8_t> bytes) {
    ask([&] {
      held->attr("write")(name,
                          py::bytes(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    });
  };
  keeper.remove = [held](const std::string& name) { ask([&] { held->attr("remove")(name); }); };
  return keeper;
}

}  // namespace renraku::python
