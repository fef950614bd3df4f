// A connection to a server.
#pragma once

#include <array>

#include "storage/connection.hpp"
#include "storage/engines/postgresql/link.hpp"
#include "storage/engines/postgresql/postgresql.hpp"
#include "storage/engines/postgresql/resealing.hpp"

namespace renraku::storage::postgresql {

class PostgresqlConnection final : public Connection {
 public:
  PostgresqlConnection(const Server& server, std::shared_ptr<Vault> vault,
                       std::shared_ptr<const VouchedTables> tables,
                       std::shared_ptr<const DeclaredColumns> declared,
                       std::shared_ptr<SeenVersion> seen);

  std::unique_ptr<Statement> prepare(std::string_view sql) override;
  void run(std::string_view script) override;
  /// One moment for all its statements, that of the first.
  void begin_read() override;
  /// Error{io, "standby"} when the server only reads.
  void begin_write() override;
  /// When the connection breaks under a commit, asks on another one whether it was done.
  void commit() override;
  void rollback() noexcept override;
  bool is_alive() const noexcept override { return link_->wire.is_alive(); }
  /// The pages are the server's.
  void release_pages() noexcept override {}
  /// Kept in the table renraku_schema, which is made with the first step.
  int schema_version() override;
  void set_schema_version(int version) override;
  void define(std::string_view script) override;
  void keep_to(std::string_view municipality) override;
  RowSealing* row_sealing() override { return &resealing_; }

 private:
  /// Marks a transaction. Nobody can know it beforehand, so that nobody's stands for another's.
  using Act = std::array<std::uint8_t, 16>;

  void begin_first_write();
  void begin_write_in_schema();
  void commit_marked();
  [[nodiscard]] bool was_committed(const Act& act) const;

  Server server_;
  std::shared_ptr<const VouchedTables> tables_;
  std::shared_ptr<Link> link_;
  Resealing resealing_{*link_};
  bool writes_ = false;
  /// The schema is there, so that each transaction can leave its mark.
  bool in_schema_ = false;
  std::uint64_t commits_ = 0;
};

}  // namespace renraku::storage::postgresql
