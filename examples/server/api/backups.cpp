// Backups, into the one folder and to the one key that the server was told: a request names
// neither.
#include <renraku/backup.hpp>
#include <renraku/described/store.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

Answer make(Call& call) {
  const Config& config = call.app.config;
  if (config.backup_folder.empty()) {
    throw Refusal(404, ErrorCode::not_found, "backup-folder",
                  "このサーバーにはバックアップ先が設定されていません。");
  }
  const std::unique_lock turn(call.app.backing_up, std::try_to_lock);
  if (!turn) throw Error(ErrorCode::busy, "a backup is being made at this moment; wait for it");
  BackupOptions options;
  options.to_key = config.backup_key;
  options.keep = config.backup_keep;
  return json_answer(make_backup(call.session(), config.backup_folder, options));
}

}  // namespace

std::vector<Route> backup_routes() {
  return {{"POST", "/backups", Access::member, make}};
}

}  // namespace renraku::server
