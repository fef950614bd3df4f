// A described record as a row: columns are named like fields.
//
// A field called `withheld` is never stored: it says of a copy, on its way out, that something was
// left out.
#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>

#include "storage/value.hpp"

namespace renraku::storage {

template <class Field>
inline constexpr bool is_stored = Field::name != std::string_view("withheld");

/// Calls visit(field) for each field that has a column.
template <DescribedRecord Record, class Visit>
void for_each_column(Visit&& visit) {
  for_each_field<Record>([&]<class F>(F field) {
    if constexpr (is_stored<F>) visit(field);
  });
}

/// "p.id, p.revision, …" with the table's alias, or bare names without one.
template <DescribedRecord Record>
std::string columns(std::string_view alias = {}) {
  std::string out;
  for_each_column<Record>([&](auto field) {
    if (!out.empty()) out += ", ";
    if (!alias.empty()) out.append(alias) += '.';
    out += field.name;
  });
  return out;
}

/// "p.id AS p_id, p.revision AS p_revision, p.municipality AS p_municipality": what a row's sealed
/// columns are bound to, for a SELECT that shows some of them and not the whole record.
inline std::string identity(std::string_view alias) {
  return fmt::format(
      "{0}.id AS {0}_id, {0}.revision AS {0}_revision, "
      "{0}.municipality AS {0}_municipality",
      alias);
}

/// INSERT of a record, with `extra` columns beside those of its fields (the row's key, an order).
template <DescribedRecord Record>
std::string insert_sql(std::string_view table, std::span<const std::string_view> extra) {
  std::string names;
  std::string values;
  const auto add = [&](std::string_view name) {
    if (!names.empty()) names += ", ", values += ", ";
    names += name;
    (values += ':') += name;
  };
  for (const std::string_view name : extra) add(name);
  for_each_column<Record>([&](auto field) { add(field.name); });
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, names, values);
}

/// The stored revision is the one before the record's own: a stale change finds nothing. The
/// column's type leads, so that PostgreSQL takes the parameter for no smaller number.
inline constexpr std::string_view from_before = "revision + 1 = :revision";

/// UPDATE of all of a record's row, with `extra` columns, by its id and where `condition` holds.
template <DescribedRecord Record>
std::string update_sql(std::string_view table, std::span<const std::string_view> extra,
                       std::string_view condition = from_before) {
  std::string sets;
  const auto add = [&](std::string_view name) {
    if (!sets.empty()) sets += ", ";
    sets += fmt::format("{0} = :{0}", name);
  };
  for (const std::string_view name : extra) add(name);
  for_each_column<Record>([&](auto field) {
    if (field.name != "id") add(field.name);
  });
  return fmt::format("UPDATE {} SET {} WHERE id = :id AND {}", table, sets, condition);
}

}  // namespace renraku::storage
