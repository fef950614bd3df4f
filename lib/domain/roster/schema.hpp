// The tables of what an import leaves for an officer.
#pragma once

#include <string_view>

namespace renraku::domain {

/// open_row.digest is of the cells, so that the same row is kept once however often its file comes.
/// `canonical` is the column's Japanese name. missing_evacuee.waiting is 0 once a later file names
/// the person again, or an officer has decided.
inline constexpr std::string_view roster_schema_1 = R"sql(
CREATE TABLE open_row (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  imported_at BIGINT NOT NULL,
  line BIGINT NOT NULL,
  canonical TEXT NOT NULL,
  reason TEXT NOT NULL,
  cells @sealed NOT NULL,
  guarded @bound BIGINT NOT NULL CHECK (guarded IN (0, 1)),
  state TEXT NOT NULL,
  digest @keyed_bytes NOT NULL,
  UNIQUE (municipality, digest)
);
CREATE INDEX open_row_state ON open_row (municipality, state, pk);

CREATE TABLE suspect (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  first @bytes NOT NULL,
  second @bytes NOT NULL,
  reasons TEXT NOT NULL,
  decision TEXT NOT NULL,
  UNIQUE (first, second)
);
CREATE INDEX suspect_decision ON suspect (municipality, decision, pk);

CREATE TABLE missing_evacuee (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  evacuee @bytes NOT NULL UNIQUE,
  person @bytes NOT NULL,
  noticed_at BIGINT NOT NULL,
  decision TEXT NOT NULL,
  waiting BIGINT NOT NULL CHECK (waiting IN (0, 1))
);
CREATE INDEX missing_evacuee_waiting ON missing_evacuee (municipality, waiting, pk);

CREATE TABLE import_conflict (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  evacuee @bytes NOT NULL,
  person @bound @bytes NOT NULL,
  canonical TEXT NOT NULL,
  placed @bound BIGINT NOT NULL CHECK (placed IN (0, 1)),
  stored @sealed NOT NULL,
  file @sealed NOT NULL,
  noticed_at BIGINT NOT NULL,
  decision TEXT NOT NULL,
  UNIQUE (evacuee, canonical, file)
);
CREATE INDEX import_conflict_decision ON import_conflict (municipality, decision, pk);
)sql";

/// Whom an open row may name, so that it is hidden with them, also when they come under protection
/// later.
inline constexpr std::string_view roster_schema_2 = R"sql(
CREATE TABLE open_row_person (
  open_row BIGINT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (open_row, person)
) @vouched @clustered;
)sql";

/// What is shown of a row is decided by its id and by the ids of whom it may name: keys are a
/// server's to change.
inline constexpr std::string_view roster_schema_3 = R"sql(
ALTER TABLE open_row_person ADD COLUMN row_id @bytes;
ALTER TABLE open_row_person ADD COLUMN person_id @bytes;
@embedded UPDATE open_row_person SET row_id = (SELECT o.id FROM open_row o WHERE o.pk = open_row_person.open_row), person_id = (SELECT p.id FROM person p WHERE p.pk = open_row_person.person);
CREATE INDEX open_row_person_row ON open_row_person (row_id);
CREATE INDEX open_row_person_person ON open_row_person (person_id);
)sql";

}  // namespace renraku::domain
