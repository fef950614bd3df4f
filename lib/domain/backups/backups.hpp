// Which backups were made: whoever is erased stays in them until they go.
#pragma once

#include <optional>
#include <renraku/records/store.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"

namespace renraku::domain {

/// A backup that still exists, as far as the store knows.
struct KeptBackup {
  std::string file;
  Instant at;
  std::optional<Date> keep_until;
};
RENRAKU_DESCRIBE(KeptBackup, file, at, keep_until)

void add_backup(access::Permit& permit, const BackupReport& made,
                const std::optional<Date>& keep_until);
/// They exist no more.
void remove_backups(access::Permit& permit, const std::vector<std::string>& files);
/// The oldest first.
[[nodiscard]] std::vector<KeptBackup> kept_backups(storage::Transaction& transaction);

inline constexpr std::string_view backup_schema_1 = R"sql(
CREATE TABLE backup (
  file TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  keep_until TEXT,
  removed BIGINT NOT NULL CHECK (removed IN (0, 1))
) @clustered;
)sql";

}  // namespace renraku::domain
