#include "domain/carrying/carrying.hpp"

#include <algorithm>

#include "domain/people/people.hpp"
#include "domain/roster/roster.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

storage::Cell folded(std::string_view text) {
  return text::search_text(text);
}
storage::Cell digest_of(std::string_view cells) {
  const crypto::Digest digest = open_row_digest(cells);
  return std::string(digest.begin(), digest.end());
}
/// Its records are drained where they were written, and nowhere else.
storage::Cell has_ended(std::string_view) {
  return std::int64_t{1};
}

const std::array made{
    storage::MadeColumn{"evacuee", "district_key", "district", folded},
    storage::MadeColumn{"evacuee", "care_level_key", "care_level", folded},
    storage::MadeColumn{"open_row", "digest", "cells", digest_of},
    storage::MadeColumn{"journal_tail", "ended", "id", has_ended},
};

constexpr std::string_view mark_patient =
    "UPDATE person_search SET patient = :patient WHERE person = :person";

/// A person with all that is made of it.
class CarriedPeople final : public storage::Carried {
 public:
  explicit CarriedPeople(storage::ModelTable table)
      : Carried(std::move(table), made,
                {", s.patient AS patient",
                 " LEFT JOIN person_search s ON s.person = t.pk",
                 {storage::Holds::text}}) {}

  void add(storage::Transaction& to, const storage::Cells& row) const override {
    Carried::add(to, row);
    const Person person = person_of(row);
    write_index(to, key_of(row), person.municipality, index_of(person));
    const auto* patient = std::get_if<std::string>(&row.back());
    if (patient) to.query(mark_patient).bind("patient", *patient).bind("person", key_of(row)).run();
  }

  void remove(storage::Transaction& to, const storage::Cells& row) const override {
    unindex_person(to, key_of(row));
    Carried::remove(to, row);
  }

 private:
  [[nodiscard]] std::int64_t key_of(const storage::Cells& row) const {
    return std::get<std::int64_t>(row[place("pk")]);
  }
  [[nodiscard]] Person person_of(const storage::Cells& row) const {
    const storage::CellColumns columns(row);
    Person person;
    storage::for_each_column<Person>([&](auto field) {
      storage::from_column(columns, static_cast<int>(place(field.name)), person.*field.pointer);
    });
    return person;
  }
};

}  // namespace

std::vector<std::unique_ptr<storage::Carried>> carried_tables(
    std::span<const storage::Migration> steps) {
  std::vector<std::unique_ptr<storage::Carried>> tables;
  for (storage::ModelTable& table : storage::model_of(steps)) {
    if (std::ranges::find(tables_of_people, table.name) != tables_of_people.end()) continue;
    if (table.name == "person") {
      tables.push_back(std::make_unique<CarriedPeople>(std::move(table)));
    } else {
      tables.push_back(std::make_unique<storage::Carried>(std::move(table), made));
    }
  }
  return tables;
}

}  // namespace renraku::domain
