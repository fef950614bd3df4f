// What the journal last said of each record, and so how rows stand that nobody else wrote.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/journal/entry.hpp"

namespace renraku::access {

/// Takes in entries in any order, and is then asked for each stored record once. Of what an
/// archive keeps whose file is away nothing is known: nothing is claimed that may have changed
/// there. Used by one thread; 48 bytes a record, three times that while entries come in.
class LastWords {
 public:
  /// What a stored record has to be.
  struct Standing {
    /// At least of this revision; 0 where the journal that could be read says nothing of it.
    std::int64_t revision = 0;
    /// Not there: it was erased with a person of whom it was.
    bool is_erased = false;
  };

  void take(const Entry& entry);
  /// Entries of this municipality up to then can't be read.
  void miss(const std::string& municipality, Instant until);

  [[nodiscard]] Standing of(std::string_view kind, const Uuid& id);
  /// Records of that kind that nobody has asked for, and that were not erased.
  [[nodiscard]] std::vector<Uuid> not_asked_for(std::string_view kind);
  [[nodiscard]] const std::set<Uuid>& erased() const { return erased_; }

 private:
  /// That one record came to one revision; a record that was of two people has one for each.
  struct Word {
    Uuid id;
    Uuid subject;
    Instant at;
    std::uint32_t revision = 0;
    /// By its place among them.
    std::uint16_t municipality = 0;
    bool asked = false;
  };
  struct Words {
    std::vector<Word> words;
    /// How many there are before it is worth while to sort them and keep the last of each.
    std::size_t room = 1024;
    bool sorted = false;

    void add(const Word& word);
    void keep_last();
  };
  [[nodiscard]] Words* sorted(std::string_view kind);
  [[nodiscard]] std::uint16_t place_of(const std::string& municipality);

  std::map<std::string, Words, std::less<>> kinds_;
  std::set<Uuid> erased_;
  std::map<std::string, std::uint16_t, std::less<>> municipalities_;
  /// By the municipality's place.
  std::vector<Instant> missed_until_;
};

}  // namespace renraku::access
