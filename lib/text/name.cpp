#include "text/name.hpp"

#include "text/fold.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::text {

namespace {

constexpr bool is_place_holder(char32_t c) noexcept {
  constexpr std::u32string_view place_holders = U"〓\uFFFD?？■□●○◆*＊";
  return is_private_use(c) || place_holders.find(c) != std::u32string_view::npos;
}

void drop_middle_dots(std::string& text) {
  constexpr std::string_view dot = "・";
  for (std::size_t at = text.find(dot); at != std::string::npos; at = text.find(dot, at)) {
    text.erase(at, dot.size());
  }
}

}  // namespace

std::string name_key(std::string_view name, std::string_view kana) {
  std::string key = fold(name, Spaces::none);
  if (key.empty()) key = fold(kana, Spaces::none);
  drop_middle_dots(key);
  return key;
}

bool is_certain(std::string_view text) {
  const std::string_view bare = trim(text);
  for (const std::string_view unknown : {"", "不詳", "不明", "未詳", "氏名不詳", "氏名不明"}) {
    if (bare == unknown) return false;
  }
  for (std::size_t at = 0; at < bare.size();) {
    if (is_place_holder(next_code_point(bare, at))) return false;
  }
  return true;
}

}  // namespace renraku::text
