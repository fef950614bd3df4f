#include "bench/trust.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <renraku/backup.hpp>
#include <span>
#include <thread>
#include <vector>

#include "base/file.hpp"
#include "bench/measure.hpp"
#include "bench/phones.hpp"

namespace renraku::bench {
namespace {

constexpr const char* home = "082112";
constexpr const char* neighbour = "122033";
constexpr int rounds = 3;

// Into another municipality of the same store, so that the whole file is written.
void find_during_an_import(Store& store, const Login& login, const std::string& csv) {
  NewMunicipality other;
  other.code = neighbour;
  other.name = "鎌ケ谷市";
  other.administrator = {
      login.name, login.name, {}, {Role::administrator, Role::roster_officer}, login.password, {}};
  store.add_municipality(other);
  const Session officer = store.sign_in(home, login.name, login.password);
  const std::vector<std::string> phones = phones_of(officer);
  std::atomic<bool> done = false;
  std::thread importing([&] {
    store.sign_in(neighbour, login.name, login.password).roster().import_file(csv);
    done = true;
  });
  Samples samples;
  std::size_t count = 0;
  while (!done) {
    PersonFilter filter;
    filter.phone = phones[count++ * 7919 % phones.size()];
    samples.add(timed([&] { static_cast<void>(officer.people().find(filter)); }));
  }
  importing.join();
  fmt::print("\"import_finds\": {}, \"import_find_p50\": {}, \"import_find_p99\": {}", count,
             samples.median(), samples.percentile(0.99));
}

void verify(Store& store) {
  Samples samples;
  std::int64_t entries = 0;
  for (int i = 0; i < rounds; ++i) {
    samples.add(timed([&] { entries = store.verify_journal().entries; }));
  }
  fmt::print("\"verify_entries\": {}, \"verify\": {}, ", entries, samples.median());
}

// A copy by read and write that is on the disk when it is done, as a backup is; a file system may
// otherwise share the blocks and copy nothing.
void plain_copy(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::remove(to);
  const base::File source(from, O_RDONLY, "the database");
  base::File target(to, O_RDWR | O_CREAT, "the copy");
  std::vector<std::uint8_t> part(std::size_t{1} << 20);
  std::uint64_t at = 0;
  while (const std::size_t got = source.read_at(at, part)) {
    target.write_at(at, std::span(part).first(got));
    at += got;
  }
  target.flush();
}

void backup(Store& store, const std::filesystem::path& folder) {
  const std::filesystem::path database = folder / "renraku.db";
  // What was committed last lies in the write-ahead log: a copy without it is no copy.
  std::filesystem::path log = database;
  log += "-wal";
  const std::filesystem::path target = folder.parent_path() / "backups";
  std::filesystem::create_directories(target);
  Samples ours;
  Samples plain;
  for (int i = 0; i < rounds; ++i) {
    BackupOptions options;
    options.keep = 1;
    ours.add(timed([&] { static_cast<void>(store.backup(target, options)); }));
    plain.add(timed([&] {
      plain_copy(database, target / "copy.db");
      plain_copy(log, target / "copy.db-wal");
    }));
  }
  fmt::print("\"backup\": {}, \"copy\": {}, \"megabytes\": {}, ", ours.median(), plain.median(),
             (std::filesystem::file_size(database) + std::filesystem::file_size(log)) >> 20);
}

}  // namespace

void measure_trust(const std::filesystem::path& folder, const HostKey& key, const Login& login,
                   const std::string& csv) {
  Store store = Store::open(folder, key);
  fmt::print("{{");
  verify(store);
  backup(store, folder);
  find_during_an_import(store, login, csv);
  fmt::print("}}\n");
}

}  // namespace renraku::bench
