// Which C struct belongs to which record: one line each, held against both while compiling.
#pragma once

#include <renraku.h>

#include <cstddef>
#include <renraku/described/evacuee.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/organisation.hpp>
#include <renraku/described/person.hpp>
#include <renraku/described/roster.hpp>
#include <renraku/described/store.hpp>
#include <renraku/page.hpp>
#include <renraku/store.hpp>

#include "record.hpp"

namespace renraku {
RENRAKU_DESCRIBE(NewMunicipality, code, name, administrator)
RENRAKU_DESCRIBE(PageRequest, after, size)
}  // namespace renraku

RENRAKU_C_STRUCT(PageRequest, renraku_page_request, struct_size, after, size)

RENRAKU_C_STRUCT(Member, renraku_member, struct_size, id, revision, municipality, login, name,
                 profession, roles, roles_count, status)
RENRAKU_C_STRUCT(NewMember, renraku_new_member, struct_size, login, name, profession, roles,
                 roles_count, password)

RENRAKU_C_STRUCT(Municipality, renraku_municipality, struct_size, id, revision, code, name,
                 disclosure, label_red, label_blue, label_yellow)
RENRAKU_C_STRUCT(NewMunicipality, renraku_new_municipality, struct_size, code, name, administrator)

RENRAKU_C_STRUCT(Organisation, renraku_organisation, struct_size, id, revision, municipality, kind,
                 name, kana, phone, address)

RENRAKU_C_STRUCT(FieldChange, renraku_field_change, struct_size, record_kind, record,
                 parent_revision, field, before, after)
RENRAKU_C_STRUCT(JournalEntry, renraku_journal_entry, struct_size, node, municipality, sequence,
                 time, member, on_behalf, capacity, authentication, action, outcome, detail,
                 subjects, subjects_count, changes, changes_count, hash)
RENRAKU_C_STRUCT(JournalFilter, renraku_journal_filter, struct_size, subject, action)
RENRAKU_C_STRUCT(JournalReport, renraku_journal_report, struct_size, state, entries, municipality,
                 sequence, witnessed)

RENRAKU_C_STRUCT(KeySlot, renraku_key_slot, struct_size, id, kind, name, created)
RENRAKU_C_STRUCT(Finding, renraku_finding, struct_size, part, detail)
RENRAKU_C_STRUCT(CheckReport, renraku_check_report, struct_size, sound, findings, findings_count,
                 journal)

RENRAKU_C_STRUCT(Address, renraku_address, struct_size, kind, postal_code, text)
RENRAKU_C_STRUCT(Phone, renraku_phone, struct_size, kind, digits, written)
RENRAKU_C_STRUCT(Protection, renraku_protection, struct_size, ground, from, until, officers,
                 officers_count, household, household_count, provisional)
RENRAKU_C_STRUCT(Person, renraku_person, struct_size, id, revision, municipality, name, kana,
                 kana_written, birth_date, birth_written, sex, addresses, addresses_count, phones,
                 phones_count, municipal_number, protection, withheld)
RENRAKU_C_STRUCT(PersonFilter, renraku_person_filter, struct_size, name, kana, birth_date, phone,
                 municipal_number, address, text)

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
RENRAKU_C_STRUCT(OpenRow, renraku_open_row, struct_size, id, revision, municipality, imported_at,
                 line, column, reason, cells, cells_count, withheld)
RENRAKU_C_STRUCT(Suspect, renraku_suspect, struct_size, id, revision, municipality, first, second,
                 reasons, reasons_count, decision)
RENRAKU_C_STRUCT(MissingEvacuee, renraku_missing_evacuee, struct_size, id, revision, municipality,
                 evacuee, person, noticed_at, decision)
RENRAKU_C_STRUCT(ImportConflict, renraku_import_conflict, struct_size, id, revision, municipality,
                 evacuee, person, column, stored, file, noticed_at, decision, withheld)
