#include "exchange/roster/exporting.hpp"

#include <vector>

#include "domain/roster/roster.hpp"
#include "exchange/roster/sheet.hpp"

namespace renraku::exchange::roster {
namespace {

std::vector<Column> every_column() {
  std::vector<Column> every;
  for (const ColumnInfo& column : columns()) every.push_back(column.column);
  return every;
}

}  // namespace

ExportReport export_roster(access::Permit& permit, const std::filesystem::path& file,
                           const ExportOptions& options, const Progress& progress) {
  Sheet sheet(file, options.encoding, every_column(), permit.today());
  // Files come district by district, and so do their entries: between its neighbours' rows a hidden
  // person's would tell the district.
  std::vector<Id<Evacuee>> listed;
  std::vector<Id<Evacuee>> hidden;
  domain::each_roster_entry(permit, {}, [&](domain::RosterEntry&& entry) {
    if (entry.listed) (entry.hidden ? hidden : listed).push_back(entry.id);
  });
  listed.insert(listed.end(), hidden.begin(), hidden.end());
  Ticker ticker(progress, 0);
  ExportReport report;
  for (const Id<Evacuee>& id : listed) {
    const domain::StoredEvacuee entry = domain::load_evacuee(permit, id);
    permit.saw(entry.person.person.id);
    if (entry.person.hidden) ++report.withheld;
    sheet.write(entry.person.person, entry.evacuee, entry.person.hidden);
    ticker.tick(++report.rows, 0);
  }
  ticker.tell(report.rows, 0);
  report.open_rows = domain::count_open_rows(permit);
  report.unencodable = sheet.finish();
  return report;
}

}  // namespace renraku::exchange::roster
