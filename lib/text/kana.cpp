#include "text/kana.hpp"

#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::text {

namespace {

constexpr char32_t voiced = 0x3099;
constexpr char32_t semi_voiced = 0x309A;

// U+FF61 to U+FF9D in order.
constexpr std::u32string_view wide_forms =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホ"
    U"マミムメモ"
    U"ヤユヨラリルレロワン";
static_assert(wide_forms.size() == 0xFF9D - 0xFF61 + 1);

constexpr std::u32string_view can_be_voiced = U"カキクケコサシスセソタチツテトハヒフヘホヽ";

char32_t compose_katakana(char32_t kana, char32_t mark) noexcept {
  if (mark == semi_voiced) {
    const bool h_row = kana >= 0x30CF && kana <= 0x30DB && (kana - 0x30CF) % 3 == 0;
    return h_row ? kana + 2 : 0;
  }
  if (can_be_voiced.find(kana) != std::u32string_view::npos) return kana + 1;
  if (kana == U'ウ') return U'ヴ';
  if (kana >= 0x30EF && kana <= 0x30F2) return kana + 8;  // ワヰヱヲ
  return 0;
}

/// What a mark standing without its kana looks like.
constexpr char32_t standing(char32_t mark) noexcept {
  return mark == voiced ? 0x309B : 0x309C;
}

/// Collects a reading; holds the last character back until no mark can join it.
class Reading {
 public:
  explicit Reading(std::size_t size) { out_.reserve(size); }

  void add(char32_t c) {
    if (c == voiced || c == semi_voiced) {
      const char32_t composed = compose_kana(last_, c);
      if (composed != 0) {
        last_ = composed;
        return;
      }
      c = standing(c);
    }
    if (is_space(c)) {
      space_ = space_ || last_ != 0;
      return;
    }
    if (is_hyphen(c) && !space_ && is_katakana(last_)) c = U'ー';
    flush();
    if (space_) append_utf8(0x3000, out_);
    space_ = false;
    last_ = c;
  }

  std::string take() {
    flush();
    return std::move(out_);
  }

 private:
  void flush() {
    if (last_ != 0) append_utf8(last_, out_);
  }

  std::string out_;
  char32_t last_ = 0;
  bool space_ = false;
};

}  // namespace

char32_t widened_kana(char32_t c) noexcept {
  if (c >= 0xFF61 && c <= 0xFF9D) return wide_forms[c - 0xFF61];
  if (c == 0xFF9E) return voiced;
  if (c == 0xFF9F) return semi_voiced;
  return c;
}

char32_t compose_kana(char32_t kana, char32_t mark) noexcept {
  if (mark != voiced && mark != semi_voiced) return 0;
  const char32_t katakana = katakana_of(kana);
  const char32_t composed = compose_katakana(katakana, mark);
  if (composed == 0 || katakana == kana) return composed;
  // Hiragana has no voiced わ row.
  return composed <= 0x30F4 || composed == 0x30FE ? composed - 0x60 : 0;
}

std::string to_katakana(std::string_view text) {
  Reading reading(text.size());
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = widened_kana(next_code_point(text, at));
    if (is_zero_width(c)) continue;
    if (c == 0x309B) c = voiced;
    if (c == 0x309C) c = semi_voiced;
    reading.add(katakana_of(c));
  }
  return reading.take();
}

}  // namespace renraku::text
