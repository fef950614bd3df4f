// A connection to a server.
#pragma once

#include "storage/connection.hpp"
#include "storage/engines/postgresql/wire.hpp"

namespace renraku::storage::postgresql {

class PostgresqlConnection final : public Connection {
 public:
  /// Statements hold the wire too: they may be let go after the connection.
  explicit PostgresqlConnection(ConnectionHandle handle)
      : wire_(std::make_shared<Wire>(std::move(handle))) {}

  std::unique_ptr<Statement> prepare(std::string_view sql) override;
  void run(std::string_view script) override;
  /// One moment for all its statements, that of the first.
  void begin_read() override;
  /// Error{io, "standby"} when the server only reads.
  void begin_write() override;
  void commit() override { wire_->commit(); }
  void rollback() noexcept override { wire_->rollback(); }
  bool is_alive() const noexcept override { return wire_->is_alive(); }
  /// The pages are the server's.
  void release_pages() noexcept override {}
  /// Kept in the table renraku_schema, which is made with the first step.
  int schema_version() override;
  void set_schema_version(int version) override;
  void define(std::string_view script) override;

 private:
  std::shared_ptr<Wire> wire_;
};

}  // namespace renraku::storage::postgresql
