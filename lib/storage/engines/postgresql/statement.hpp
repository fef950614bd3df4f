#pragma once

#include "storage/engines/postgresql/kept_rows.hpp"
#include "storage/engines/postgresql/row_batch.hpp"
#include "storage/engines/postgresql/sealing.hpp"

namespace renraku::storage::postgresql {

/// Rows come one by one, so that a list of a million needs no memory for a million, and the first
/// is opened while the server still looks for the others. What is left of them when another
/// statement runs on the connection is kept here.
///
/// The server keeps what was prepared until the connection ends; statements are few and live as
/// long.
class PostgresqlStatement final : public Statement, private Wire::Reader {
 public:
  PostgresqlStatement(std::shared_ptr<Link> link, std::string_view sql);
  PostgresqlStatement(const PostgresqlStatement&) = delete;
  PostgresqlStatement& operator=(const PostgresqlStatement&) = delete;
  ~PostgresqlStatement() override { let_go(); }

  void bind(std::string_view name, const Value& value, Lifetime lifetime) override;
  [[nodiscard]] bool has_parameter(std::string_view name) const override {
    return parameters_.has(name);
  }
  void run() override;
  bool step() override;
  void reset() noexcept override;
  [[nodiscard]] int column(std::string_view name) const override;
  [[nodiscard]] std::int64_t changes() const override { return changes_; }

  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] ByteView bytes(int column) const override;

 private:
  void keep_rest() override;
  void let_go() noexcept;
  void end(PGresult* result);
  [[nodiscard]] Cell cell(int column) const;
  [[nodiscard]] TableSeal::Value opened(int column) const;
  [[nodiscard]] Oid type(int column) const;

  std::shared_ptr<Link> link_;
  Wire& wire_;
  std::string name_;
  Parameters parameters_;
  mutable std::optional<Sealing> sealing_;
  std::optional<RowBatch> batch_;
  /// Names and types of the columns.
  Result description_;
  bool started_ = false;
  /// The row that just came; none when it is one of those kept.
  Result row_;
  KeptRows kept_;
  std::int64_t changes_ = 0;
};

}  // namespace renraku::storage::postgresql
