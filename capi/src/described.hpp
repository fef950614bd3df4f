// Which C struct belongs to which record: one line each, held against both while compiling.
#pragma once

#include <renraku.h>

#include <cstddef>
#include <renraku/described/account.hpp>
#include <renraku/described/application.hpp>
#include <renraku/described/backup.hpp>
#include <renraku/described/copying.hpp>
#include <renraku/described/disclosure.hpp>
#include <renraku/described/erasure.hpp>
#include <renraku/described/evacuee.hpp>
#include <renraku/described/factor.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/described/log.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/notice.hpp>
#include <renraku/described/organisation.hpp>
#include <renraku/described/patient.hpp>
#include <renraku/described/person.hpp>
#include <renraku/described/place_grant.hpp>
#include <renraku/described/region.hpp>
#include <renraku/described/roster.hpp>
#include <renraku/described/rotation.hpp>
#include <renraku/described/store.hpp>
#include <renraku/described/witness.hpp>
#include <renraku/page.hpp>
#include <renraku/store.hpp>

#include "record.hpp"

namespace renraku {
RENRAKU_DESCRIBE(NewMunicipality, code, name, administrator)
RENRAKU_DESCRIBE(PageRequest, after, size)
}  // namespace renraku

RENRAKU_C_STRUCT(PageRequest, renraku_page_request, struct_size, after, size)

RENRAKU_C_STRUCT(Member, renraku_member, struct_size, id, revision, municipality, login, name,
                 profession, roles, roles_count, status, organisation)
RENRAKU_C_STRUCT(NewMember, renraku_new_member, struct_size, login, name, profession, roles,
                 roles_count, password, organisation)

RENRAKU_C_STRUCT(FactorStatus, renraku_factor_status, struct_size, member, totp, recovery_codes,
                 certificates, second_factor)
RENRAKU_C_STRUCT(TotpEnrolment, renraku_totp_enrolment, struct_size, secret, uri)
RENRAKU_C_STRUCT(ClientCertificate, renraku_client_certificate, struct_size, fingerprint, issuer,
                 subject)
RENRAKU_C_STRUCT(Certificate, renraku_certificate, struct_size, id, revision, municipality, member,
                 fingerprint, issuer, subject, bound_at, revoked)
RENRAKU_C_STRUCT(LoginSession, renraku_login_session, struct_size, id, member, authentication,
                 opened_at, seen_at)
RENRAKU_C_STRUCT(AccessRecovery, renraku_access_recovery, struct_size, member, time)
RENRAKU_C_STRUCT(SignIn, renraku_sign_in, struct_size, municipality, login, password, code, source,
                 certificate, device, remember_device)

RENRAKU_C_STRUCT(Application, renraku_application, struct_size, id, revision, municipality, name,
                 public_key, municipalities, municipalities_count, professions, professions_count,
                 actions, actions_count, members, members_count, expires, revoked, accepted,
                 accepted_count)
RENRAKU_C_STRUCT(Assertion, renraku_assertion, struct_size, application, municipality, login,
                 reference, issued_at, expires_at, factors, factors_count, nonce)
RENRAKU_C_STRUCT(ApplicationKey, renraku_application_key, struct_size, private_key, public_key)

RENRAKU_C_STRUCT(Colleague, renraku_colleague, struct_size, id, name, profession, organisation,
                 organisation_name)
RENRAKU_C_STRUCT(ColleagueFilter, renraku_colleague_filter, struct_size, text, profession,
                 organisation)
RENRAKU_C_STRUCT(AccountImportOptions, renraku_account_import_options, struct_size, dry_run,
                 encoding)
RENRAKU_C_STRUCT(AccountRejection, renraku_account_rejection, struct_size, line, column, reason)
RENRAKU_C_STRUCT(IssuedPassword, renraku_issued_password, struct_size, line, login, password)
RENRAKU_C_STRUCT(AccountImportReport, renraku_account_import_report, struct_size, encoding, rows,
                 added, rejected, rejected_count, issued, issued_count)

RENRAKU_C_STRUCT(Municipality, renraku_municipality, struct_size, id, revision, code, name,
                 disclosure, label_red, label_blue, label_yellow, two_factor, text_index)
RENRAKU_C_STRUCT(NewMunicipality, renraku_new_municipality, struct_size, code, name, administrator)
RENRAKU_C_STRUCT(ServedMunicipality, renraku_served_municipality, struct_size, code, name)

RENRAKU_C_STRUCT(Organisation, renraku_organisation, struct_size, id, revision, municipality, kind,
                 name, kana, phone, address, districts, districts_count)

RENRAKU_C_STRUCT(FieldChange, renraku_field_change, struct_size, record_kind, record,
                 parent_revision, field, before, after)
RENRAKU_C_STRUCT(JournalEntry, renraku_journal_entry, struct_size, node, municipality, sequence,
                 time, member, on_behalf, capacity, authentication, action, outcome, detail,
                 subjects, subjects_count, changes, changes_count, hash, recorded)
RENRAKU_C_STRUCT(JournalFilter, renraku_journal_filter, struct_size, subject, action)
RENRAKU_C_STRUCT(JournalReport, renraku_journal_report, struct_size, state, entries, municipality,
                 sequence, witnessed, reads_lost, archived)
RENRAKU_C_STRUCT(JournalSegment, renraku_journal_segment, struct_size, id, node, municipality,
                 first, last, time, file, digest)
RENRAKU_C_STRUCT(SignedHead, renraku_signed_head, struct_size, time, node, municipality, sequence,
                 hash, signer, signature)
RENRAKU_C_STRUCT(SignedRemoval, renraku_signed_removal, struct_size, kind, id, municipality, taken,
                 time, node, signer, signature, successions, successions_count)

RENRAKU_C_STRUCT(LogLine, renraku_log_line, struct_size, time, level, event, text)

RENRAKU_C_STRUCT(KeySlot, renraku_key_slot, struct_size, id, kind, name, created)
RENRAKU_C_STRUCT(BackupOptions, renraku_backup_options, struct_size, to_key, keep, keep_until)
RENRAKU_C_STRUCT(BackupReport, renraku_backup_report, struct_size, file, at, bytes, removed,
                 removed_count)
RENRAKU_C_STRUCT(RestoreReport, renraku_restore_report, struct_size, node, from, at, sequence,
                 old_store_read, members_suspended, certificates_revoked, applications_revoked,
                 slots_revoked, people_erased, reencrypt, witness_read)
RENRAKU_C_STRUCT(Erasure, renraku_erasure, struct_size, person, at, erased_by, reason, proof,
                 signer, signature)
RENRAKU_C_STRUCT(Finding, renraku_finding, struct_size, part, detail)
RENRAKU_C_STRUCT(CheckReport, renraku_check_report, struct_size, sound, findings, findings_count,
                 journal)
RENRAKU_C_STRUCT(KeyRotation, renraku_key_rotation, struct_size, municipality, number, resumed,
                 people_keys, secrets, rows)
RENRAKU_C_STRUCT(CopyReport, renraku_copy_report, struct_size, node, at, rows, written, journal,
                 archives, archives_count)
RENRAKU_C_STRUCT(TableComparison, renraku_table_comparison, struct_size, table, same, different,
                 only_one, only_other, first, first_count)
RENRAKU_C_STRUCT(StoreComparison, renraku_store_comparison, struct_size, same, tables, tables_count,
                 journal, other_journal)

RENRAKU_C_STRUCT(Address, renraku_address, struct_size, kind, postal_code, text)
RENRAKU_C_STRUCT(Phone, renraku_phone, struct_size, kind, digits, written)
RENRAKU_C_STRUCT(Protection, renraku_protection, struct_size, ground, from, until, officers,
                 officers_count, household, household_count, provisional)
RENRAKU_C_STRUCT(Person, renraku_person, struct_size, id, revision, municipality, name, kana,
                 kana_written, birth_date, birth_written, sex, addresses, addresses_count, phones,
                 phones_count, municipal_number, protection, withheld)
RENRAKU_C_STRUCT(PersonFilter, renraku_person_filter, struct_size, name, kana, birth_date, phone,
                 municipal_number, address, text)

RENRAKU_C_STRUCT(PlaceGrant, renraku_place_grant, struct_size, id, revision, municipality, person,
                 member, granted_by, since, until, reason, revoked)
RENRAKU_C_STRUCT(Patient, renraku_patient, struct_size, id, revision, municipality, person,
                 registered, closed)
RENRAKU_C_STRUCT(PatientConsent, renraku_patient_consent, struct_size, id, revision, municipality,
                 patient, form, date, scopes, scopes_count, withdrawn)
RENRAKU_C_STRUCT(TeamMember, renraku_team_member, struct_size, id, revision, municipality, patient,
                 member, role, lead, since, until)
RENRAKU_C_STRUCT(TeamLine, renraku_team_line, struct_size, id, member, name, profession,
                 organisation, role, lead, since, until, active)
RENRAKU_C_STRUCT(TeamRequest, renraku_team_request, struct_size, id, revision, municipality,
                 patient, member, asker, role, reason, asked_at, answer, answerer, answered_at)
RENRAKU_C_STRUCT(PatientSheet, renraku_patient_sheet, struct_size, patient, person, scopes,
                 scopes_count)
RENRAKU_C_STRUCT(PatientLine, renraku_patient_line, struct_size, id, person, name, kana, birth_date,
                 sex, closed, role, lead, is_protected)
RENRAKU_C_STRUCT(PatientFilter, renraku_patient_filter, struct_size, text, closed)
RENRAKU_C_STRUCT(TeamOverview, renraku_team_overview, struct_size, patient, name, kana, members,
                 leads)
RENRAKU_C_STRUCT(Notice, renraku_notice, struct_size, id, revision, municipality, recipient, kind,
                 subject, member, actor, time, is_read, read_at)
RENRAKU_C_STRUCT(NoticeFilter, renraku_notice_filter, struct_size, unread)

RENRAKU_C_STRUCT(ExtraColumn, renraku_extra_column, struct_size, name, value)
RENRAKU_C_STRUCT(Withdrawal, renraku_withdrawal, struct_size, reason, date)
RENRAKU_C_STRUCT(Evacuee, renraku_evacuee, struct_size, id, revision, municipality, person,
                 reference, district, reason, care_level, physical_disability,
                 intellectual_disability, mental_disability, intractable_disease, medical_devices,
                 consent, consent_written, consent_date, plan, shelter, supporter,
                 supporter_contact, physician, note, label, extra, extra_count, withdrawal,
                 withheld)
RENRAKU_C_STRUCT(EvacueeLine, renraku_evacuee_line, struct_size, id, person, reference,
                 municipal_number, name, kana, birth_date, sex, phone, consent, label, district,
                 reason, care_level, is_protected, withheld)
RENRAKU_C_STRUCT(EvacueeFilter, renraku_evacuee_filter, struct_size, label, district, reason,
                 care_level, consent, text)

RENRAKU_C_STRUCT(ImportOptions, renraku_import_options, struct_size, dry_run, encoding, profile,
                 accept_large, district)
RENRAKU_C_STRUCT(RowRejection, renraku_row_rejection, struct_size, line, column, reason)
RENRAKU_C_STRUCT(RowDuplicate, renraku_row_duplicate, struct_size, line, first_line)
RENRAKU_C_STRUCT(RowWarning, renraku_row_warning, struct_size, line, column, reason)
RENRAKU_C_STRUCT(RowSuspect, renraku_row_suspect, struct_size, line, other_line, reasons,
                 reasons_count)
RENRAKU_C_STRUCT(RowConflict, renraku_row_conflict, struct_size, line, column)
RENRAKU_C_STRUCT(CodeMeaning, renraku_code_meaning, struct_size, column, text, meaning, count)
RENRAKU_C_STRUCT(ImportReport, renraku_import_report, struct_size, encoding, rows, added, updated,
                 unchanged, missing, rejected, rejected_count, duplicates, duplicates_count,
                 suspects, suspects_count, conflicts, conflicts_count, warnings, warnings_count,
                 codes, codes_count, profile)
RENRAKU_C_STRUCT(ExportOptions, renraku_export_options, struct_size, encoding)
RENRAKU_C_STRUCT(UnencodableCell, renraku_unencodable_cell, struct_size, line, column)
RENRAKU_C_STRUCT(ExportReport, renraku_export_report, struct_size, rows, open_rows, withheld,
                 unencodable, unencodable_count)
RENRAKU_C_STRUCT(RosterSummary, renraku_roster_summary, struct_size, people, open_rows, suspects,
                 missing, conflicts)
RENRAKU_C_STRUCT(OpenRow, renraku_open_row, struct_size, id, revision, municipality, imported_at,
                 line, column, reason, cells, cells_count, withheld)
RENRAKU_C_STRUCT(Suspect, renraku_suspect, struct_size, id, revision, municipality, first, second,
                 reasons, reasons_count, decision)
RENRAKU_C_STRUCT(MissingEvacuee, renraku_missing_evacuee, struct_size, id, revision, municipality,
                 evacuee, person, noticed_at, decision)
RENRAKU_C_STRUCT(ImportConflict, renraku_import_conflict, struct_size, id, revision, municipality,
                 evacuee, person, column, stored, file, noticed_at, decision, withheld)

RENRAKU_C_STRUCT(RosterConsent, renraku_roster_consent, struct_size, id, revision, municipality,
                 person, purpose, receiver, state, date, given_by, capacity, form, evidence,
                 recorded_by, recorded_at, withheld)
RENRAKU_C_STRUCT(DisclosureRule, renraku_disclosure_rule, struct_size, id, revision, municipality,
                 kind, ordinance, valid_from, notice_sent, objection_deadline, state, proposed_by,
                 proposed_at, decided_by, decided_at)
RENRAKU_C_STRUCT(DisclosurePreview, renraku_disclosure_preview, struct_size, receiver,
                 organisations, visible_now, visible_then)
RENRAKU_C_STRUCT(Disclosure, renraku_disclosure, struct_size, id, revision, municipality, receiver,
                 purpose, rule, made_by, made_at, people, received_by, received_on, return_by,
                 returned_on)
RENRAKU_C_STRUCT(DisclosureOptions, renraku_disclosure_options, struct_size, encoding, return_by)
RENRAKU_C_STRUCT(DisclosureReport, renraku_disclosure_report, struct_size, disclosure, people,
                 unencodable, unencodable_count)
RENRAKU_C_STRUCT(DisclosureFilter, renraku_disclosure_filter, struct_size, receiver, overdue)
RENRAKU_C_STRUCT(DisclosedLine, renraku_disclosed_line, struct_size, person, name, kana, birth_date,
                 sex, phone, district)
RENRAKU_C_STRUCT(DisclosedFilter, renraku_disclosed_filter, struct_size, district, text)
RENRAKU_C_STRUCT(DisclosedEvacuee, renraku_disclosed_evacuee, struct_size, person, purposes,
                 purposes_count, name, kana, birth_date, sex, addresses, addresses_count, phones,
                 phones_count, district, reason, note, plan, shelter, supporter, supporter_contact,
                 medical_devices, intractable_disease, physician)
