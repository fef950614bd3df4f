// Rosters from files and back, and what waits for an officer after an import.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/roster.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace renraku {

/// Told how far long work is: rows done, bytes done, bytes in all (0 where unknown). Called on the
/// calling thread. Returning false cancels: Error{cancelled}, and nothing is changed.
using Progress =
    std::function<bool(std::int64_t rows, std::int64_t bytes, std::int64_t bytes_in_all)>;

/// Gives the next row's cells, the headers first; false at the end. For rosters that are no file.
using RowReader = std::function<bool(std::vector<std::string>& cells)>;

class RENRAKU_API Roster {
 public:
  /// Takes a CSV file: finds encoding and columns, checks and matches every row, then writes what
  /// can be taken in one transaction. Every row that can't be is in the report and kept as an open
  /// row. The same file again changes nothing. Errors: encoding, missing (a needed column; the text
  /// lists what was found and what is near), invalid (no CSV, an unclosed quote), too_large,
  /// too_many_changes (more than a tenth of the stored people would change or be missing),
  /// cancelled; nothing is changed then.
  ImportReport import_file(const std::filesystem::path& file, const ImportOptions& options = {},
                           const Progress& progress = {}) const;
  /// The same from rows that a program has already; text is UTF-8.
  ImportReport import_rows(const RowReader& rows, const ImportOptions& options = {},
                           const Progress& progress = {}) const;

  /// Writes the roster in the 26-column layout. The file is complete or absent. Error{exists} when
  /// it is there already.
  ExportReport export_file(const std::filesystem::path& file, const ExportOptions& options = {},
                           const Progress& progress = {}) const;

  /// How many people are on the roster of the session's municipality, and how many of each kind
  /// wait for an officer, all at one moment. For who may see the lists; names nobody, and tells
  /// nothing of protection. The journal has it as a look at the open rows.
  [[nodiscard]] RosterSummary summary() const;

  /// Open rows, oldest first, without those mended or dismissed.
  [[nodiscard]] Page<OpenRow> open_rows(const PageRequest& page = {}) const;
  [[nodiscard]] std::int64_t count_open_rows() const;
  /// Takes the row with these cells, as an import would. Throws what the import would report:
  /// Error{invalid}, Error{missing}, with the column as field. Error{conflict} for a stale
  /// revision.
  Id<Evacuee> mend_open_row(const OpenRow& mended) const;
  /// The row needs nobody's help any more; it stays in the history.
  void dismiss_open_row(const Id<OpenRow>& id, std::int64_t revision) const;

  /// Pairs that wait for an officer, in the order they came.
  [[nodiscard]] Page<Suspect> suspects(const PageRequest& page = {}) const;
  /// Pairs that an officer has decided, the pair that came last first: any can be opened again.
  [[nodiscard]] Page<Suspect> decided_suspects(const PageRequest& page = {}) const;
  /// Same, different, or open again (undo).
  Suspect decide_suspect(const Id<Suspect>& id, std::int64_t revision,
                         SuspectDecision decision) const;

  [[nodiscard]] Page<MissingEvacuee> missing(const PageRequest& page = {}) const;
  /// moved_out, died and mistake withdraw the entry; keep leaves it on the roster.
  MissingEvacuee decide_missing(const Id<MissingEvacuee>& id, std::int64_t revision,
                                MissingDecision decision) const;

  [[nodiscard]] Page<ImportConflict> conflicts(const PageRequest& page = {}) const;
  /// keep leaves what is stored, take puts the file's value in.
  ImportConflict decide_conflict(const Id<ImportConflict>& id, std::int64_t revision,
                                 ConflictDecision decision) const;

 private:
  friend class Session;
  explicit Roster(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
