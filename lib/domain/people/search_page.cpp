#include "domain/people/search_page.hpp"

#include <charconv>

#include "crypto/hash.hpp"
#include "domain/absent.hpp"
#include "domain/people/hidden.hpp"
#include "text/address.hpp"
#include "text/fold.hpp"
#include "text/phone.hpp"

namespace renraku::domain {
namespace {

/// More is no search: the longest address is shorter.
constexpr std::size_t needle_limit = 500;

// '%' and '_' in a needle are themselves.
std::string pattern(const std::string& needle) {
  std::string out = "%";
  for (const char c : needle) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out += '%';
}

bool is_given(const std::optional<std::string>& needle) {
  if (!needle || needle->empty()) return false;
  if (needle->size() <= needle_limit) return true;
  throw Error(ErrorCode::too_large, fmt::format("look for at most {} bytes", needle_limit), "text");
}

std::optional<std::string> place_pattern(const std::optional<std::string>& needle) {
  if (!is_given(needle)) return std::nullopt;
  // A telephone number is kept as its digits alone, a fragment of one is digits anyway.
  const auto phone = text::read_phone(*needle);
  return pattern(phone ? phone->digits : text::address_key(*needle));
}

}  // namespace

std::optional<std::string> search_pattern(const std::optional<std::string>& needle) {
  if (!is_given(needle)) return std::nullopt;
  return pattern(text::search_text(*needle));
}

std::string search_condition(std::string_view also) {
  const std::string alternative = also.empty() ? "" : fmt::format("OR {} ", also);
  return unless_absent("name", "s.named LIKE :name ESCAPE '\\'") + " AND " +
         unless_absent("kana", "s.named LIKE :kana ESCAPE '\\'") + " AND " +
         unless_absent("address", "s.placed LIKE :address ESCAPE '\\'") + " AND " +
         unless_absent("named_text", "s.named LIKE :named_text ESCAPE '\\' " + alternative +
                                         "OR (s.placed LIKE :placed_text ESCAPE '\\' AND NOT " +
                                         hidden("s.person") + ")") +
         " AND (:places_only_seen = 0 OR NOT " + hidden("s.person") + ")";
}

std::string SearchPlace::cursor() const {
  return crypto::hex(sort) + "." + std::to_string(pk);
}

SearchPlace SearchPlace::parse(const std::string& cursor) {
  SearchPlace place;
  if (cursor.empty()) return place;
  const auto refuse = [] {
    return Error(ErrorCode::invalid, "this is no cursor of this list; start from the beginning",
                 "after");
  };
  const std::size_t dot = cursor.find('.');
  if (dot == std::string::npos || dot % 2 != 0) throw refuse();
  for (std::size_t i = 0; i < dot; i += 2) {
    std::uint8_t byte = 0;
    const auto [end, wrong] = std::from_chars(cursor.data() + i, cursor.data() + i + 2, byte, 16);
    if (wrong != std::errc{} || end != cursor.data() + i + 2) throw refuse();
    place.sort.push_back(byte);
  }
  const char* const last = cursor.data() + cursor.size();
  const auto [end, wrong] = std::from_chars(cursor.data() + dot + 1, last, place.pk);
  if (wrong != std::errc{} || end != last) throw refuse();
  return place;
}

void bind_search(storage::Query& query, const access::Permit& permit, const SearchNeedles& needles,
                 const PageRequest& request, int size) {
  const SearchPlace place = SearchPlace::parse(request.after);
  bind_reader(query, permit);
  query.bind("municipality", permit.scope().municipality)
      .bind("name", search_pattern(needles.name))
      .bind("kana", search_pattern(needles.kana))
      .bind("address", place_pattern(needles.address))
      .bind("named_text", search_pattern(needles.text))
      .bind("placed_text", place_pattern(needles.text))
      .bind("places_only_seen", needles.places_only_seen || needles.address.has_value())
      .bind("sort", place.sort)
      .bind("pk", place.pk)
      .bind("size", size + 1);
}

}  // namespace renraku::domain
