// What a list looks for in texts. The library compares, not SQL: the texts are personal data, which
// a server that is not trusted holds sealed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace renraku::domain {

/// As they were written; whoever is found fits them all. An empty one is none, save that an address
/// leaves out whoever's place is hidden from the reader.
struct SearchNeedles {
  std::optional<std::string> name;
  std::optional<std::string> kana;
  std::optional<std::string> address;
  /// Anywhere in all of them.
  std::optional<std::string> text;
  /// In the list's own column (ReadingList::Sql::own_texts).
  std::optional<std::string> own;
  /// Leaves out whoever's place is hidden from the reader, because some other condition of the
  /// query speaks of places.
  bool places_only_seen = false;
  /// Finds nobody by 宛名番号, for a reader who does not see it.
  bool without_number = false;
};

/// The needles folded, as texts are folded that they are looked for in.
class FoldedNeedles {
 public:
  /// Error{too_large} for one that is longer than anything it could be found in.
  explicit FoldedNeedles(const SearchNeedles& needles);

  [[nodiscard]] bool any() const { return name_ || kana_ || address_ || text_ || own_; }
  /// Places are looked at, so it has to be known who is hidden.
  [[nodiscard]] bool in_places() const { return address_ || text_; }

  /// The pairs of characters (text_pairs.hpp) that whoever fits has, in one of these ways. None
  /// where a needle is too short to have any, and who fits is among all. `of_entries`: the list
  /// looks in what the roster's entries have written, too.
  [[nodiscard]] std::vector<std::string> pairs(bool of_entries) const;

  /// Whether all of it fits a row of person_search whose texts `row.named` and `row.placed` give
  /// when called; so do `row.written` and `row.own` with the list's own. A place matches only where
  /// `row.hidden()` is false.
  template <class Row>
  [[nodiscard]] bool fit(const Row& row) const {
    if (own_ && !holds(row.own(), *own_)) return false;
    if (name_ && !holds(names_in(row.named()), *name_)) return false;
    if (kana_ && !holds(names_in(row.named()), *kana_)) return false;
    if (address_ && (!holds(row.placed(), *address_) || row.hidden())) return false;
    return !text_ || holds(names_in(row.named()), *text_) || written_holds(row.written()) ||
           (holds(row.placed(), placed_text_) && !row.hidden());
  }

 private:
  [[nodiscard]] static bool holds(std::string_view text, const std::string& needle);
  /// What names the person, as far as the reader may look for it.
  [[nodiscard]] std::string_view names_in(std::string_view named) const;
  [[nodiscard]] bool written_holds(std::string_view written) const;

  std::optional<std::string> name_;
  std::optional<std::string> kana_;
  std::optional<std::string> address_;
  /// Folded as names are, and as places.
  std::optional<std::string> text_;
  std::string placed_text_;
  std::optional<std::string> own_;
  bool without_number_;
};

}  // namespace renraku::domain
