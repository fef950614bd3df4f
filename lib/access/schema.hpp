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
  login @sealed NOT NULL,
  login_key @keyed NOT NULL,
  name @sealed NOT NULL,
  profession TEXT NOT NULL,
  roles TEXT NOT NULL,
  status TEXT NOT NULL,
  UNIQUE (municipality, login_key)
) @vouched;

CREATE TABLE credential (
  member @bytes PRIMARY KEY,
  password_hash @sealed NOT NULL,
  changed_at BIGINT NOT NULL
) @vouched @clustered;

CREATE TABLE sign_in_failure (
  municipality TEXT NOT NULL,
  login_key @keyed NOT NULL,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (municipality, login_key)
) @vouched @clustered;

CREATE TABLE login_session (
  id @bytes PRIMARY KEY,
  member @bytes NOT NULL,
  municipality TEXT NOT NULL,
  token_digest @bytes NOT NULL UNIQUE,
  authentication TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ended_at BIGINT
) @vouched @clustered;
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
  body @sealed_bytes NOT NULL,
  hash @bytes NOT NULL
);

CREATE TABLE journal_subject (
  subject @bytes NOT NULL,
  entry BIGINT NOT NULL,
  PRIMARY KEY (subject, entry)
) @clustered;
)sql";

/// How far the tails were drained.
inline constexpr std::string_view schema_3 = R"sql(
CREATE TABLE journal_tail (
  id @bytes PRIMARY KEY,
  number BIGINT NOT NULL,
  hash @bytes NOT NULL,
  place BIGINT NOT NULL,
  ended BIGINT NOT NULL CHECK (ended IN (0, 1))
) @clustered;
)sql";

/// Where members work, and when each session's member last proved who it is.
inline constexpr std::string_view schema_2 = R"sql(
ALTER TABLE member ADD COLUMN organisation @bytes;
CREATE INDEX member_organisation ON member (organisation);
ALTER TABLE login_session ADD COLUMN fresh_at BIGINT NOT NULL DEFAULT 0;
)sql";

/// Second factors, the back-off by source, and who was let in again by a recovery key.
inline constexpr std::string_view schema_4 = R"sql(
CREATE TABLE totp (
  member @bytes PRIMARY KEY,
  secret @bytes,
  pending @bytes,
  used_step BIGINT NOT NULL
) @vouched @clustered;

CREATE TABLE recovery_code (
  member @bytes NOT NULL,
  digest @bytes NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (member, digest)
) @vouched @clustered;

CREATE TABLE certificate (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  member @bytes NOT NULL,
  fingerprint TEXT NOT NULL,
  issuer @sealed NOT NULL,
  subject @sealed NOT NULL,
  bound_at BIGINT NOT NULL,
  revoked BIGINT NOT NULL CHECK (revoked IN (0, 1))
) @vouched;
CREATE INDEX certificate_member ON certificate (member);

CREATE TABLE known_device (
  member @bytes NOT NULL,
  digest @bytes NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (member, digest)
) @vouched @clustered;

DROP TABLE sign_in_failure;
CREATE TABLE sign_in_failure (
  municipality TEXT NOT NULL,
  login_key @keyed NOT NULL,
  counter @keyed NOT NULL,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (municipality, login_key, counter)
) @vouched @clustered;
CREATE INDEX sign_in_failure_last ON sign_in_failure (last_at);

CREATE INDEX login_session_opened ON login_session (opened_at);

CREATE TABLE access_recovery (
  municipality TEXT NOT NULL,
  member @bytes NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (municipality, time, member)
) @vouched @clustered;
)sql";

/// Vendors' applications, and the assertions that they used up.
inline constexpr std::string_view schema_5 = R"sql(
CREATE TABLE application (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  name TEXT NOT NULL,
  public_key TEXT NOT NULL,
  municipalities TEXT NOT NULL,
  professions TEXT NOT NULL,
  actions TEXT NOT NULL,
  members TEXT NOT NULL,
  expires BIGINT NOT NULL,
  revoked BIGINT NOT NULL CHECK (revoked IN (0, 1))
) @vouched;

CREATE TABLE assertion_used (
  application @bytes NOT NULL,
  nonce TEXT NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (application, nonce)
) @vouched @clustered;
CREATE INDEX assertion_used_expires ON assertion_used (expires);

CREATE INDEX protection_officer_member ON protection_officer (member);
)sql";

/// Which municipalities accepted an application of the service: of those that were registered
/// before this, nobody did.
inline constexpr std::string_view schema_6 = R"sql(
ALTER TABLE application ADD COLUMN accepted TEXT NOT NULL DEFAULT '[]';
)sql";

/// Made from login and name: what members are listed by.
inline constexpr std::string_view schema_7 = R"sql(
ALTER TABLE member ADD COLUMN sort @ordered NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN name_sort @ordered NOT NULL DEFAULT '';
@embedded UPDATE member SET sort = CAST(login_key AS BLOB), name_sort = CAST(name AS BLOB);
CREATE INDEX member_sort ON member (municipality, sort, id);
CREATE INDEX member_name_sort ON member (municipality, name_sort, id);
)sql";

/// Keys have numbers: `number` is the rotation that a key is of, `under` the number of the
/// municipality's key that wraps a person's. `key_rotation` says which number is in use (the first
/// where it has no row); an id of zeros is the store itself.
inline constexpr std::string_view schema_8 = R"sql(
@embedded CREATE TABLE first_sealing_key AS SELECT owner, wrapped FROM sealing_key;
DROP TABLE sealing_key;
CREATE TABLE sealing_key (
  owner @bytes NOT NULL,
  number BIGINT NOT NULL,
  under BIGINT NOT NULL,
  wrapped @bytes NOT NULL,
  PRIMARY KEY (owner, number)
) @clustered;
@embedded INSERT INTO sealing_key SELECT owner, 1, 1, wrapped FROM first_sealing_key;
@embedded DROP TABLE first_sealing_key;

CREATE TABLE key_rotation (
  municipality @bytes PRIMARY KEY,
  number BIGINT NOT NULL,
  finished BIGINT NOT NULL CHECK (finished IN (0, 1))
) @vouched @clustered;
)sql";

}  // namespace renraku::access
