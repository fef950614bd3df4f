// The tables of people.
#pragma once

#include <string_view>

namespace renraku::domain {

/// person_search and person_key hold nothing of their own: they are made from `person` and can be
/// made anew when folding or collation changes.
inline constexpr std::string_view person_schema_1 = R"sql(
CREATE TABLE person (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  name @sealed NOT NULL,
  kana @sealed NOT NULL,
  kana_written @sealed NOT NULL,
  birth_date @sealed,
  birth_written @sealed NOT NULL,
  sex @sealed,
  addresses @sealed NOT NULL,
  phones @sealed NOT NULL,
  municipal_number @sealed NOT NULL,
  protection @sealed
);

CREATE TABLE person_search (
  person @key,
  municipality TEXT NOT NULL,
  sort @ordered NOT NULL,
  named @sealed NOT NULL,
  placed @sealed NOT NULL
);
CREATE INDEX person_search_sort ON person_search (municipality, sort, person);

CREATE TABLE person_key (
  key @keyed NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (key, person)
) @clustered;

CREATE TABLE protected_person (
  person BIGINT NOT NULL,
  by_person BIGINT NOT NULL,
  from_day TEXT,
  until_day TEXT,
  PRIMARY KEY (person, by_person)
) @vouched @clustered;

CREATE TABLE protection_officer (
  by_person BIGINT NOT NULL,
  member @bytes NOT NULL,
  PRIMARY KEY (by_person, member)
) @vouched @clustered;
)sql";

/// Access is decided by the id of whom a protection covers.
inline constexpr std::string_view person_schema_2 = R"sql(
ALTER TABLE protected_person ADD COLUMN id @bytes;
@embedded UPDATE protected_person SET id = (SELECT p.id FROM person p WHERE p.pk = protected_person.person);
CREATE INDEX protected_person_id ON protected_person (id);
)sql";

}  // namespace renraku::domain
