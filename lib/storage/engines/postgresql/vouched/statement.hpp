// A statement on the copy of the vouched tables.
#pragma once

#include <functional>
#include <memory>

#include "storage/statement.hpp"

namespace renraku::storage::postgresql {

/// The copy's own statement, before whose first step the copy is brought up to date.
class VouchedStatement final : public Statement {
 public:
  VouchedStatement(std::unique_ptr<Statement> statement, std::function<void()> before)
      : statement_(std::move(statement)), before_(std::move(before)) {}

  void bind(std::string_view name, const Value& value, Lifetime lifetime) override {
    statement_->bind(name, value, lifetime);
  }
  [[nodiscard]] bool has_parameter(std::string_view name) const override {
    return statement_->has_parameter(name);
  }
  void run() override {
    start();
    statement_->run();
  }
  bool step() override {
    start();
    return statement_->step();
  }
  void reset() noexcept override {
    statement_->reset();
    started_ = false;
  }
  [[nodiscard]] int column(std::string_view name) const override {
    return statement_->column(name);
  }
  [[nodiscard]] std::int64_t changes() const override { return statement_->changes(); }

  [[nodiscard]] bool is_null(int column) const override { return statement_->is_null(column); }
  [[nodiscard]] std::int64_t integer(int column) const override {
    return statement_->integer(column);
  }
  [[nodiscard]] std::string_view text(int column) const override {
    return statement_->text(column);
  }
  [[nodiscard]] ByteView bytes(int column) const override { return statement_->bytes(column); }

 private:
  void start() {
    if (!std::exchange(started_, true)) before_();
  }

  std::unique_ptr<Statement> statement_;
  std::function<void()> before_;
  bool started_ = false;
};

}  // namespace renraku::storage::postgresql
