// Lists of rows as they came, the newest first. Private to this noun.
#pragma once

#include <fmt/format.h>

#include <limits>
#include <string>
#include <string_view>

#include "access/permit.hpp"
#include "domain/paging.hpp"

namespace renraku::domain {

/// The query that `list_newest` runs: `condition` is on the table's rows, called `r`; `also` are
/// further columns, each with a comma before it.
template <DescribedRecord Record>
[[nodiscard]] std::string newest_sql(std::string_view table, std::string_view condition,
                                     std::string_view also = {}) {
  return fmt::format(
      "SELECT r.pk AS pk, {}{} FROM {} r WHERE r.municipality = :municipality AND r.pk < :before "
      "AND {} ORDER BY r.pk DESC LIMIT :size",
      storage::columns<Record>("r"), also, table, condition);
}

/// Binds municipality, place and size; `bind(query)` the rest. `take(query, record)` completes each
/// record from its row.
template <DescribedRecord Record, class Bind, class Take>
Page<Record> list_newest(access::Permit& permit, std::string_view sql, const PageRequest& request,
                         Bind&& bind, Take&& take) {
  const int size = page_size(request);
  storage::Query query = permit.transaction().query(sql);
  query.bind("municipality", permit.scope().municipality)
      .bind("before", row_place(request, std::numeric_limits<std::int64_t>::max()))
      .bind("size", size + 1);
  bind(query);
  Page<Record> page;
  std::int64_t last = 0;
  while (query.next()) {
    if (page.items.size() == static_cast<std::size_t>(size)) {
      page.next = std::to_string(last);
      break;
    }
    last = query.read<std::int64_t>("pk");
    page.items.push_back(query.read<Record>());
    take(query, page.items.back());
  }
  return page;
}

}  // namespace renraku::domain
