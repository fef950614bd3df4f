// Words that must appear nowhere, and the search for them in whatever form they could leak.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace renraku::canary {

/// A word's form and what it is a form of, for the message of a test.
struct Form {
  std::string bytes;
  std::string of;
};

/// Forms are in UTF-8, both UTF-16 and CP932; as written, folded as the library does for searching,
/// in katakana, hiragana and half-width kana; and all of these in hexadecimal and in base64 at each
/// of its three offsets.
class Words {
 public:
  /// Less would be found by chance.
  static constexpr std::size_t form_min = 6;
  static constexpr std::size_t digits_min = 7;

  void add(const std::string& word);
  /// Written as people write days, in the years of eras too.
  void add_day(const Date& day);
  /// As written and its digits; of these any seven in a row, but for those that are nearly all the
  /// same.
  void add_phone(const std::string& written);

  /// The first one that any bytes hold; none when they hold none.
  [[nodiscard]] std::optional<Form> in_bytes(std::string_view bytes) const;
  /// The same of a log or a dump: what it writes in hexadecimal (\x…) or base64 is read too, and
  /// digits count where they are a number of their own, not a part of a time or a key.
  [[nodiscard]] std::optional<Form> in_text(std::string_view text) const;

  [[nodiscard]] const std::vector<Form>& forms() const { return forms_; }

 private:
  void add_spelling(const std::string& spelling, const std::string& of);
  void add_encoded(const std::string& bytes, const std::string& of);
  void add_form(const std::string& bytes, const std::string& of);
  /// The form that begins there, if any.
  [[nodiscard]] const Form* form_at(std::string_view bytes, std::size_t at) const;
  [[nodiscard]] std::optional<Form> in_numbers(std::string_view text) const;
  [[nodiscard]] std::optional<Form> in_base64(std::string_view text) const;

  static constexpr std::size_t key_bits = 20;
  [[nodiscard]] static std::uint32_t head_of(const char* bytes);
  [[nodiscard]] static std::size_t slot_of(std::uint32_t head);

  std::vector<Form> forms_;
  std::unordered_multimap<std::uint32_t, std::size_t> by_head_;
  /// Whether any form begins so: most places of what is searched are passed by with this alone.
  std::vector<bool> begins_ = std::vector<bool>(std::size_t{1} << key_bits);
  /// Seven digits of a phone, eight of a day, and whose.
  std::unordered_map<std::string, std::string> digits_;
};

}  // namespace renraku::canary
