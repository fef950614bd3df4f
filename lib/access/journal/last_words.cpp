#include "access/journal/last_words.hpp"

#include <algorithm>
#include <tuple>

namespace renraku::access {
namespace {

/// Whom an entry says to be erased: such an act changes others' records in entries of their own.
bool tells_of_erasure(const Entry& entry) {
  return entry.outcome == Outcome::done && entry.changes.empty() &&
         (entry.action == Action::person_erase || entry.action == Action::backup_restore);
}

}  // namespace

void LastWords::Words::add(const Word& word) {
  words.push_back(word);
  sorted = false;
  if (words.size() < room) return;
  keep_last();
  room = 2 * words.size() + 1024;
}

void LastWords::Words::keep_last() {
  if (sorted) return;
  std::ranges::sort(words, [](const Word& one, const Word& other) {
    return std::tie(one.id, one.subject, other.revision) <
           std::tie(other.id, other.subject, one.revision);
  });
  const auto same = [](const Word& one, const Word& other) {
    return one.id == other.id && one.subject == other.subject;
  };
  words.erase(std::unique(words.begin(), words.end(), same), words.end());
  sorted = true;
}

std::uint16_t LastWords::place_of(const std::string& municipality) {
  const auto next = static_cast<std::uint16_t>(missed_until_.size());
  const auto [found, is_new] = municipalities_.try_emplace(municipality, next);
  if (is_new) missed_until_.emplace_back();
  return found->second;
}

void LastWords::take(const Entry& entry) {
  if (tells_of_erasure(entry)) erased_.insert(entry.subjects.begin(), entry.subjects.end());
  for (const ChangedRecord& changed : entry.changes) {
    auto kind = kinds_.find(changed.kind);
    if (kind == kinds_.end()) kind = kinds_.emplace(changed.kind, Words{}).first;
    kind->second.add({changed.id, entry.subjects.empty() ? Uuid{} : entry.subjects.front(),
                      entry.time, static_cast<std::uint32_t>(changed.parent_revision + 1),
                      place_of(entry.municipality)});
  }
}

void LastWords::miss(const std::string& municipality, Instant until) {
  Instant& missed = missed_until_[place_of(municipality)];
  missed.micros = std::max(missed.micros, until.micros);
}

LastWords::Words* LastWords::sorted(std::string_view kind) {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end()) return nullptr;
  found->second.keep_last();
  found->second.words.shrink_to_fit();
  return &found->second;
}

LastWords::Standing LastWords::of(std::string_view kind, const Uuid& id) {
  Standing standing;
  Words* said = sorted(kind);
  if (!said) return standing;
  for (Word& word : std::ranges::equal_range(said->words, id, {}, &Word::id)) {
    word.asked = true;
    standing.revision = std::max(standing.revision, std::int64_t{word.revision});
    standing.is_erased = standing.is_erased || erased_.contains(word.subject);
  }
  return standing;
}

std::vector<Uuid> LastWords::not_asked_for(std::string_view kind) {
  std::vector<Uuid> left;
  const Words* said = sorted(kind);
  if (!said) return left;
  for (auto word = said->words.begin(); word != said->words.end();) {
    const auto end = std::ranges::upper_bound(word, said->words.end(), word->id, {}, &Word::id);
    const bool may_be_gone = std::any_of(word, end, [&](const Word& each) {
      return each.asked || erased_.contains(each.subject) ||
             each.at <= missed_until_[each.municipality];
    });
    if (!may_be_gone) left.push_back(word->id);
    word = end;
  }
  return left;
}

}  // namespace renraku::access
