#include "exchange/roster/protection_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "text/fold.hpp"

namespace renraku::exchange::roster {
namespace {

constexpr std::array<std::string_view, 4> words{"支援措置", "閲覧制限", "秘匿", "提供不可"};

bool is_letter(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= 'a' && text[at] <= 'z';
}

bool has_dv(std::string_view folded) {
  for (std::size_t at = folded.find("dv"); at != std::string_view::npos;
       at = folded.find("dv", at + 1)) {
    if (!is_letter(folded, at - 1) && !is_letter(folded, at + 2)) return true;
  }
  return false;
}

constexpr std::uint32_t three_bytes(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<std::uint8_t>(text[i])};
  };
  return byte(0) << 16U | byte(1) << 8U | byte(2);
}

constexpr bool is_beginning(std::uint32_t character) {
  switch (character) {
    case three_bytes("支"):
    case three_bytes("閲"):
    case three_bytes("秘"):
    case three_bytes("祕"):
    case three_bytes("提"):
    case three_bytes("Ｄ"):
    case three_bytes("ｄ"):
      return true;
    default:
      return false;
  }
}

// Folding is dear: only a text with the beginning of a word, in any form of it, is folded. Looked
// for in one go, since every cell of every row comes by.
bool may_hold_word(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == 'd' || c == 'D') return true;
    if (c != '\xE6' && c != '\xE7' && c != '\xE9' && c != '\xEF') continue;
    if (i + 2 < text.size() && is_beginning(three_bytes(text.substr(i)))) return true;
    i += 2;
  }
  return false;
}

}  // namespace

std::string_view protection_word(std::string_view text) {
  if (!may_hold_word(text)) return {};
  thread_local std::string folded;
  text::fold_into(text, folded, text::Spaces::none);
  for (const std::string_view word : words) {
    if (folded.find(word) != std::string::npos) return word;
  }
  return has_dv(folded) ? "DV" : std::string_view();
}

bool says_no(std::string_view text) {
  static const std::array<std::string, 14> noes = [] {
    std::array<std::string, 14> folded;
    std::ranges::transform(std::array{"", "無", "無し", "なし", "ナシ", "×", "0", "非該当",
                                      "該当なし", "いいえ", "-", "no", "false", "対象外"},
                           folded.begin(),
                           [](const char* no) { return text::fold(no, text::Spaces::none); });
    return folded;
  }();
  return std::ranges::find(noes, text::fold(text, text::Spaces::none)) != noes.end();
}

}  // namespace renraku::exchange::roster
