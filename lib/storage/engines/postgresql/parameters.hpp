// The parameters of a prepared statement, and what is bound to them.
#pragma once

#include <optional>

#include "storage/engines/parameter_names.hpp"
#include "storage/engines/postgresql/wire.hpp"
#include "storage/statement.hpp"

namespace renraku::storage::postgresql {

class Parameters {
 public:
  Parameters() = default;
  /// `types` are what the server takes each of `names` for.
  Parameters(std::vector<std::string> names, std::vector<Oid> types);

  [[nodiscard]] bool has(std::string_view name) const {
    return names_.place(name) != ParameterNames::none;
  }
  /// Numbers go as the type that the server expects, or as text where that is none of numbers;
  /// text and bytes go as they are.
  void bind(std::string_view name, const Value& value, Statement::Lifetime lifetime);
  void clear() noexcept;

  /// The place of a parameter; ParameterNames::none when there is none of that name.
  [[nodiscard]] std::size_t place(std::string_view name) const { return names_.place(name); }
  [[nodiscard]] std::size_t required(std::string_view name) const { return names_.required(name); }
  /// What is bound there, as it will travel; none for NULL.
  [[nodiscard]] std::optional<std::string_view> value(std::size_t at) const;
  /// Puts other bytes in its place until the statement has run.
  void replace(std::size_t at, ByteView bytes);
  [[nodiscard]] BoundValues bound() const { return {values_, sizes_, formats_}; }

 private:
  void bind_null(std::size_t at);
  void bind_number(std::size_t at, std::int64_t number);
  void bind_contents(std::size_t at, std::string_view contents, Statement::Lifetime lifetime);

  ParameterNames names_;
  std::vector<Oid> types_;
  std::vector<const char*> values_;
  std::vector<int> sizes_;
  std::vector<int> formats_;
  /// What is not kept elsewhere until the statement has run.
  std::vector<std::string> own_;
};

}  // namespace renraku::storage::postgresql
