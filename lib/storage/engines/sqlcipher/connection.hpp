// A connection to an encrypted database file.
#pragma once

#include <filesystem>

#include "storage/engines/sqlcipher/file_handle.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"
#include "storage/engines/sqlcipher/statement.hpp"

namespace renraku::storage::sqlcipher {

/// The database file is no longer where it was when the store was opened.
[[nodiscard]] Error gone();

class SqlcipherConnection final : public Connection {
 public:
  /// `flags` are sqlite3_open_v2's. Reads from the file before anything could be written.
  SqlcipherConnection(const std::filesystem::path& file, PageKey key, int flags);

  std::unique_ptr<Statement> prepare(std::string_view sql) override;
  void run(std::string_view script) override;
  /// Both throw Error{busy}, field "reopen", when another file has taken the place of this one:
  /// the store was encrypted anew, and what is written here would be lost.
  void begin_read() override;
  void begin_write() override;
  void commit() override { commit_.run(*this, "COMMIT"); }
  void rollback() noexcept override;
  /// A file stays: whatever failed, the next transaction may succeed.
  bool is_alive() const noexcept override { return true; }
  void release_pages() noexcept override { sqlite3_db_release_memory(handle_.get()); }
  int schema_version() override { return static_cast<int>(number("PRAGMA user_version")); }
  void set_schema_version(int version) override;
  void define(std::string_view script) override;

  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

 private:
  // A statement run so often that even looking it up by its text would show.
  struct Kept {
    std::unique_ptr<SqlcipherStatement> statement;
    void run(SqlcipherConnection& connection, std::string_view sql);
  };

  void set_key(PageKey key);
  void require_cipher();
  void refuse_moved();
  std::int64_t number(std::string_view sql);

  FileHandle handle_;
  Kept begin_read_;
  Kept begin_write_;
  Kept commit_;
};

}  // namespace renraku::storage::sqlcipher
