#include "text/address.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "text/fold.hpp"
#include "text/numerals.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::text {

namespace {

constexpr std::array<std::u32string_view, 47> prefectures{
    U"北海道", U"青森県", U"岩手県", U"宮城県", U"秋田県", U"山形県",   U"福島県", U"茨城県",
    U"栃木県", U"群馬県", U"埼玉県", U"千葉県", U"東京都", U"神奈川県", U"新潟県", U"富山県",
    U"石川県", U"福井県", U"山梨県", U"長野県", U"岐阜県", U"静岡県",   U"愛知県", U"三重県",
    U"滋賀県", U"京都府", U"大阪府", U"兵庫県", U"奈良県", U"和歌山県", U"鳥取県", U"島根県",
    U"岡山県", U"広島県", U"山口県", U"徳島県", U"香川県", U"愛媛県",   U"高知県", U"福岡県",
    U"佐賀県", U"長崎県", U"熊本県", U"大分県", U"宮崎県", U"鹿児島県", U"沖縄県"};

/// Behind these, 番 and 号 are part of a name or say what kind of thing it is: 三番町, 5号室,
/// 2号棟.
constexpr std::u32string_view not_behind_number = U"町街館室棟線丁割地";

std::u32string folded(std::string_view text) {
  const std::string plain = fold(text);
  std::u32string out;
  out.reserve(plain.size());
  for (std::size_t at = 0; at < plain.size();) out.push_back(next_code_point(plain, at));
  return out;
}

/// What is left without a postal code and a prefecture in front. Folding turns 富 and others into
/// the chief of their group, so both sides are compared folded.
std::u32string_view without_head(std::u32string_view text) {
  if (text.starts_with(U'〒')) {
    text.remove_prefix(std::min(text.find_first_not_of(U"〒0123456789- "), text.size()));
  }
  if (text.size() < 4) return text;
  constexpr std::u32string_view endings = U"都道府県";
  if (endings.find(text[2]) == std::u32string_view::npos && text[3] != U'県') return text;
  static const auto names = [] {
    std::array<std::u32string, prefectures.size()> made;
    for (std::size_t i = 0; i < made.size(); ++i) {
      std::string name;
      for (const char32_t c : prefectures[i]) append_utf8(c, name);
      made[i] = folded(name);
    }
    return made;
  }();
  for (const std::u32string& name : names) {
    if (!text.starts_with(name)) continue;
    text.remove_prefix(name.size());
    if (text.starts_with(U' ')) text.remove_prefix(1);
    break;
  }
  return text;
}

/// Writes a key while reading a folded address once from left to right.
class KeyWriter {
 public:
  explicit KeyWriter(std::u32string_view text) : text_(text) { key_.reserve(3 * text.size()); }

  std::string take() {
    while (at_ < text_.size()) {
      const char32_t c = text_[at_];
      if (is_digit(c)) {
        number();
      } else if (is_kanji_numeral(c)) {
        numerals();
      } else if (c == ' ') {
        ++at_;
      } else {
        append_utf8(c, key_);
        ++at_;
      }
    }
    return std::move(key_);
  }

 private:
  [[nodiscard]] std::u32string_view ahead() const { return text_.substr(at_); }
  [[nodiscard]] bool digit_ahead(std::size_t skip = 0) const {
    return at_ + skip < text_.size() && is_digit(text_[at_ + skip]);
  }

  /// Digits, and what divides them from more digits.
  void number() {
    while (digit_ahead()) key_.push_back(static_cast<char>(text_[at_++]));
    const bool divided = pass_unit();
    if (divided) {
      pass_divider();
      if (number_ahead()) key_.push_back('-');
    } else if (is_divider() && digit_ahead(1)) {
      pass_divider();
      key_.push_back('-');
    } else if (at_ < text_.size() && text_[at_] == ' ' && digit_ahead(1)) {
      key_.push_back(' ');
    }
  }

  /// Passes 丁目, 丁, 番地, 番 or 号 where it ends a number.
  bool pass_unit() {
    for (const std::u32string_view unit : {U"丁目", U"番地"}) {
      if (!ahead().starts_with(unit)) continue;
      at_ += unit.size();
      return true;
    }
    if (at_ == text_.size()) return false;
    const char32_t c = text_[at_];
    if (c != U'丁' && c != U'番' && c != U'号') return false;
    const char32_t next = at_ + 1 < text_.size() ? text_[at_ + 1] : U' ';
    if (not_behind_number.find(next) != std::u32string_view::npos) return false;
    ++at_;
    return true;
  }

  [[nodiscard]] bool is_divider() const {
    constexpr std::u32string_view dividers = U"-ノ之";
    return at_ < text_.size() && dividers.find(text_[at_]) != std::u32string_view::npos;
  }

  /// Passes spaces and one hyphen or ノ, if a number follows them.
  void pass_divider() {
    const std::size_t from = at_;
    pass_spaces();
    if (is_divider()) ++at_;
    pass_spaces();
    if (!number_ahead()) at_ = from;
  }

  void pass_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  [[nodiscard]] bool number_ahead() const { return digit_ahead() || chome_ahead().has_value(); }

  struct Chome {
    int number;
    std::size_t length;
  };

  /// 三丁目: the number and how many characters it takes without 丁目.
  [[nodiscard]] std::optional<Chome> chome_ahead() const {
    const std::u32string_view rest = ahead();
    std::size_t length = 0;
    while (length < rest.size() && is_kanji_numeral(rest[length])) ++length;
    if (length == 0 || !rest.substr(length).starts_with(U"丁目")) return {};
    const std::optional<int> number = kanji_number_by_units(rest.substr(0, length));
    if (!number) return {};
    return Chome{*number, length};
  }

  /// Numerals in kanji: a number before 丁目, otherwise part of a name.
  void numerals() {
    if (const std::optional<Chome> chome = chome_ahead()) {
      key_.append(std::to_string(chome->number));
      at_ += chome->length;
      number();
      return;
    }
    while (at_ < text_.size() && is_kanji_numeral(text_[at_])) append_utf8(text_[at_++], key_);
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
  std::string key_;
};

}  // namespace

std::string address_key(std::string_view text) {
  const std::u32string plain = folded(text);
  return KeyWriter(without_head(plain)).take();
}

}  // namespace renraku::text
