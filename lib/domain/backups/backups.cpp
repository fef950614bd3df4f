#include "domain/backups/backups.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view insert_backup =
    "INSERT INTO backup (file, at, keep_until, removed) VALUES (:file, :at, :keep_until, 0)";
constexpr std::string_view remove_backup = "UPDATE backup SET removed = 1 WHERE file = :file";
constexpr std::string_view list_kept =
    "SELECT file, at, keep_until FROM backup WHERE removed = 0 ORDER BY at, file";

}  // namespace

void add_backup(access::Permit& permit, const BackupReport& made,
                const std::optional<Date>& keep_until) {
  permit.transaction()
      .query(insert_backup)
      .bind("file", made.file)
      .bind("at", made.at)
      .bind("keep_until", keep_until)
      .run();
}

void remove_backups(access::Permit& permit, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    permit.transaction().query(remove_backup).bind("file", file).run();
  }
}

std::vector<KeptBackup> kept_backups(storage::Transaction& transaction) {
  return transaction.query(list_kept).all<KeptBackup>();
}

}  // namespace renraku::domain
