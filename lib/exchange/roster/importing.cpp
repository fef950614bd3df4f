#include "exchange/roster/importing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <renraku/json.hpp>
#include <unordered_map>

#include "exchange/roster/fingerprint.hpp"
#include "exchange/roster/read_ahead.hpp"

namespace renraku::exchange::roster {
namespace {

/// The file is gone through twice; finding out the encoding is told as part of the first time.
constexpr std::int64_t passes = 2;
/// More than a tenth of the stored people changed or missed: perhaps the wrong file.
constexpr std::int64_t large_part = 10;

/// The columns of a row that duplicates repeat, as hashes: 0 where it says nothing.
using ColumnHashes = std::array<std::uint32_t, column_count>;

ColumnHashes column_hashes(const Values& values) {
  ColumnHashes hashes{};
  for (const ColumnInfo& column : columns()) {
    const std::string text = comparable(column.column, values);
    if (!text.empty()) hashes[static_cast<std::size_t>(column.column)] = narrow(hash_of(text));
  }
  return hashes;
}

Values said_by(const CheckedRow& row) {
  Values values = values_of(row.person, row.evacuee);
  values.protection = row.protection;
  return values;
}

ErrorCode code_of(const std::string& reason) {
  if (reason == "missing") return ErrorCode::missing;
  return reason == "encoding" ? ErrorCode::encoding : ErrorCode::invalid;
}

RowKeys keys_of_row(const CheckedRow& row, bool compared) {
  const Person& person = row.person;
  RowKeys keys = keys_of(person.name, person.kana, person.municipal_number, row.evacuee.reference,
                         person.birth_date, person.sex, person.phones, person.addresses);
  keys.line = static_cast<std::uint32_t>(row.line);
  keys.rejected = row.rejection.has_value();
  keys.telling = !row.protection.empty();
  if (!compared) return keys;
  const Values values = said_by(row);
  keys.said = hash_of(to_text(values));
  keys.columns = fingerprint(values);
  keys.unplaced = unplaced_fingerprint(values);
  keys.placeless = std::ranges::none_of(columns(), [&](const ColumnInfo& column) {
    return is_placed(column.column) && !values.at(column.column).empty();
  });
  return keys;
}

}  // namespace

void Ticker::tell(std::int64_t rows, std::int64_t bytes) const {
  if (!progress_ || progress_(rows, bytes, bytes_in_all_)) return;
  throw Error(ErrorCode::cancelled, "the work was cancelled; nothing was changed");
}

/// A row as it was read, for the thread that decides or writes.
struct Import::ReadRow {
  CheckedRow row;
  /// It says what it said before; nothing else is filled in.
  bool again = false;
  /// Of an added row, unless it is a preview: what is left of it.
  std::optional<domain::NewEntry> made;
  /// Of a rejected row.
  std::vector<ExtraColumn> cells;
  std::int64_t bytes = 0;
};

struct Import::Pass {
  Pass(access::Permit& acting, const Import& import)
      : permit(acting),
        reading{import.codes_, acting.today()},
        checker(*import.headers_, import.codes_, acting.today()) {}

  access::Permit& permit;
  Reading reading;
  RowChecker checker;
  /// Both absent in a preview.
  std::optional<domain::EntryMaker> maker;
  std::optional<domain::RosterWriter> writer;
  ImportReport report;
  /// Added rows that a later row or pair speaks of.
  std::unordered_map<std::uint32_t, domain::AddedEntry> added;
  std::vector<bool> referred;
  /// What rows say that later ones repeat.
  std::unordered_map<std::uint32_t, ColumnHashes> repeated;
};

Import::Import(RowSource& source, const ImportOptions& options, const Progress& progress)
    : source_(source),
      options_(options),
      progress_(progress),
      given_(read_profile(options.profile)),
      codes_(given_.codes) {}

void Import::read(access::Permit& permit) {
  // Where nobody is known, nobody said the same before.
  compared_ = domain::newest_person(permit) != 0;
  found_ = {};
  rows_.clear();
  source_.rewind();
  read_header();
  read_rows(permit.today());
  matching_ = match(permit, rows_, options_.district);
}

void Import::read_header() {
  RawRow header;
  while (source_.next(header)) {
    if (header.blank) continue;
    headers_.emplace(header.cells, given_);
    return;
  }
  throw Error(ErrorCode::invalid, "there is no header line; nothing is to be imported", "rows");
}

void Import::read_rows(const Date& today) {
  RowChecker checker(*headers_, codes_, today);
  Ticker ticker(progress_, passes * source_.bytes_in_all());
  ReadAhead<ReadRow> ahead([&](ReadRow& read) {
    RawRow raw;
    if (!next_row(raw)) return false;
    read.row = checker.check(raw);
    read.bytes = source_.bytes_read();
    return true;
  });
  std::int64_t count = 0;
  std::int64_t bytes = 0;
  for (auto block = ahead.next(); !block.empty(); block = ahead.next()) {
    for (const ReadRow& read : block) {
      if (++count > rows_max) {
        throw Error(ErrorCode::too_large, "a roster has at most 2,000,000 rows", "rows");
      }
      rows_.push_back(keys_of_row(read.row, compared_));
      note_row(read.row);
      bytes = read.bytes;
      ticker.tick(count, bytes);
    }
  }
  ticker.tell(count, bytes);
  found_.encoding = source_.encoding();
  found_.rows = count;
  found_.codes = checker.counts().list();
  found_.profile = to_json(headers_->profile());
}

// The next row that holds anything.
bool Import::next_row(RawRow& raw) {
  while (source_.next(raw)) {
    if (!raw.blank) return true;
  }
  return false;
}

void Import::note_row(const CheckedRow& row) {
  if (row.rejection) {
    found_.rejected.push_back({row.line, row.rejection->column, row.rejection->reason});
  }
  for (const Finding& warning : row.warnings) {
    // A row that is not taken has one reason; that it tells of protection must be seen all the
    // same.
    if (row.rejection && warning.reason != "protection_suspected") continue;
    found_.warnings.push_back({row.line, warning.column, warning.reason});
  }
}

ImportReport Import::preview(access::Permit& permit) {
  Pass pass(permit, *this);
  apply(pass);
  permit.note(fmt::format("rows={}", pass.report.rows));
  return finished(pass);
}

ImportReport Import::write(access::Permit& permit) {
  if (domain::newest_person(permit) != matching_.newest_person) {
    if (compared_) {
      matching_ = match(permit, rows_, options_.district);
    } else {
      read(permit);
    }
  }
  Pass pass(permit, *this);
  pass.maker.emplace(permit);
  pass.writer.emplace(permit);
  apply(pass);
  refuse_large(pass.report);
  pass.writer->finish();
  queue_suspects(pass);
  queue_missing(pass);
  const ImportReport& report = pass.report;
  permit.note(fmt::format("rows={} added={} updated={} rejected={} missing={}", report.rows,
                          report.added, report.updated, report.rejected.size(), report.missing));
  Ticker(progress_, passes * source_.bytes_in_all())
      .tell(report.rows, passes * source_.bytes_in_all());
  return finished(pass);
}

Id<Evacuee> Import::write_one(access::Permit& permit) {
  if (rows_.size() != 1) throw Error(ErrorCode::missing, "there is no row", "cells");
  if (!found_.rejected.empty()) {
    const RowRejection& rejection = found_.rejected.front();
    throw Error(code_of(rejection.reason), "the row can't be taken: " + rejection.reason,
                rejection.column);
  }
  Pass pass(permit, *this);
  pass.maker.emplace(permit);
  pass.writer.emplace(permit);
  pass.referred = {true};
  apply(pass);
  pass.writer->finish();
  queue_suspects(pass);
  if (!pass.added.empty()) return pass.added.at(0).evacuee;
  return matching_.stored[matching_.decisions[0].target].id;
}

void Import::refuse_large(const ImportReport& report) const {
  if (options_.accept_large || !options_.district.empty()) return;
  const std::int64_t changes = report.updated + report.missing;
  if (changes * large_part <= matching_.listed) return;
  throw Error(ErrorCode::too_many_changes,
              fmt::format("of {} people the file would change {} and does not name {}: more than a "
                          "tenth; if it is the right file, import it with accept_large, or name "
                          "the district that it speaks of",
                          matching_.listed, report.updated, report.missing));
}

// What was told apart is decided; its keys are half of an import's memory.
void Import::forget_keys() {
  lines_.reserve(rows_.size());
  for (const RowKeys& row : rows_) lines_.push_back(row.line);
  rows_ = {};
  matching_.own_keys = {};
}

void Import::apply(Pass& pass) {
  pass.report = found_;
  pass.report.missing = matching_.missing;
  forget_keys();
  pass.referred.resize(lines_.size());
  for (const SuspectPair& pair : matching_.suspects) {
    pass.referred[pair.row] = true;
    if (!pair.other_stored) pass.referred[pair.other] = true;
  }
  for (const Decision& decision : matching_.decisions) {
    if (decision.fate != Fate::duplicate) continue;
    pass.referred[decision.target] = true;
    pass.repeated[decision.target] = {};
  }
  source_.rewind();
  Ticker ticker(progress_, passes * source_.bytes_in_all());
  const std::int64_t before = (passes - 1) * source_.bytes_in_all();
  RawRow raw;
  static_cast<void>(next_row(raw));  // the header
  std::uint32_t reading = 0;
  ReadAhead<ReadRow> ahead([&](ReadRow& read) {
    if (!next_row(raw)) return false;
    if (reading == lines_.size() || static_cast<std::uint32_t>(raw.line) != lines_[reading]) {
      throw Error(ErrorCode::invalid, "the file changed while it was read; try again", "rows");
    }
    read = read_again(pass, reading++, raw);
    return true;
  });
  std::uint32_t at = 0;
  for (auto block = ahead.next(); !block.empty(); block = ahead.next()) {
    add(pass, at, block);
    for (const ReadRow& read : block) {
      apply_row(pass, at, read);
      ticker.tick(++at, before + read.bytes);
    }
  }
}

// Reads and checks a row once more; runs ahead of apply_row on a thread of its own, and changes
// nothing of the pass but its checker, its maker and what a row says that later ones repeat.
Import::ReadRow Import::read_again(Pass& pass, std::uint32_t at, const RawRow& raw) {
  const Decision decision = matching_.decisions[at];
  ReadRow read;
  read.bytes = source_.bytes_read();
  read.again = decision.fate == Fate::stored && decision.again &&
               matching_.stored[decision.target].listed && !pass.referred[at];
  if (read.again) return read;
  read.row = pass.checker.check(raw);
  if (const auto repeated = pass.repeated.find(at); repeated != pass.repeated.end()) {
    repeated->second = column_hashes(values_of(read.row.person, read.row.evacuee));
  }
  if (decision.fate == Fate::added && pass.maker) {
    const std::string said = to_text(said_by(read.row));
    read.made = pass.maker->make(std::move(read.row.person), std::move(read.row.evacuee), said);
  }
  if (decision.fate == Fate::rejected) read.cells = pass.checker.cells_of(raw);
  return read;
}

void Import::apply_row(Pass& pass, std::uint32_t at, const ReadRow& read) {
  if (read.again) {
    ++pass.report.unchanged;
    return;
  }
  const Decision decision = matching_.decisions[at];
  const CheckedRow& row = read.row;
  switch (decision.fate) {
    case Fate::added:
      ++pass.report.added;
      return;
    case Fate::stored:
      return update(pass, at, row);
    case Fate::duplicate:
      return repeat(pass, at, row);
    case Fate::rejected: {
      if (!pass.writer) return;
      domain::KeptRow kept;
      kept.row.line = row.line;
      kept.row.column = row.rejection->column;
      kept.row.reason = row.rejection->reason;
      kept.row.cells = read.cells;
      kept.guarded = std::ranges::binary_search(matching_.guarded, at);
      for (const NamedEntry& named :
           std::ranges::equal_range(matching_.named, at, {}, &NamedEntry::row)) {
        kept.entries.push_back(matching_.stored[named.entry].id);
      }
      pass.writer->keep(std::move(kept));
    }
  }
}

// What a block adds is there before anything in it speaks of it.
void Import::add(Pass& pass, std::uint32_t at, std::span<const ReadRow> block) {
  std::vector<const domain::NewEntry*> made;
  for (const ReadRow& read : block) {
    if (read.made) {
      made.push_back(&*read.made);
      if (pass.referred[at]) pass.added.emplace(at, read.made->ids);
    }
    ++at;
  }
  if (pass.writer) pass.writer->add(made);
}

void Import::update(Pass& pass, std::uint32_t at, const CheckedRow& row) {
  const StoredKeys& stored = matching_.stored[matching_.decisions[at].target];
  domain::StoredEvacuee entry = domain::load_evacuee(pass.permit, stored.id);
  Merged merged = merge(entry, row, pass.reading);
  // Whether a file says where somebody hidden is must not be told by a count.
  const bool hidden = entry.person.hidden;
  const bool shown = hidden ? merged.changed_unplaced : merged.changed;
  ++(shown ? pass.report.updated : pass.report.unchanged);
  for (const Disagreement& conflict : merged.conflicts) {
    if (!hidden || !conflict.placed) pass.report.conflicts.push_back({row.line, conflict.column});
    if (pass.writer) {
      pass.writer->conflict(entry, conflict.column, conflict.placed, conflict.stored,
                            conflict.file);
    }
  }
  if (merged.consent_held) {
    pass.report.warnings.push_back({row.line, name_of(Column::consent), "differs"});
  }
  if (!pass.writer) return;
  if (merged.said_more) domain::remember_imported(pass.permit, entry, to_text(merged.said));
  if (merged.changed) {
    pass.writer->change(entry, std::move(merged.person), std::move(merged.evacuee));
  }
}

// A duplicate adds nothing; only that the person is under protection counts at once.
void Import::repeat(Pass& pass, std::uint32_t at, const CheckedRow& row) {
  const std::uint32_t first = matching_.decisions[at].target;
  pass.report.duplicates.push_back({row.line, lines_[first]});
  const ColumnHashes said = column_hashes(values_of(row.person, row.evacuee));
  const ColumnHashes& before = pass.repeated[first];
  bool differs = false;
  for (const ColumnInfo& column : columns()) {
    const auto i = static_cast<std::size_t>(column.column);
    if (column.column == Column::reference || said[i] == 0 || said[i] == before[i]) continue;
    pass.report.warnings.push_back({row.line, std::string(column.name), "differs"});
    differs = true;
  }
  if (!pass.writer || (!differs && row.protection.empty())) return;
  const auto added = pass.added.find(first);
  domain::StoredEvacuee entry =
      added != pass.added.end()
          ? domain::load_evacuee(pass.permit, added->second.evacuee)
          : domain::load_evacuee(pass.permit,
                                 matching_.stored[matching_.decisions[first].target].id);
  for (const Disagreement& conflict : differences(entry, row, pass.reading)) {
    pass.writer->conflict(entry, conflict.column, conflict.placed, conflict.stored, conflict.file);
  }
  Values before_said = entry.imported ? from_text(*entry.imported) : Values{};
  if (row.protection.empty() || !before_said.protection.empty()) return;
  before_said.protection = row.protection;
  domain::remember_imported(pass.permit, entry, to_text(before_said));
  if (entry.person.person.protection) return;
  Person person = entry.person.person;
  person.protection = row.person.protection;
  pass.writer->change(entry, std::move(person), entry.evacuee);
}

void Import::queue_suspects(Pass& pass) {
  for (const SuspectPair& pair : matching_.suspects) {
    const Id<Person> other =
        pair.other_stored
            ? domain::load_evacuee(pass.permit, matching_.stored[pair.other].id).evacuee.person
            : pass.added.at(pair.other).person;
    pass.writer->suspect(pass.added.at(pair.row).person, other, likeness_names(pair.likeness));
  }
}

void Import::queue_missing(Pass& pass) {
  for (const StoredKeys& entry : matching_.stored) {
    if (!matching_.is_missing(entry)) continue;
    pass.writer->miss(domain::load_evacuee(pass.permit, entry.id));
  }
  const EntryIndex index(matching_.stored);
  pass.writer->found_again([&](const Id<Evacuee>& id) {
    const auto entry = index.find(id);
    return entry && matching_.stored[*entry].named;
  });
}

ImportReport Import::finished(Pass& pass) const {
  ImportReport& report = pass.report;
  for (const std::uint32_t row : matching_.moved_references) {
    report.warnings.push_back({lines_[row], name_of(Column::reference), "reference_moved"});
  }
  for (const SuspectPair& pair : matching_.suspects) {
    // That somebody hidden shares a phone or an address tells where that is.
    const bool hidden = pair.other_stored && matching_.stored[pair.other].hidden;
    if (hidden && rests_on_home(pair.likeness)) continue;
    const unsigned shown =
        hidden ? pair.likeness & ~(like_phone | like_address) : unsigned{pair.likeness};
    report.suspects.push_back({lines_[pair.row],
                               pair.other_stored ? 0 : std::int64_t{lines_[pair.other]},
                               likeness_names(static_cast<std::uint8_t>(shown))});
  }
  std::ranges::stable_sort(report.warnings, {}, &RowWarning::line);
  return std::move(report);
}

}  // namespace renraku::exchange::roster
