#include "domain/carrying/carrying.hpp"

#include <algorithm>

#include "domain/people/people.hpp"
#include "domain/roster/roster.hpp"
#include "domain/text_index/text_index.hpp"
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
class CarriedPeople : public storage::Carried {
 public:
  explicit CarriedPeople(storage::ModelTable table, storage::Slice slice = {})
      : Carried(std::move(table), made,
                {", s.patient AS patient",
                 " LEFT JOIN person_search s ON s.person = t.pk",
                 {storage::Holds::text}},
                std::move(slice)) {}

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

 protected:
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

/// Those of one municipality. Whose keys they are is asked by their rows, so what is no more there
/// has to take its keys along.
class CarriedResidents final : public CarriedPeople {
 public:
  using CarriedPeople::CarriedPeople;

  void remove(storage::Transaction& to, const storage::Cells& row) const override {
    to.query("DELETE FROM sealing_key WHERE owner = :person")
        .bind("person", person_of(row).id)
        .run();
    CarriedPeople::remove(to, row);
  }
};

/// Entries of the roster, with the pairs of characters that they are found by there.
class CarriedEntries final : public storage::Carried {
 public:
  CarriedEntries(storage::ModelTable table, storage::Slice slice)
      : Carried(std::move(table), made, std::move(slice)) {}

  void add(storage::Transaction& to, const storage::Cells& row) const override {
    Carried::add(to, row);
    const auto& municipality = std::get<std::string>(row[place("municipality")]);
    change_walked(to, municipality);
    if (!keeps_pairs(to, municipality)) return;
    put_pairs_of(to, municipality, person_of(row), PairPart::entry,
                 entry_pairs(std::get<std::string>(row[place("reference")])));
  }

  void remove(storage::Transaction& to, const storage::Cells& row) const override {
    remove_pairs_of(to, person_of(row), PairPart::entry);
    change_walked(to, std::get<std::string>(row[place("municipality")]));
    Carried::remove(to, row);
  }

 private:
  [[nodiscard]] std::int64_t person_of(const storage::Cells& row) const {
    return std::get<std::int64_t>(row[place("person_pk")]);
  }
};

/// Municipalities, whose switches say what those who are there already are found by.
class CarriedMunicipalities final : public storage::Carried {
 public:
  CarriedMunicipalities(storage::ModelTable table, storage::Slice slice)
      : Carried(std::move(table), made, std::move(slice)) {}

  void add(storage::Transaction& to, const storage::Cells& row) const override {
    Carried::add(to, row);
    follow_text_index(to, std::get<std::string>(row[place("code")]));
  }
};

/// Any table but that of people.
std::unique_ptr<storage::Carried> carried(storage::ModelTable table, storage::Slice slice = {}) {
  if (table.name == "evacuee") {
    return std::make_unique<CarriedEntries>(std::move(table), std::move(slice));
  }
  if (table.name == "municipality") {
    return std::make_unique<CarriedMunicipalities>(std::move(table), std::move(slice));
  }
  return std::make_unique<storage::Carried>(std::move(table), made, std::move(slice));
}

bool is_made_anew(const storage::ModelTable& table) {
  return table.name == table_of_pairs || table.name == table_of_stamps ||
         std::ranges::find(tables_of_people, table.name) != tables_of_people.end();
}

constexpr std::string_view nothing;
constexpr std::string_view by_member =
    "t.member IN (SELECT id FROM member WHERE municipality = :code)";

struct Part {
  std::string_view table;
  std::string_view where;
};
/// All that is not simply said by a column `municipality`.
constexpr std::array parts{
    Part{"municipality", "t.code = :code"},
    Part{"credential", by_member},
    Part{"totp", by_member},
    Part{"recovery_code", by_member},
    Part{"known_device", by_member},
    Part{"served_district",
         "t.organisation IN (SELECT id FROM organisation WHERE municipality = :code)"},
    Part{"assertion_used",
         "t.application IN (SELECT id FROM application WHERE municipality = :code) "
         "AND t.expires > :now"},
    Part{"protected_person", "t.person BETWEEN :first AND :last"},
    Part{"protection_officer", "t.by_person BETWEEN :first AND :last"},
    Part{"open_row_person", "t.open_row BETWEEN :first AND :last"},
    Part{"key_rotation", "t.municipality = :id"},
    Part{"sealing_key", "t.owner IN (SELECT id FROM person WHERE pk BETWEEN :first AND :last)"},
    Part{"journal_chain",
         "t.pk BETWEEN :first AND :last AND t.pk NOT BETWEEN :spared AND :spared_last"},
    Part{"journal", "t.pk BETWEEN :first AND :last AND t.pk NOT BETWEEN :spared AND :spared_last"},
    Part{"journal_subject",
         "t.entry BETWEEN :first AND :last AND t.entry NOT BETWEEN :spared AND :spared_last"},
    Part{"journal_segment",
         "t.chain BETWEEN :first AND :last AND t.chain NOT BETWEEN :spared AND :spared_last"},
    // A session is a store's with the member, and so is how often somebody failed to open one: its
    // members sign in anew.
    Part{"login_session", nothing},
    Part{"sign_in_failure", nothing},
    // Where this municipality stands between two stores.
    Part{"municipality_move", nothing},
    // What the store as a whole wrote, keeps elsewhere, or is the witness of.
    Part{"journal_tail", nothing},
    Part{"earlier_tail_key", nothing},
    Part{"backup", nothing},
    Part{"witnessed_head", nothing},
    Part{"witnessed_removal", nothing},
};

}  // namespace

std::string part_of_municipality(const storage::ModelTable& table) {
  const auto part = std::ranges::find(parts, table.name, &Part::table);
  if (part != parts.end()) return std::string(part->where);
  const auto column = std::ranges::find(table.columns, "municipality", &storage::ModelColumn::name);
  if (column != table.columns.end() && column->holds == storage::Holds::text) {
    return "t.municipality = :code";
  }
  throw Error(ErrorCode::internal, "nobody decided what of this table is a municipality's",
              table.name);
}

std::function<void(storage::Query&)> binding(const OfMunicipality& of) {
  return [of](storage::Query& query) {
    const storage::KeyRange range = storage::key_range(of.code);
    const auto bind = [&](std::string_view name, const auto& value) {
      if (query.takes(name)) query.bind(name, value);
    };
    bind("code", of.code);
    bind("id", of.id);
    bind("first", range.first);
    bind("last", range.last);
    bind("spared", of.spared.first);
    bind("spared_last", of.spared.last);
    bind("now", of.now);
  };
}

std::vector<std::unique_ptr<storage::Carried>> carried_tables(
    std::span<const storage::Migration> steps, const OfMunicipality& of) {
  std::vector<std::unique_ptr<storage::Carried>> tables;
  for (storage::ModelTable& table : storage::model_of(steps)) {
    if (is_made_anew(table)) continue;
    std::string where = part_of_municipality(table);
    if (where.empty()) continue;
    storage::Slice slice{std::move(where), binding(of)};
    if (table.name == "person") {
      tables.push_back(std::make_unique<CarriedResidents>(std::move(table), std::move(slice)));
    } else {
      tables.push_back(carried(std::move(table), std::move(slice)));
    }
  }
  // Their keys go with people, and come after them.
  std::ranges::stable_partition(tables,
                                [](const auto& each) { return each->name() != "sealing_key"; });
  return tables;
}

std::vector<std::unique_ptr<storage::Carried>> carried_tables(
    std::span<const storage::Migration> steps) {
  std::vector<std::unique_ptr<storage::Carried>> tables;
  for (storage::ModelTable& table : storage::model_of(steps)) {
    if (is_made_anew(table)) continue;
    if (table.name == "person") {
      tables.push_back(std::make_unique<CarriedPeople>(std::move(table)));
    } else {
      tables.push_back(carried(std::move(table)));
    }
  }
  return tables;
}

}  // namespace renraku::domain
