#include "domain/people/needles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <renraku/error.hpp>

#include "domain/people/text_pairs.hpp"
#include "text/address.hpp"
#include "text/fold.hpp"
#include "text/phone.hpp"

namespace renraku::domain {
namespace {

/// More is no search: the longest address is shorter.
constexpr std::size_t needle_limit = 500;

bool is_given(const std::optional<std::string>& needle) {
  if (!needle || needle->empty()) return false;
  if (needle->size() <= needle_limit) return true;
  throw Error(ErrorCode::too_large, fmt::format("look for at most {} bytes", needle_limit), "text");
}

std::optional<std::string> folded(const std::optional<std::string>& needle) {
  if (!is_given(needle)) return std::nullopt;
  return text::search_text(*needle);
}

std::string folded_place(const std::string& needle) {
  // A telephone number is kept as its digits alone, a fragment of one is digits anyway.
  const auto phone = text::read_phone(needle);
  return phone ? phone->digits : text::address_key(needle);
}

}  // namespace

FoldedNeedles::FoldedNeedles(const SearchNeedles& needles)
    : name_(folded(needles.name)),
      kana_(folded(needles.kana)),
      text_(folded(needles.text)),
      own_(folded(needles.own)),
      without_number_(needles.without_number) {
  // An empty address speaks of places too: it is in everybody's that the reader sees.
  if (needles.address) address_ = is_given(needles.address) ? folded_place(*needles.address) : "";
  if (text_) placed_text_ = folded_place(*needles.text);
}

std::vector<std::string> FoldedNeedles::pairs(bool of_entries) const {
  std::string all;
  for (const auto* const needle : {&name_, &kana_}) {
    if (*needle) add_pairs(all, PairOf::name, **needle);
  }
  if (address_) add_pairs(all, PairOf::place, *address_);
  std::vector<std::string> ways{all};
  if (text_) {
    add_pairs(ways.front(), PairOf::name, *text_);
    add_pairs(ways.emplace_back(all), PairOf::place, placed_text_);
    // An entry's pairs are in a row of their own.
    if (of_entries) ways.push_back(pairs_of(PairOf::entry, *text_));
  }
  if (std::ranges::any_of(ways, &std::string::empty)) return {};
  return ways;
}

bool FoldedNeedles::holds(std::string_view text, const std::string& needle) {
  if (needle.empty()) return true;
  if (text.size() < needle.size()) return false;
  // Characters of one script begin with the same byte, which find() would stop at each time.
  return ::memmem(text.data(), text.size(), needle.data(), needle.size()) != nullptr;
}

std::string_view FoldedNeedles::names_in(std::string_view named) const {
  if (!without_number_ || named.empty()) return named;
  // The number is the last of the lines.
  named.remove_suffix(1);
  return named.substr(0, named.rfind('\n') + 1);
}

bool FoldedNeedles::written_holds(std::string_view written) const {
  return !written.empty() && holds(text::search_text(written), *text_);
}

}  // namespace renraku::domain
