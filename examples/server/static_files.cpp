#include "static_files.hpp"

#include <fstream>
#include <iterator>
#include <renraku/error.hpp>

namespace renraku::server {
namespace {

const std::map<std::string, std::string>& types() {
  static const std::map<std::string, std::string> all{{".html", "text/html; charset=utf-8"},
                                                      {".css", "text/css; charset=utf-8"},
                                                      {".js", "text/javascript; charset=utf-8"},
                                                      {".svg", "image/svg+xml"}};
  return all;
}

// A page's address has no ending.
std::string address(const std::filesystem::path& relative) {
  if (relative.extension() != ".html") return "/" + relative.generic_string();
  if (relative == "home.html") return "/";
  return "/" + std::filesystem::path(relative).replace_extension().generic_string();
}

}  // namespace

StaticFiles::StaticFiles(const std::filesystem::path& folder) {
  std::error_code wrong;
  for (std::filesystem::recursive_directory_iterator entry(folder, wrong), end;
       !wrong && entry != end; entry.increment(wrong)) {
    const auto type = types().find(entry->path().extension().string());
    if (!entry->is_regular_file() || type == types().end()) continue;
    std::ifstream in(entry->path(), std::ios::binary);
    files_[address(std::filesystem::relative(entry->path(), folder))] = {
        type->second, {std::istreambuf_iterator<char>(in), {}}};
  }
  if (!files_.contains("/")) {
    throw Error(ErrorCode::io, "the folder of pages can't be read or has no home.html", "web");
  }
}

const StaticFile* StaticFiles::find(const std::string& path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace renraku::server
