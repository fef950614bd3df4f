#include "config.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <renraku/error.hpp>

namespace renraku::server {
namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  throw Error(ErrorCode::invalid_argument, "setting '" + name + "' " + why, name);
}

template <class Number>
Number number(const std::string& name, const std::string& text, Number least, Number most) {
  Number value{};
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (wrong != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
    refuse(name, "must be a number within its range");
  }
  return value;
}

// "127.0.0.1:8080", "[::1]:8080", ":0" keeps the host.
void set_listen(Config& config, const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) refuse("listen", "must be HOST:PORT");
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  if (!host.empty()) config.host = host;
  config.port = number<int>("listen", text.substr(colon + 1), 0, 65535);
}

using Set = std::function<void(Config&, const std::string&)>;

Set path(std::filesystem::path Config::*member) {
  return [member](Config& config, const std::string& text) { config.*member = text; };
}
Set size(const std::string& name, std::size_t Config::*member, std::size_t most) {
  return [=](Config& config, const std::string& text) {
    config.*member = number<std::size_t>(name, text, 1, most);
  };
}
Set rate(const std::string& name, double Config::*member) {
  return [=](Config& config, const std::string& text) {
    config.*member = number<double>(name, text, 1, 1e9);
  };
}

const std::map<std::string, Set>& settings() {
  constexpr std::size_t gigabyte = std::size_t{1} << 30;
  static const std::map<std::string, Set> all{
      {"store", [](Config& c, const std::string& text) { c.store = text; }},
      {"region", path(&Config::region)},
      {"home", path(&Config::home)},
      {"passphrase-file", path(&Config::passphrase_file)},
      {"host-key-file", path(&Config::host_key_file)},
      {"witness", path(&Config::witness)},
      {"journal-signer", path(&Config::journal_signer)},
      {"backup-folder", path(&Config::backup_folder)},
      {"backup-key", [](Config& c, const std::string& text) { c.backup_key = text; }},
      {"backup-keep",
       [](Config& c, const std::string& text) {
         c.backup_keep = number<std::int32_t>("backup-keep", text, 0, 1000);
       }},
      {"listen", set_listen},
      {"origin", [](Config& c, const std::string& text) { c.origins.push_back(text); }},
      {"tls-certificate", path(&Config::tls_certificate)},
      {"tls-key", path(&Config::tls_key)},
      {"client-authority", path(&Config::client_authority)},
      {"web", path(&Config::web)},
      {"scratch", path(&Config::scratch)},
      {"threads", size("threads", &Config::threads, 256)},
      {"body-max", size("body-max", &Config::body_max, gigabyte)},
      {"upload-max", size("upload-max", &Config::upload_max, 4 * gigabyte)},
      {"rate", rate("rate", &Config::rate)},
      {"sign-in-rate", rate("sign-in-rate", &Config::sign_in_rate)},
  };
  return all;
}

void set(Config& config, const std::string& name, const std::string& value) {
  const auto found = settings().find(name);
  if (found == settings().end()) refuse(name, "is none; docs/server.md lists them");
  found->second(config, value);
}

std::string trimmed(const std::string& text) {
  constexpr const char* blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

void read_file(Config& config, const std::string& file) {
  std::ifstream in(file);
  if (!in) refuse("config", "names a file that can't be read");
  for (std::string line; std::getline(in, line);) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#') continue;
    const auto equals = line.find('=');
    if (equals == std::string::npos) refuse("config", "has a line without '='");
    set(config, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
  }
}

void read_environment(Config& config) {
  for (const auto& [name, apply] : settings()) {
    std::string variable = "RENRAKU_SERVER_";
    for (const char c : name) {
      variable += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    if (const char* value = std::getenv(variable.c_str())) apply(config, value);
  }
}

std::string contents(const std::filesystem::path& file, const char* name) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(name, "names a file that can't be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

HostKey host_key(const std::filesystem::path& file) {
  std::string text = contents(file, "host-key-file");
  HostKey key{};
  if (text.size() == key.bytes.size()) {
    std::copy(text.begin(), text.end(), key.bytes.begin());
    return key;
  }
  text = trimmed(text);
  if (text.size() != 2 * key.bytes.size()) {
    throw Error(ErrorCode::invalid, "a host key is 32 bytes, or 64 hexadecimal digits",
                "host-key-file");
  }
  for (std::size_t i = 0; i < key.bytes.size(); ++i) {
    const char* digits = text.data() + 2 * i;
    if (std::from_chars(digits, digits + 2, key.bytes[i], 16).ptr != digits + 2) {
      throw Error(ErrorCode::invalid, "the host key holds something else than hexadecimal digits",
                  "host-key-file");
    }
  }
  return key;
}

void check(const Config& config) {
  if (config.store.empty() == config.region.empty()) {
    refuse("store", "or 'region' is needed: a folder or postgresql://…, or a directory of them");
  }
  if (config.tls_certificate.empty() != config.tls_key.empty()) {
    refuse("tls-key", "and 'tls-certificate' go together");
  }
  if (!config.client_authority.empty() && !config.tls()) {
    refuse("client-authority", "needs TLS");
  }
  if (config.backup_folder.empty() != config.backup_key.empty()) {
    refuse("backup-folder", "and 'backup-key' go together");
  }
  if (!config.backup_folder.empty() && !std::filesystem::is_directory(config.backup_folder)) {
    refuse("backup-folder", "is no folder");
  }
  // What a browser sends as Origin has no slash at its end.
  for (const std::string& origin : config.origins) {
    const auto scheme = origin.find("://");
    if (scheme == std::string::npos || origin.find('/', scheme + 3) != std::string::npos) {
      refuse("origin", "must be SCHEME://HOST[:PORT]");
    }
  }
}

}  // namespace

Config read_config(const std::vector<std::string>& arguments) {
  std::vector<std::pair<std::string, std::string>> flags;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string& flag = arguments[i];
    if (!flag.starts_with("--") || i + 1 == arguments.size()) {
      throw Error(ErrorCode::invalid_argument, "flags are --name VALUE; docs/server.md lists them");
    }
    flags.emplace_back(flag.substr(2), arguments[i + 1]);
  }
  Config config;
  for (const auto& [name, value] : flags) {
    if (name == "config") read_file(config, value);
  }
  read_environment(config);
  for (const auto& [name, value] : flags) {
    if (name != "config") set(config, name, value);
  }
  check(config);
  return config;
}

Secret read_secret(const Config& config) {
  if (!config.host_key_file.empty()) return host_key(config.host_key_file);
  Passphrase passphrase;
  if (!config.passphrase_file.empty()) {
    passphrase.text = contents(config.passphrase_file, "passphrase-file");
    while (passphrase.text.ends_with('\n') || passphrase.text.ends_with('\r')) {
      passphrase.text.pop_back();
    }
  } else if (const char* given = std::getenv("RENRAKU_PASSPHRASE")) {
    passphrase.text = given;
    ::unsetenv("RENRAKU_PASSPHRASE");
  }
  if (passphrase.text.empty()) {
    throw Error(ErrorCode::empty_passphrase,
                "the passphrase is missing; give --passphrase-file, --host-key-file or "
                "RENRAKU_PASSPHRASE",
                "passphrase");
  }
  return passphrase;
}

}  // namespace renraku::server
