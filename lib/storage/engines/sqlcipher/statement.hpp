#pragma once

#include "storage/engines/parameter_names.hpp"
#include "storage/engines/sqlcipher/handle.hpp"
#include "storage/statement.hpp"

namespace renraku::storage::sqlcipher {

class SqlcipherStatement final : public Statement {
 public:
  SqlcipherStatement(sqlite3* connection, std::string_view sql);

  void bind(std::string_view name, const Value& value, Lifetime lifetime) override;
  [[nodiscard]] bool has_parameter(std::string_view name) const override;
  void run() override { step(); }
  bool step() override;
  void reset() noexcept override;
  [[nodiscard]] int column(std::string_view name) const override;
  [[nodiscard]] std::int64_t changes() const override { return changes_; }

  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] ByteView bytes(int column) const override;

 private:
  sqlite3* connection_;
  StatementHandle handle_;
  ParameterNames parameters_;
  std::int64_t changes_ = 0;
  bool done_ = false;
};

}  // namespace renraku::storage::sqlcipher
