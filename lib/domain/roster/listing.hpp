// Lists of what waits: in the order it came, in pages. Private to this noun.
#pragma once

#include <charconv>
#include <renraku/error.hpp>
#include <renraku/page.hpp>
#include <string>

#include "domain/paging.hpp"
#include "domain/people/people.hpp"
#include "storage/database.hpp"

namespace renraku::domain {

/// The key of the last row of the page before; 0 at the start.
[[nodiscard]] inline std::int64_t place_of(const PageRequest& request) {
  std::int64_t pk = 0;
  if (request.after.empty()) return pk;
  const char* const last = request.after.data() + request.after.size();
  const auto [end, wrong] = std::from_chars(request.after.data(), last, pk);
  if (wrong == std::errc{} && end == last) return pk;
  throw Error(ErrorCode::invalid, "this is no cursor of this list; start from the beginning",
              "after");
}

/// Whether a list's query asks what is hidden from the reader.
enum class Hides { nothing, places };

/// Fills a page from a query with the columns `pk` and those `take` reads; it is bound here with
/// municipality, reader, place and size.
template <class Item, Hides hides, class Take>
Page<Item> list_waiting(access::Permit& permit, std::string_view sql, const PageRequest& request,
                        Take&& take) {
  const int size = page_size(request);
  storage::Query query = permit.transaction().query(sql);
  query.bind("municipality", permit.scope().municipality)
      .bind("after", place_of(request))
      .bind("size", size + 1);
  if constexpr (hides == Hides::places) bind_reader(query, permit);
  Page<Item> page;
  std::int64_t last = 0;
  while (query.next()) {
    if (page.items.size() == static_cast<std::size_t>(size)) {
      page.next = std::to_string(last);
      break;
    }
    last = query.read<std::int64_t>("pk");
    page.items.push_back(take(query));
  }
  return page;
}

/// Copies every field that two records have by the same name and type.
template <DescribedRecord From, DescribedRecord To>
void copy_shared_fields(const From& from, To& to) {
  for_each_field<From>([&]<class F>(F) {
    for_each_field<To>([&]<class T>(T) {
      if constexpr (F::name == T::name &&
                    std::is_same_v<std::remove_cvref_t<decltype(from.*F::pointer)>,
                                   std::remove_cvref_t<decltype(to.*T::pointer)>>) {
        to.*T::pointer = from.*F::pointer;
      }
    });
  });
}

}  // namespace renraku::domain
