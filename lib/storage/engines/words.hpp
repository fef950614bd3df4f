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
  std::string_view sealed;
  std::string_view sealed_bytes;
  std::string_view keyed;
  std::string_view keyed_bytes;
  std::string_view keyed_set;
  /// How an index of such sets is made.
  std::string_view set_index;
  std::string_view ordered;
  std::string_view bound_text;
  std::string_view bound_number;
  std::string_view bound_bytes;
  /// Before a statement that only an engine with stores from before it needs.
  std::string_view embedded;
};

inline std::string in_words_of(const EngineWords& engine, std::string_view script) {
  std::string text(script);
  const auto replace = [&text](std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
      text.replace(at, from.size(), to);
    }
  };
  // The longer word first where one begins with another.
  replace("@bound TEXT", engine.bound_text);
  replace("@bound BIGINT", engine.bound_number);
  replace("@bound @bytes", engine.bound_bytes);
  replace(" @vouched", "");
  replace("@keyed_bytes", engine.keyed_bytes);
  replace("@keyed_set", engine.keyed_set);
  replace("@keyed", engine.keyed);
  replace("@key", engine.key);
  replace("@sealed_bytes", engine.sealed_bytes);
  replace("@sealed", engine.sealed);
  replace("@ordered", engine.ordered);
  replace("@set_index", engine.set_index);
  replace("@embedded", engine.embedded);
  replace("@bytes", engine.bytes);
  replace("@clustered", engine.clustered);
  return text;
}

}  // namespace renraku::storage
