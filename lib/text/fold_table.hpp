// What each character folds to, worked out once from ICU and our own rules. Private to this room.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

namespace renraku::text {

class FoldTable {
 public:
  /// Not one character of its own: expands, or joins its neighbours; only normalised() can tell.
  static constexpr char32_t complex = 0xFFFF;
  /// Folds to nothing.
  static constexpr char32_t dropped = 0xFFFE;

  FoldTable();

  /// The folded character, `complex` or `dropped`. Not for spaces and voiced marks.
  [[nodiscard]] char32_t folded(char32_t c) const {
    return c < 0x10000 ? bmp_[c] : folded_beyond(c);
  }
  /// What our rules add to a character that is normalised: kana, hyphens, variants of kanji.
  [[nodiscard]] char32_t after_normalising(char32_t c) const {
    return c < 0x10000 ? after_[c] : after_beyond(c);
  }
  /// NFKC_Casefold of a whole text.
  [[nodiscard]] std::string normalised(std::string_view text) const;

  /// The version of Unicode whose tables are used, e.g. "15.0".
  [[nodiscard]] static std::string unicode_version();

 private:
  [[nodiscard]] char32_t folded_beyond(char32_t c) const;
  [[nodiscard]] char32_t after_beyond(char32_t c) const;
  void take_variants();
  void take_kana();

  std::array<char16_t, 65536> bmp_{};
  std::array<char16_t, 65536> after_{};
  std::unordered_map<char32_t, char32_t> variants_beyond_;
};

/// Made at the first call, by whichever thread comes first.
[[nodiscard]] const FoldTable& fold_table();

}  // namespace renraku::text
