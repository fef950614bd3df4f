// What the server is told: by flags, by the environment, by a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <renraku/store.hpp>
#include <string>
#include <vector>

namespace renraku::server {

/// Every setting has one name. It is given as `--name VALUE`, as RENRAKU_SERVER_NAME (upper case,
/// `_` for `-`) or as a line `name = value` of the file that `--config` names; a flag comes before
/// the environment, and that before the file. docs/server.md explains each.
struct Config {
  /// A folder, or postgresql://…; its key header and tails then lie in `home`.
  std::string store;
  /// Or the directory of a region's stores; `home` is then of those for which it names none.
  std::filesystem::path region;
  std::filesystem::path home;
  /// How the store is opened: a file with the passphrase or with a host's key; where both are
  /// empty, the passphrase is RENRAKU_PASSPHRASE's.
  std::filesystem::path passphrase_file;
  std::filesystem::path host_key_file;

  /// What vouches for the journal from outside the store; empty where nothing does. `witness` is a
  /// file that gets its heads, `journal_signer` the key that signs them: both on another medium.
  std::filesystem::path witness;
  std::filesystem::path journal_signer;

  /// Where those who run the service have backups made, the public half of the key that they are
  /// sealed to, and how many are kept (0: all). Without a folder none are made.
  std::filesystem::path backup_folder;
  std::string backup_key;
  std::int32_t backup_keep = 0;

  /// Loopback by default: who wants more says so. Port 0 is any free one.
  std::string host = "127.0.0.1";
  int port = 8080;
  /// What browsers call this server, e.g. https://renraku.city.example; empty: as it listens.
  std::vector<std::string> origins;

  std::filesystem::path tls_certificate;
  std::filesystem::path tls_key;
  /// Clients without a certificate of this authority are refused before a byte of HTTP.
  std::filesystem::path client_authority;

  std::filesystem::path web = RENRAKU_SERVER_WEB;
  /// Where uploads and downloads stand while they are worked on; a folder in memory by default.
  std::filesystem::path scratch;

  /// Worker threads: each serves one connection, and a sign-in needs 256 MiB for a moment.
  std::size_t threads = 16;
  /// A record of ours has a few kilobytes; this leaves room for long notes and many cells.
  std::size_t body_max = std::size_t{1} << 20;
  /// Some 350,000 rows of the 26-column layout.
  std::size_t upload_max = std::size_t{64} << 20;
  /// Requests a minute from one address. A page asks for about ten things.
  double rate = 1200;
  /// Sign-ins a minute from one address, before the store's own back-off per member.
  double sign_in_rate = 20;

  [[nodiscard]] bool tls() const { return !tls_certificate.empty(); }
};

/// Throws Error{invalid_argument} naming the setting.
[[nodiscard]] Config read_config(const std::vector<std::string>& arguments);

/// The secret that opens the store. Error{empty_passphrase} where none is given, Error{invalid} for
/// a host key that is not 32 bytes (or 64 hexadecimal digits).
[[nodiscard]] Secret read_secret(const Config& config);

}  // namespace renraku::server
