// The tables of patients and their teams.
#pragma once

#include <string_view>

namespace renraku::domain {

/// patient_consent.for_team says whether the team is among the scopes.
inline constexpr std::string_view patient_schema_1 = R"sql(
CREATE TABLE patient (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  person @bytes NOT NULL UNIQUE,
  registered TEXT NOT NULL,
  closed TEXT,
  person_pk BIGINT NOT NULL UNIQUE
) @vouched;

CREATE TABLE patient_consent (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  patient @bytes NOT NULL,
  form @sealed NOT NULL,
  date TEXT NOT NULL,
  scopes TEXT NOT NULL,
  withdrawn TEXT,
  for_team BIGINT NOT NULL CHECK (for_team IN (0, 1))
) @vouched;
CREATE INDEX patient_consent_patient ON patient_consent (patient, pk);

CREATE TABLE team_member (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  patient @bytes NOT NULL,
  member @bytes NOT NULL,
  role @sealed NOT NULL,
  lead BIGINT NOT NULL CHECK (lead IN (0, 1)),
  since TEXT NOT NULL,
  until TEXT
) @vouched;
CREATE INDEX team_member_patient ON team_member (patient, pk);
CREATE INDEX team_member_member ON team_member (member, patient);

CREATE TABLE team_request (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  patient @bytes NOT NULL,
  member @bytes NOT NULL,
  asker @bytes NOT NULL,
  role @sealed NOT NULL,
  reason @sealed NOT NULL,
  asked_at BIGINT NOT NULL,
  answer TEXT NOT NULL,
  answerer @bytes NOT NULL,
  answered_at BIGINT NOT NULL
) @vouched;
CREATE INDEX team_request_patient ON team_request (patient, pk);
)sql";

/// person_search.patient says whether somebody is a patient, 'open' or 'closed', for lists to be
/// walked by. It grants nothing: what is shown is decided by `patient`.
inline constexpr std::string_view patient_schema_2 = R"sql(
ALTER TABLE person_search ADD COLUMN patient TEXT;
@embedded UPDATE person_search SET patient = (SELECT CASE WHEN c.closed IS NULL THEN 'open' ELSE 'closed' END FROM patient c WHERE c.person_pk = person_search.person);
CREATE INDEX person_search_patient ON person_search (municipality, patient, sort, person) WHERE patient IS NOT NULL;
)sql";

}  // namespace renraku::domain
