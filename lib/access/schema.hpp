// The tables of identity, keys and the journal.
#pragma once

#include <string_view>

namespace renraku::access {

inline constexpr std::string_view schema_1 = R"sql(
CREATE TABLE member (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  login TEXT NOT NULL,
  login_key TEXT NOT NULL,
  name TEXT NOT NULL,
  profession TEXT NOT NULL,
  roles TEXT NOT NULL,
  status TEXT NOT NULL,
  UNIQUE (municipality, login_key)
);

CREATE TABLE credential (
  member @bytes PRIMARY KEY,
  password_hash TEXT NOT NULL,
  changed_at BIGINT NOT NULL
) @clustered;

CREATE TABLE sign_in_failure (
  municipality TEXT NOT NULL,
  login_key TEXT NOT NULL,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (municipality, login_key)
) @clustered;

CREATE TABLE login_session (
  id @bytes PRIMARY KEY,
  member @bytes NOT NULL,
  municipality TEXT NOT NULL,
  token_digest @bytes NOT NULL UNIQUE,
  authentication TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ended_at BIGINT
) @clustered;
CREATE INDEX login_session_member ON login_session (member);

CREATE TABLE sealing_key (
  owner @bytes PRIMARY KEY,
  wrapped @bytes NOT NULL
) @clustered;

CREATE TABLE journal_chain (
  pk @key,
  node @bytes NOT NULL,
  municipality TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  hash @bytes NOT NULL,
  time BIGINT NOT NULL,
  signer @bytes NOT NULL,
  signature @bytes NOT NULL,
  UNIQUE (node, municipality)
);

CREATE TABLE journal (
  pk @key,
  body @bytes NOT NULL,
  hash @bytes NOT NULL
);

CREATE TABLE journal_subject (
  subject @bytes NOT NULL,
  entry BIGINT NOT NULL,
  PRIMARY KEY (subject, entry)
) @clustered;
)sql";

}  // namespace renraku::access
