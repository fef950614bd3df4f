#include "exchange/roster/deciding.hpp"

#include <algorithm>

#include "domain/roster/roster.hpp"
#include "exchange/roster/importing.hpp"
#include "exchange/roster/row.hpp"

namespace renraku::exchange::roster {
namespace {

CheckedRow check_cells(const std::vector<ExtraColumn>& cells, const Date& today) {
  std::vector<std::string_view> headers;
  std::vector<std::string_view> texts;
  for (const ExtraColumn& cell : cells) {
    headers.emplace_back(cell.name);
    texts.emplace_back(cell.value);
  }
  const HeaderMap map(headers, {});
  const Codes codes;
  RawRow row;
  row.cells = texts;
  return RowChecker(map, codes, today).check(row);
}

/// The file's value of one column, read as an import reads it.
CheckedRow check_column(const std::string& column, const std::string& value, const Date& today) {
  std::vector<ExtraColumn> cells;
  for (const ColumnInfo& info : columns()) {
    cells.push_back({std::string(info.name), info.name == column ? value : std::string()});
  }
  return check_cells(cells, today);
}

void take_value(const std::string& column, const std::string& value, Person& person,
                Evacuee& evacuee, const Date& today) {
  if (column.empty()) {
    evacuee.withdrawal.reset();
    return;
  }
  const auto known = column_called(column);
  if (!known) {
    const auto own = std::ranges::find(evacuee.extra, column, &ExtraColumn::name);
    if (own != evacuee.extra.end()) {
      own->value = value;
    } else {
      evacuee.extra.push_back({column, value});
    }
    return;
  }
  const CheckedRow row = check_column(column, value, today);
  take(*known, row.person, row.evacuee, person, evacuee);
}

}  // namespace

Id<Evacuee> mend_open_row(access::Permit& permit, const OpenRow& mended) {
  domain::close_open_row(permit, mended.id, mended.revision, domain::OpenRowState::mended);
  std::vector<std::vector<std::string>> rows(2);
  for (const ExtraColumn& cell : mended.cells) {
    rows[0].push_back(cell.name);
    rows[1].push_back(cell.value);
  }
  std::size_t given = 0;
  const auto source = collect_rows(
      [&](std::vector<std::string>& cells) {
        if (given == rows.size()) return false;
        cells = rows[given++];
        return true;
      },
      {});
  const ImportOptions options;
  const Progress nobody;
  Import import(*source, options, nobody);
  import.read(permit);
  return import.write_one(permit);
}

ImportConflict decide_conflict(access::Permit& permit, const Id<ImportConflict>& id,
                               std::int64_t revision, ConflictDecision decision) {
  if (decision == ConflictDecision::open) {
    throw Error(ErrorCode::invalid_argument, "decide keep or take", "decision");
  }
  const ImportConflict conflict = domain::load_conflict(permit, id);
  ImportConflict decided = domain::decide_conflict(permit, id, revision, decision);
  if (decision == ConflictDecision::take) {
    const domain::StoredEvacuee entry = domain::load_evacuee(permit, conflict.evacuee);
    Person person = entry.person.person;
    Evacuee evacuee = entry.evacuee;
    take_value(conflict.column, conflict.file, person, evacuee, permit.today());
    domain::RosterWriter(permit).change(entry, std::move(person), std::move(evacuee));
  }
  return decided;
}

}  // namespace renraku::exchange::roster
