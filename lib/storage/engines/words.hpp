// A script of the schema in an engine's own words.
#pragma once

#include <string>
#include <string_view>

namespace renraku::storage {

/// What an engine writes for the words that Connection::define leaves open.
struct EngineWords {
  std::string_view key;
  std::string_view bytes;
  std::string_view clustered;
};

inline std::string in_words_of(const EngineWords& engine, std::string_view script) {
  std::string text(script);
  const auto replace = [&text](std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
      text.replace(at, from.size(), to);
    }
  };
  replace("@key", engine.key);
  replace("@bytes", engine.bytes);
  replace("@clustered", engine.clustered);
  return text;
}

}  // namespace renraku::storage
