// Sealing a store into one file while work goes on.
#include <fcntl.h>

#include <algorithm>
#include <renraku/backup.hpp>

#include "crypto/backup_key.hpp"
#include "crypto/key_file.hpp"
#include "domain/backups/backups.hpp"
#include "session/backup_file.hpp"
#include "session/opening.hpp"
#include "session/reading_back.hpp"
#include "session/store_server.hpp"
#include "storage/engines/sqlcipher/copying.hpp"

namespace renraku {
namespace {

using access::Action;

constexpr std::string_view suffix = ".backup";
constexpr std::string_view unfinished = ".part";

/// The names of one store's backups: all begin alike, and sort by time.
class BackupNames {
 public:
  explicit BackupNames(const Uuid& node) : prefix_("renraku-" + node.text() + "-") {}

  [[nodiscard]] std::string at(Instant time) const {
    std::string text = time.text();
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return prefix_ + text + std::string(suffix);
  }
  /// Those in the folder that end so, the oldest first.
  [[nodiscard]] std::vector<std::string> in(const std::filesystem::path& folder,
                                            std::string_view end) const {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      std::string name = file.path().filename().string();
      if (name.starts_with(prefix_) && name.ends_with(end)) names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    return names;
  }

 private:
  std::string prefix_;
};

void check_options(const std::filesystem::path& folder, const BackupOptions& options) {
  std::error_code unknown;
  if (!std::filesystem::is_directory(folder, unknown)) {
    throw Error(ErrorCode::io, "the folder for backups does not exist", "folder");
  }
  if (options.keep < 0) {
    throw Error(ErrorCode::invalid, "how many backups are kept is 0 (all) or more", "keep");
  }
  if (!options.to_key.empty()) {
    try {
      static_cast<void>(crypto::read_public_backup_key(options.to_key));
    } catch (const Error& error) {
      throw Error(error.code(), error.what(), "to_key");
    }
  }
}

// A process that was killed left them.
void remove_unfinished(const std::filesystem::path& folder, const BackupNames& names) {
  for (const std::string& name : names.in(folder, unfinished)) {
    auto file = base::File::find(folder / name, O_RDWR, "an unfinished backup");
    if (file && file->try_lock()) std::filesystem::remove(folder / name);
  }
}

crypto::Bytes seal_stream_key(const StoreState& state, const session::BackupHeader& header,
                              const BackupOptions& options, const crypto::Key& key) {
  const crypto::Bytes place = session::backup_place(header);
  if (options.to_key.empty()) {
    return crypto::Sealer(session::backup_key(state.store_key())).wrap(place, key);
  }
  return crypto::seal_key_to(crypto::read_public_backup_key(options.to_key), place, key);
}

std::uint64_t write_backup(StoreState& state, const std::filesystem::path& path,
                           const session::BackupHeader& header, const crypto::KeyHeader& slots,
                           const crypto::Key& key) {
  const crypto::Key pages = session::page_key(state.store_key());
  session::BackupWriter out(path, header, key);
  session::ReadingBack reading(path, key);
  const auto sink = [&](crypto::ByteView bytes) {
    out.write(bytes);
    reading.written(out.written());
  };
  const auto write_size = [&](auto size) { out.write(crypto::Packer().number(size).bytes()); };
  out.write(state.store_key().bytes());
  const crypto::Bytes encoded = crypto::encode(slots);
  write_size(static_cast<std::uint16_t>(encoded.size()));
  out.write(encoded);
  std::optional<storage::Transaction> still = state.database().write();
  const storage::sqlcipher::Snapshot snapshot(state.folder().database(), pages.bytes().first<32>());
  write_size(snapshot.log_size());
  snapshot.read_log(sink);
  still.reset();
  write_size(snapshot.file_size());
  snapshot.read_file(sink);
  const std::uint64_t size = out.finish();
  out.flush();
  reading.finish(size);
  return size;
}

std::vector<std::string> remove_oldest(const std::filesystem::path& folder,
                                       const BackupNames& names, int keep) {
  std::vector<std::string> there = names.in(folder, suffix);
  const std::size_t kept = keep == 0 ? there.size() : static_cast<std::size_t>(keep);
  there.resize(there.size() > kept ? there.size() - kept : 0);
  for (const std::string& name : there) std::filesystem::remove(folder / name);
  return there;
}

BackupReport back_up(StoreState& state, const std::filesystem::path& folder,
                     const BackupOptions& options) {
  const auto call = state.call();
  session::require_folder(state.folder(),
                          "a store on a server is backed up with the server's own means, and the "
                          "store's folder at home with it");
  check_options(folder, options);
  const BackupNames names(state.journal_keys().node);
  remove_unfinished(folder, names);
  state.flush();

  const crypto::KeyHeader slots = crypto::read_key_header(state.folder().keys()).header;
  const crypto::Key key = crypto::Key::random();
  BackupReport report;
  report.at = state.gate().clock();
  report.file = names.at(report.at);
  session::BackupHeader header{slots.store_id, slots.node, report.at, {}, {}};
  if (options.to_key.empty()) header.slots = slots;
  header.key = seal_stream_key(state, header, options, key);

  const auto path = folder / report.file;
  auto part = path;
  part += unfinished;
  if (std::filesystem::exists(path)) {
    throw Error(ErrorCode::exists, "there is a backup of this very moment already", report.file);
  }
  try {
    report.bytes = static_cast<std::int64_t>(write_backup(state, part, header, slots, key));
    // What holds people is known before it counts: proofs of erasure name it.
    state.act({}, Action::backup_make, {}, [&](access::Permit& permit) {
      domain::add_backup(permit, report, options.keep_until);
      permit.note(fmt::format("{} of {} bytes", report.file, report.bytes));
    });
    std::filesystem::rename(part, path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw;
  }
  base::flush_folder(folder);
  report.removed = remove_oldest(folder, names, options.keep);
  if (!report.removed.empty()) {
    state.act({}, Action::backup_make, {}, [&](access::Permit& permit) {
      domain::remove_backups(permit, report.removed);
      permit.note(fmt::format("{} older ones removed", report.removed.size()));
    });
  }
  state.witness().hand_over();
  return report;
}

}  // namespace

BackupKey make_backup_key() {
  crypto::PrintedBackupKey made = crypto::make_backup_key();
  return {std::move(made.public_half), std::move(made.private_half)};
}

BackupReport Store::backup(const std::filesystem::path& folder, const BackupOptions& options) {
  return back_up(*state_, folder, options);
}

// Asked for first, and by the member: whoever may not is refused before anything is read, and a
// proof of who it is does not grow stale while a large store is sealed.
BackupReport make_backup(const Session& by, const std::filesystem::path& folder,
                         const BackupOptions& options) {
  SessionState& session = SessionAccess::state(by);
  session.act(Action::backup_make, {}, [](access::Permit& permit) { permit.note("asked for"); });
  return back_up(session.store(), folder, options);
}

}  // namespace renraku
