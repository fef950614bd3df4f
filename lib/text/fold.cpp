#include "text/fold.hpp"

#include "text/fold_table.hpp"
#include "text/kana.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::text {

namespace {

/// Raise it when the rules below or the kanji variants change.
constexpr const char* rules_version = "1";

/// Writes folded characters; knows the last one, which a voiced mark may still change.
class Writer {
 public:
  Writer(std::string& out, Spaces spaces) : out_(out), spaces_(spaces) {}

  /// `c` is folded, or a space, or a combining voiced mark.
  void add(char32_t c) {
    if (c == ' ') {
      space_ = spaces_ == Spaces::single && !out_.empty();
      last_ = 0;
      return;
    }
    if (c == 0x3099 || c == 0x309A) {
      if (join(c)) return;
    }
    if (space_) out_.push_back(' ');
    space_ = false;
    last_at_ = out_.size();
    last_ = c;
    append_utf8(c, out_);
  }

 private:
  bool join(char32_t mark) {
    const char32_t composed = compose_kana(last_, mark);
    if (composed == 0) return false;
    out_.resize(last_at_);
    last_ = fold_table().after_normalising(composed);
    append_utf8(last_, out_);
    return true;
  }

  std::string& out_;
  Spaces spaces_;
  char32_t last_ = 0;
  std::size_t last_at_ = 0;
  bool space_ = false;
};

/// Standing and half-width voiced marks as the combining ones; NFKC would put a space before ゛.
constexpr char32_t combining_mark(char32_t c) noexcept {
  if (c == 0x309B || c == 0xFF9E) return 0x3099;
  if (c == 0x309C || c == 0xFF9F) return 0x309A;
  return c;
}

constexpr bool is_voiced_mark(char32_t c) noexcept {
  return c == 0x3099 || c == 0x309A;
}

/// Folds character by character; false at the first one that only ICU can fold.
bool fold_simple(std::string_view text, Writer& writer) {
  const FoldTable& table = fold_table();
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = combining_mark(next_code_point(text, at));
    const char32_t folded = is_voiced_mark(c) ? c : is_space(c) ? U' ' : table.folded(c);
    if (folded == FoldTable::complex) return false;
    if (folded != FoldTable::dropped) writer.add(folded);
  }
  return true;
}

/// Folds any text: ICU normalises it, then each character gets what our rules add.
void fold_any(std::string_view text, Writer& writer) {
  const FoldTable& table = fold_table();
  std::string marked;
  for (std::size_t at = 0; at < text.size();) {
    append_utf8(combining_mark(next_code_point(text, at)), marked);
  }
  const std::string normal = table.normalised(marked);
  for (std::size_t at = 0; at < normal.size();) {
    const char32_t c = next_code_point(normal, at);
    writer.add(is_space(c) ? U' ' : table.after_normalising(c));
  }
}

}  // namespace

void fold_into(std::string_view text, std::string& out, Spaces spaces) {
  out.clear();
  Writer simple(out, spaces);
  if (fold_simple(text, simple)) return;
  out.clear();
  Writer any(out, spaces);
  fold_any(text, any);
}

std::string fold(std::string_view text, Spaces spaces) {
  std::string out;
  out.reserve(text.size());
  fold_into(text, out, spaces);
  return out;
}

std::string search_text(std::string_view text) {
  return fold(text, Spaces::none);
}

std::string fold_version() {
  return std::string(rules_version) + "/" + FoldTable::unicode_version();
}

}  // namespace renraku::text
