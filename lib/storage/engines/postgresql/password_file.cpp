#include "storage/engines/postgresql/password_file.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string_view>

#include "base/log.hpp"
#include "storage/engines/postgresql/handle.hpp"

namespace renraku::storage::postgresql {
namespace {

/// No file of anybody's: /dev/null is no folder.
constexpr const char* nowhere = "/dev/null/none";

std::string home() {
  if (const char* named = std::getenv("HOME"); named && *named) return named;
  std::array<char, 4096> room{};
  passwd user{};
  passwd* found = nullptr;
  ::getpwuid_r(::geteuid(), &user, room.data(), room.size(), &found);
  return found ? found->pw_dir : "";
}

std::string find(const std::string& address) {
  const Options options(PQconninfoParse(address.c_str(), nullptr));
  for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
    if (std::string_view(option->keyword) != "passfile") continue;
    if (option->val && *option->val) return option->val;
  }
  if (const char* named = std::getenv("PGPASSFILE"); named && *named) return named;
  return home() + "/.pgpass";
}

}  // namespace

std::string password_file(const std::string& address) {
  std::string path = find(address);
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return path;  // there is none
  if (S_ISREG(found.st_mode) && (found.st_mode & (S_IRWXG | S_IRWXO)) == 0) return path;
  base::log_line(LogLevel::warning, LogEvent::engine_trouble,
                 "the password file is not used: it is no plain file, or others may use it; make "
                 "it its owner's alone (chmod 600)");
  return nowhere;
}

}  // namespace renraku::storage::postgresql
