// What goes in with a roster file and what comes out of it.
//
// Columns are called by their canonical Japanese names (docs/roster-import.md lists them with their
// aliases); a whole row's column is empty. Lines count records, the header being 1, not physical
// lines: a record with a line break in a cell is one.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/id.hpp>
#include <renraku/records/evacuee.hpp>
#include <renraku/records/person.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

struct ImportOptions {
  /// Do everything but write.
  bool dry_run = false;
  /// "utf-8", "cp932", "utf-16le", "utf-16be"; empty: find out.
  std::string encoding;
  /// A mapping profile (JSON, as ImportReport::profile gives it); empty: by the known aliases.
  std::string profile;
  /// Go on although more than a tenth of the stored people would change or be missing.
  bool accept_large = false;
  /// The file speaks of this district alone: nobody elsewhere is missing from it.
  std::string district;
};

/// A row that was not taken. It waits as an open row until an officer mends or dismisses it.
struct RowRejection {
  std::int64_t line = 0;
  std::string column;
  /// missing, invalid, future, columns or encoding.
  std::string reason;
};

/// A row that says again what an earlier one said of the same person.
struct RowDuplicate {
  std::int64_t line = 0;
  std::int64_t first_line = 0;
};

struct RowWarning {
  std::int64_t line = 0;
  std::string column;
  /// birth_unknown, sex_unknown, consent_unknown, era_overshoot, zero_restored, private_use,
  /// protection_suspected, reference_moved or differs.
  std::string reason;
};

/// Two entries that may be the same person; both were taken, and an officer decides.
struct RowSuspect {
  std::int64_t line = 0;
  /// The other row's line; 0 when the other is in the store already.
  std::int64_t other_line = 0;
  /// What is alike: name, kana, birth_date, sex, phone, address, municipal_number.
  std::vector<std::string> reasons;
};

/// A field that was edited here since the last import and that the file has otherwise: the stored
/// value stays until an officer decides.
struct RowConflict {
  std::int64_t line = 0;
  std::string column;
};

/// How the texts of a coded column were understood.
struct CodeMeaning {
  std::string column;
  std::string text;
  std::string meaning;
  std::int64_t count = 0;
};

struct ImportReport {
  /// The encoding the file was read in.
  std::string encoding;
  /// rows = added + updated + unchanged + rejected + duplicates.
  std::int64_t rows = 0;
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  /// People of the store whom the file does not name; they wait in the list of missing people.
  std::int64_t missing = 0;
  std::vector<RowRejection> rejected;
  std::vector<RowDuplicate> duplicates;
  std::vector<RowSuspect> suspects;
  std::vector<RowConflict> conflicts;
  std::vector<RowWarning> warnings;
  std::vector<CodeMeaning> codes;
  /// How the file's headers were understood, to be kept and given to the next import (JSON).
  std::string profile;
};

/// A row of a file that could not be taken (未取込), as it came.
struct OpenRow {
  Id<OpenRow> id;
  std::int64_t revision = 0;
  std::string municipality;
  /// When the import was, and where in its file the row stood.
  Instant imported_at;
  std::int64_t line = 0;
  std::string column;
  std::string reason;
  /// The row's cells by header, in order.
  std::vector<ExtraColumn> cells;
  /// The cells were left out because they tell of protection and the reader is nobody's officer.
  bool withheld = false;
};

enum class SuspectDecision { open, same, different };

/// A pair of people that may be one. Linking is a human's decision and can be undone.
struct Suspect {
  Id<Suspect> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Person> first;
  Id<Person> second;
  std::vector<std::string> reasons;
  SuspectDecision decision = SuspectDecision::open;
};

enum class MissingDecision { open, moved_out, died, mistake, keep };

/// Somebody of the store whom the last file did not name. Nobody is withdrawn by that alone.
struct MissingEvacuee {
  Id<MissingEvacuee> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Evacuee> evacuee;
  Id<Person> person;
  Instant noticed_at;
  MissingDecision decision = MissingDecision::open;
};

enum class ConflictDecision { open, keep, take };

/// A field where the file and an edit made here disagree, or where a duplicate row said otherwise.
struct ImportConflict {
  Id<ImportConflict> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Evacuee> evacuee;
  Id<Person> person;
  std::string column;
  /// As stored and as in the file, in the file's notation; empty where withheld.
  std::string stored;
  std::string file;
  Instant noticed_at;
  ConflictDecision decision = ConflictDecision::open;
  bool withheld = false;
};

/// How the roster of a municipality stands. A list's count is of what it shows an officer.
struct RosterSummary {
  /// Everybody on the list of evacuees: all but those withdrawn.
  std::int64_t people = 0;
  /// Rows of files that wait to be mended or dismissed (未取込).
  std::int64_t open_rows = 0;
  /// Pairs that may be one person, not decided yet.
  std::int64_t suspects = 0;
  /// People whom the last file did not name, not decided yet.
  std::int64_t missing = 0;
  /// Fields where file and store disagree, not decided yet.
  std::int64_t conflicts = 0;
};

struct ExportOptions {
  /// "cp932" or "utf-8-bom".
  std::string encoding = "cp932";
};

/// A character that the encoding does not have; 〓 stands in the file in its place.
struct UnencodableCell {
  std::int64_t line = 0;
  std::string column;
};

struct ExportReport {
  std::int64_t rows = 0;
  /// Rows of earlier files that wait to be mended and are not in this file.
  std::int64_t open_rows = 0;
  /// People whose place was left out because they are under protection.
  std::int64_t withheld = 0;
  std::vector<UnencodableCell> unencodable;
};

}  // namespace renraku
