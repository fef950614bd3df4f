// How a function of the library becomes one of Python.
//
// Python's lock is released for as long as the library works. A call with wrong arguments is
// answered with the signature alone: pybind11's own answer would repeat the arguments, which may be
// a password or somebody's name. The signature also goes into the list from which the stubs are
// written, and the documentation is the comment of the C++ header.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casters.hpp"

namespace renraku::python {

/// The comment of a class, a field or a function of the public headers, e.g. "People.find"; empty
/// where there is none.
std::string_view header_comment(std::string_view name);

struct Signature {
  std::string class_name;
  std::string name;
  /// "(self, id: str) -> Person"
  std::string text;
};

/// What has been bound so far.
std::vector<Signature>& signatures();

template <std::size_t Count>
using Names = std::array<const char*, Count>;

namespace method_detail {

template <class Result, class... Arguments>
std::string signature(std::string text, const Names<sizeof...(Arguments)>& names) {
  std::size_t at = 0;  // NOLINT(misc-const-correctness): a signature without parameters
  (((text += text.size() > 1 ? ", " : ""),
    (text += names[at++] + (": " + type_in_python<Arguments>()))),
   ...);
  return text + ") -> " + type_in_python<Result>();
}

template <class Bound, class Call, std::size_t... Index>
void define(Bound& bound, const char* name, const std::string& text, Call&& call,
            const Names<sizeof...(Index)>& names, std::index_sequence<Index...>) {
  const std::string class_name =
      std::same_as<Bound, py::module_> ? "" : bound.attr("__name__").template cast<std::string>();
  signatures().push_back({class_name, name, text});
  const std::string_view plain = name[0] == '_' ? name + 1 : name;
  const std::string doc =
      name + text + "\n\n" + std::string(header_comment(class_name + "." + std::string(plain)));
  py::options options;
  options.disable_function_signatures();
  bound.def(name, std::forward<Call>(call), py::arg(names[Index])..., doc.c_str(),
            py::call_guard<py::gil_scoped_release>());
  bound.def(name, [usage = (class_name.empty() ? "" : class_name + ".") + name + text](
                      const py::args&, const py::kwargs&) {
    throw py::type_error("wrong arguments (not shown: they may be personal): use " + usage);
  });
}

}  // namespace method_detail

/// Binds a member function under its own signature; `names` are those of its parameters.
template <class Class, class Bound, class Result, class... Arguments>
void method(Bound& bound, const char* name, Result (Class::*call)(Arguments...) const,
            const Names<sizeof...(Arguments)>& names = {}) {
  method_detail::define(bound, name, method_detail::signature<Result, Arguments...>("(self", names),
                        call, names, std::index_sequence_for<Arguments...>());
}

template <class Class, class Bound, class Result, class... Arguments>
void method(Bound& bound, const char* name, Result (Class::*call)(Arguments...),
            const Names<sizeof...(Arguments)>& names = {}) {
  method_detail::define(bound, name, method_detail::signature<Result, Arguments...>("(self", names),
                        call, names, std::index_sequence_for<Arguments...>());
}

/// Binds a function whose first parameter is the object.
template <class Bound, class Self, class Result, class... Arguments>
void method(Bound& bound, const char* name, Result (*call)(Self, Arguments...),
            const Names<sizeof...(Arguments)>& names = {}) {
  method_detail::define(bound, name, method_detail::signature<Result, Arguments...>("(self", names),
                        call, names, std::index_sequence_for<Arguments...>());
}

/// Binds a function that belongs to no object.
template <class Result, class... Arguments>
void function(py::module_& module, const char* name, Result (*call)(Arguments...),
              const Names<sizeof...(Arguments)>& names) {
  method_detail::define(module, name, method_detail::signature<Result, Arguments...>("(", names),
                        call, names, std::index_sequence_for<Arguments...>());
}

/// Binds a list that comes in pages as name(…, after, size); the package makes an iterable of it.
template <auto list, class Class, class Bound, class Item>
void paged(Bound& bound, const char* name, Page<Item> (Class::*)(const PageRequest&) const) {
  method(bound, name,
         +[](const Class& noun, const std::string& after, int size) {
           return (noun.*list)({after, size});
         },
         {"after", "size"});
}
template <auto list, class Class, class Bound, class Item, class About>
void paged(Bound& bound, const char* name,
           Page<Item> (Class::*)(const About&, const PageRequest&) const) {
  method(bound, name,
         +[](const Class& noun, const About& about, const std::string& after, int size) {
           return (noun.*list)(about, {after, size});
         },
         {"about", "after", "size"});
}
template <auto list, class Bound>
void paged(Bound& bound, const char* name) {
  paged<list>(bound, name, list);
}

}  // namespace renraku::python
