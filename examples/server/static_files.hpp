// The pages, read once into memory: no request's path ever reaches the file system.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace renraku::server {

struct StaticFile {
  std::string type;
  std::string body;
};

class StaticFiles {
 public:
  /// Takes the folder's .html, .css, .js and .svg files. Error{io} where the folder can't be read.
  explicit StaticFiles(const std::filesystem::path& folder);

  /// "/" is home.html, "/evacuees" evacuees.html; null when there is none.
  [[nodiscard]] const StaticFile* find(const std::string& path) const;

 private:
  std::map<std::string, StaticFile, std::less<>> files_;
};

}  // namespace renraku::server
