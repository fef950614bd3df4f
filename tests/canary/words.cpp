#include "canary/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "crypto/base64.hpp"
#include "crypto/hash.hpp"
#include "text/address.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"
#include "text/kana.hpp"
#include "text/utf8.hpp"

namespace renraku::canary {
namespace {

std::string utf16(const std::string& utf8, bool big_endian) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = text::next_code_point(utf8, at);
    const char high = static_cast<char>(c >> 8);
    const char low = static_cast<char>(c & 0xff);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

std::string hiragana_of(const std::string& katakana) {
  std::string out;
  for (std::size_t at = 0; at < katakana.size();) {
    const char32_t c = text::next_code_point(katakana, at);
    text::append_utf8(c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c, out);
  }
  return out;
}

/// Half-width, by the library's own widening read backwards; what has no half-width form stays.
std::string half_width_of(const std::string& katakana) {
  std::string out;
  for (std::size_t at = 0; at < katakana.size();) {
    const char32_t c = text::next_code_point(katakana, at);
    std::string found;
    for (char32_t half = 0xFF66; half <= 0xFF9D && found.empty(); ++half) {
      const char32_t wide = text::widened_kana(half);
      if (wide == c) text::append_utf8(half, found);
      for (const char32_t mark : {0x3099U, 0x309AU}) {
        if (!found.empty() || text::compose_kana(wide, mark) != c) continue;
        text::append_utf8(half, found);
        text::append_utf8(mark == 0x3099 ? 0xFF9E : 0xFF9F, found);
      }
    }
    if (found.empty()) text::append_utf8(c, found);
    out += found;
  }
  return out;
}

std::string full_width_digits(const std::string& digits) {
  std::string out;
  for (const char c : digits) text::append_utf8(U'\uFF10' + static_cast<char32_t>(c - '0'), out);
  return out;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_base64(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/' ||
         c == '-' || c == '_';
}
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int value_of_hex(char c) {
  return is_digit(c) ? c - '0' : c - 'a' + 10;
}

std::string from_hex(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    out += static_cast<char>(value_of_hex(text[at]) << 4 | value_of_hex(text[at + 1]));
  }
  return out;
}

std::string from_base64(std::string_view text) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (const char c : text) {
    bits = bits << 6 | static_cast<unsigned>(letters.find(c == '-' ? '+' : c == '_' ? '/' : c));
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held);
  }
  return out;
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

/// What base64 makes of the bytes wherever they stand: without the letters that their neighbours
/// have a part in.
std::string base64_inside(const std::string& bytes, std::size_t offset) {
  const std::string before(offset, '\0');
  std::string text = crypto::base64(crypto::view_of(before + bytes));
  text.resize((offset + bytes.size()) * 8 / 6);
  return text.substr((offset * 8 + 5) / 6);
}

}  // namespace

std::uint32_t Words::head_of(const char* bytes) {
  std::uint32_t head = 0;
  std::memcpy(&head, bytes, sizeof head);
  return head;
}

std::size_t Words::slot_of(std::uint32_t head) {
  return (head * 2654435761U) >> (32 - key_bits);
}

void Words::add_form(const std::string& bytes, const std::string& of) {
  if (bytes.size() < form_min) return;
  const auto [first, last] = by_head_.equal_range(head_of(bytes.data()));
  for (auto found = first; found != last; ++found) {
    if (forms_[found->second].bytes == bytes) return;
  }
  by_head_.emplace(head_of(bytes.data()), forms_.size());
  begins_[slot_of(head_of(bytes.data()))] = true;
  forms_.push_back({bytes, of});
}

void Words::add_encoded(const std::string& bytes, const std::string& of) {
  if (bytes.size() < form_min) return;
  add_form(bytes, of);
  const std::string hex = crypto::hex(crypto::view_of(bytes));
  add_form(hex, of + " in hexadecimal");
  add_form(upper(hex), of + " in hexadecimal");
  for (std::size_t offset = 0; offset < 3; ++offset) {
    std::string letters = base64_inside(bytes, offset);
    // Seven are found by chance in a large log.
    if (letters.size() < 8) continue;
    add_form(letters, of + " in base64url");
    std::ranges::replace(letters, '-', '+');
    std::ranges::replace(letters, '_', '/');
    add_form(letters, of + " in base64");
  }
}

void Words::add_spelling(const std::string& spelling, const std::string& of) {
  add_encoded(spelling, of);
  add_encoded(utf16(spelling, false), of + " in UTF-16LE");
  add_encoded(utf16(spelling, true), of + " in UTF-16BE");
  text::EncodingLoss loss;
  std::string cp932;
  text::encode_cp932(spelling, cp932, loss);
  if (loss.replaced == 0) add_encoded(cp932, of + " in CP932");
}

void Words::add(const std::string& word) {
  const std::string katakana = text::to_katakana(word);
  add_spelling(word, word);
  add_spelling(text::fold(word), word + ", folded");
  add_spelling(text::search_text(word), word + ", as it is searched");
  add_spelling(text::address_key(word), word + ", as an address");
  add_spelling(katakana, word + ", in katakana");
  add_spelling(hiragana_of(katakana), word + ", in hiragana");
  add_spelling(half_width_of(katakana), word + ", in half-width kana");
}

void Words::add_day(const Date& day) {
  const std::string of = day.text();
  const auto [y, m, d] = std::tuple{int{day.year}, int{day.month}, int{day.day}};
  if (m == 0 || d == 0) return;
  add_spelling(of, of);
  add_spelling(fmt::format("{}/{}/{}", y, m, d), of + " with slashes");
  add_spelling(fmt::format("{}/{:02}/{:02}", y, m, d), of + " with slashes");
  add_spelling(fmt::format("{}年{}月{}日", y, m, d), of + " in Japanese");
  digits_.emplace(fmt::format("{}{:02}{:02}", y, m, d), of + " without marks");
  struct Era {
    const char* name;
    const char* letter;
    int before;
  };
  for (const auto& [name, letter, before] :
       {Era{"明治", "M", 1867}, Era{"大正", "T", 1911}, Era{"昭和", "S", 1925},
        Era{"平成", "H", 1988}, Era{"令和", "R", 2018}}) {
    const int year = y - before;
    if (year < 1 || year > 64) continue;
    add_spelling(fmt::format("{}{}年{}月{}日", name, year, m, d), of + " in its era");
    add_spelling(fmt::format("{}{:02}年{:02}月{:02}日", name, year, m, d), of + " in its era");
    add_spelling(fmt::format("{}{}.{}.{}", letter, year, m, d), of + " in its era");
    add_spelling(fmt::format("{}{:02}.{:02}.{:02}", letter, year, m, d), of + " in its era");
    add_spelling(fmt::format("{}{:02}{:02}{:02}", letter, year, m, d), of + " in its era");
  }
}

void Words::add_phone(const std::string& written) {
  std::string digits = text::fold(written);
  std::erase_if(digits, [](char c) { return !is_digit(c); });
  add_spelling(written, written);
  add_spelling(text::fold(written), written + ", folded");
  if (digits.size() < digits_min) return;
  add_spelling(full_width_digits(digits), written + ", full-width");
  constexpr std::size_t never_by_chance = 10;
  if (digits.size() >= never_by_chance) add_encoded(digits, written + ", its digits");
  for (const bool big_endian : {false, true}) {
    for (std::size_t at = 0; at + digits_min <= digits.size(); ++at) {
      add_encoded(utf16(digits.substr(at, digits_min), big_endian), written + ", seven in UTF-16");
    }
  }
  for (std::size_t at = 0; at + digits_min <= digits.size(); ++at) {
    const std::string seven = digits.substr(at, digits_min);
    if (std::set<char>(seven.begin(), seven.end()).size() < 3) continue;
    const std::string of = written + ", the digits " + seven;
    digits_.emplace(seven, of);
    add_form(crypto::hex(crypto::view_of(seven)), of + " in hexadecimal");
    for (std::size_t offset = 0; offset < 3; ++offset) {
      const std::string letters = base64_inside(seven, offset);
      if (letters.size() >= 8) add_form(letters, of + " in base64");
    }
  }
}

const Form* Words::form_at(std::string_view bytes, std::size_t at) const {
  const std::uint32_t head = head_of(bytes.data() + at);
  if (!begins_[slot_of(head)]) return nullptr;
  const auto [first, last] = by_head_.equal_range(head);
  for (auto found = first; found != last; ++found) {
    const Form& form = forms_[found->second];
    if (bytes.substr(at).starts_with(form.bytes)) return &form;
  }
  return nullptr;
}

std::optional<Form> Words::in_bytes(std::string_view bytes) const {
  for (std::size_t at = 0; at + form_min <= bytes.size(); ++at) {
    if (const Form* form = form_at(bytes, at)) return *form;
    if (!is_digit(bytes[at])) continue;
    for (const std::size_t many : {digits_min, digits_min + 1}) {
      if (!std::ranges::all_of(bytes.substr(at, many), is_digit)) break;
      const auto found = digits_.find(std::string(bytes.substr(at, many)));
      if (found != digits_.end()) return Form{found->first, found->second};
    }
  }
  return std::nullopt;
}

std::optional<Form> Words::in_numbers(std::string_view text) const {
  // A time in microseconds has sixteen digits, and holds any seven by chance.
  constexpr std::size_t number_max = 15;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    at = end;
    if (word.size() < digits_min || word.size() > number_max) continue;
    if (!std::ranges::all_of(word, is_digit)) continue;
    for (std::size_t begin = 0; begin + digits_min <= word.size(); ++begin) {
      const auto found = digits_.find(std::string(word.substr(begin, digits_min)));
      if (found != digits_.end()) return Form{found->first, found->second};
    }
    const auto day = digits_.find(std::string(word));
    if (day != digits_.end()) return Form{day->first, day->second};
  }
  return std::nullopt;
}

std::optional<Form> Words::in_base64(std::string_view text) const {
  constexpr std::size_t base64_min = 16;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_base64(text[end])) ++end;
    if (end - at >= base64_min) {
      if (auto found = in_bytes(from_base64(text.substr(at, end - at)))) return found;
    }
    at = end + 1;
  }
  return std::nullopt;
}

std::optional<Form> Words::in_text(std::string_view text) const {
  std::string rest;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find("\\x", at);
    rest += text.substr(at, begin == std::string_view::npos ? begin : begin - at);
    if (begin == std::string_view::npos) break;
    std::size_t end = begin + 2;
    while (end < text.size() && is_hex(text[end])) ++end;
    if (auto found = in_bytes(from_hex(text.substr(begin + 2, end - begin - 2)))) return found;
    rest += ' ';
    at = end;
  }
  if (auto found = in_base64(rest)) return found;
  if (auto found = in_numbers(rest)) return found;
  for (std::size_t at = 0; at + form_min <= rest.size(); ++at) {
    if (const Form* form = form_at(rest, at)) return *form;
  }
  return std::nullopt;
}

}  // namespace renraku::canary
