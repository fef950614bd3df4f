// The tables of segments that were moved out, and of what this store is the witness of.
#pragma once

#include <string_view>

namespace renraku::access {

inline constexpr std::string_view journal_schema_1 = R"sql(
CREATE TABLE journal_segment (
  id @bytes PRIMARY KEY,
  chain BIGINT NOT NULL,
  first BIGINT NOT NULL,
  last BIGINT NOT NULL,
  hash_before @bytes NOT NULL,
  hash_after @bytes NOT NULL,
  time BIGINT NOT NULL,
  file TEXT NOT NULL,
  digest @bytes NOT NULL,
  signer @bytes NOT NULL,
  signature @bytes NOT NULL,
  UNIQUE (chain, first)
) @clustered;

CREATE TABLE witnessed_head (
  node @bytes NOT NULL,
  municipality TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  hash TEXT NOT NULL,
  time BIGINT NOT NULL,
  signer TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (node, municipality, sequence, hash)
) @clustered;
)sql";

inline constexpr std::string_view journal_schema_2 = R"sql(
CREATE TABLE witnessed_removal (
  node @bytes NOT NULL,
  kind TEXT NOT NULL,
  id @bytes NOT NULL,
  municipality TEXT NOT NULL,
  taken BIGINT NOT NULL CHECK (taken IN (0, 1)),
  time BIGINT NOT NULL,
  signer TEXT NOT NULL,
  successions TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (node, kind, id, municipality, signature)
) @clustered;
)sql";

/// Which home a tail lies in, where a server's store has several; none for a store that is a
/// folder.
inline constexpr std::string_view journal_schema_3 = R"sql(
ALTER TABLE journal_tail ADD COLUMN home @bytes;
)sql";

}  // namespace renraku::access
