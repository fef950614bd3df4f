#include "exchange/roster/disclosing.hpp"

#include <fmt/format.h>

#include "domain/disclosures/disclosures.hpp"

namespace renraku::exchange::roster {
namespace {

std::vector<Column> columns_for(DisclosurePurpose purpose) {
  std::vector<Column> shown;
  for (const ColumnInfo& column : columns()) {
    if (domain::discloses({DisclosurePurpose::list, purpose}, column.field)) {
      shown.push_back(column.column);
    }
  }
  return shown;
}

}  // namespace

DisclosureReport disclose(access::Permit& permit, const Id<Organisation>& receiver,
                          DisclosurePurpose purpose, const std::filesystem::path& file,
                          const DisclosureOptions& options, const Progress& progress,
                          std::optional<Sheet>& sheet) {
  domain::need_receiver(permit, receiver);
  sheet.emplace(file, options.encoding, columns_for(purpose), permit.today());
  DisclosureReport report;
  Ticker ticker(progress, 0);
  domain::each_disclosed(permit, receiver, purpose, [&](domain::StoredEvacuee&& entry) {
    permit.saw(entry.evacuee.person);
    sheet->write(entry.person.person, entry.evacuee);
    ticker.tick(++report.people, 0);
  });
  ticker.tell(report.people, 0);
  permit.note(fmt::format("purpose={} people={}", enum_name(purpose), report.people));
  Disclosure disclosure;
  disclosure.receiver = receiver;
  disclosure.purpose = purpose;
  disclosure.people = report.people;
  disclosure.return_by = options.return_by;
  report.disclosure = domain::add_disclosure(permit, std::move(disclosure)).id;
  return report;
}

}  // namespace renraku::exchange::roster
