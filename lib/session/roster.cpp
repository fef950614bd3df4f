#include "domain/roster/roster.hpp"

#include <renraku/roster.hpp>

#include "exchange/roster/deciding.hpp"
#include "exchange/roster/exporting.hpp"
#include "exchange/roster/importing.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;
using access::Permit;

namespace {

// Reading and matching need no lock; only what is written does, once it is known.
ImportReport import_from(SessionState& state, exchange::roster::RowSource& source,
                         const ImportOptions& options, const Progress& progress) {
  exchange::roster::Import import(source, options, progress);
  const auto prepared = [&](Permit& permit) {
    import.read(permit);
    return options.dry_run ? import.preview(permit) : ImportReport{};
  };
  const access::Caller caller = state.caller();
  StoreState& store = state.store();
  ImportReport report = store.act(caller, Action::roster_preview, {}, prepared);
  if (options.dry_run) return report;
  return store.act(caller, Action::roster_import, {}, [&](Permit& permit) {
    ImportReport written = import.write(permit);
    permit.transaction().release_pages();
    return written;
  });
}

}  // namespace

ImportReport Roster::import_file(const std::filesystem::path& file, const ImportOptions& options,
                                 const Progress& progress) const {
  const auto source = exchange::roster::open_csv_file(file, options.encoding);
  return import_from(*state_, *source, options, progress);
}

ImportReport Roster::import_rows(const RowReader& rows, const ImportOptions& options,
                                 const Progress& progress) const {
  const auto source = exchange::roster::collect_rows(rows, state_->store().scratch());
  return import_from(*state_, *source, options, progress);
}

ExportReport Roster::export_file(const std::filesystem::path& file, const ExportOptions& options,
                                 const Progress& progress) const {
  return state_->act(Action::roster_export, {}, [&](Permit& permit) {
    return exchange::roster::export_roster(permit, file, options, progress);
  });
}

RosterSummary Roster::summary() const {
  return state_->act(Action::open_row_list, {}, domain::summarise_roster);
}

Page<OpenRow> Roster::open_rows(const PageRequest& page) const {
  return state_->act(Action::open_row_list, {},
                     [&](Permit& permit) { return domain::list_open_rows(permit, page); });
}

std::int64_t Roster::count_open_rows() const {
  return state_->act(Action::open_row_list, {}, domain::count_open_rows);
}

Id<Evacuee> Roster::mend_open_row(const OpenRow& mended) const {
  return state_->act(Action::open_row_mend, {}, [&](Permit& permit) {
    return exchange::roster::mend_open_row(permit, mended);
  });
}

void Roster::dismiss_open_row(const Id<OpenRow>& id, std::int64_t revision) const {
  state_->act(Action::open_row_dismiss, {}, [&](Permit& permit) {
    domain::close_open_row(permit, id, revision, domain::OpenRowState::dismissed);
  });
}

Page<Suspect> Roster::suspects(const PageRequest& page) const {
  return state_->act(Action::suspect_list, {},
                     [&](Permit& permit) { return domain::list_suspects(permit, page); });
}

Page<Suspect> Roster::decided_suspects(const PageRequest& page) const {
  return state_->act(Action::suspect_list, {},
                     [&](Permit& permit) { return domain::list_decided_suspects(permit, page); });
}

Suspect Roster::decide_suspect(const Id<Suspect>& id, std::int64_t revision,
                               SuspectDecision decision) const {
  return state_->act(Action::suspect_decide, {}, [&](Permit& permit) {
    return domain::decide_suspect(permit, id, revision, decision);
  });
}

Page<MissingEvacuee> Roster::missing(const PageRequest& page) const {
  return state_->act(Action::missing_list, {},
                     [&](Permit& permit) { return domain::list_missing(permit, page); });
}

MissingEvacuee Roster::decide_missing(const Id<MissingEvacuee>& id, std::int64_t revision,
                                      MissingDecision decision) const {
  return state_->act(Action::missing_decide, {}, [&](Permit& permit) {
    return domain::decide_missing(permit, id, revision, decision);
  });
}

Page<ImportConflict> Roster::conflicts(const PageRequest& page) const {
  return state_->act(Action::conflict_list, {},
                     [&](Permit& permit) { return domain::list_conflicts(permit, page); });
}

ImportConflict Roster::decide_conflict(const Id<ImportConflict>& id, std::int64_t revision,
                                       ConflictDecision decision) const {
  return state_->act(Action::conflict_decide, {}, [&](Permit& permit) {
    return exchange::roster::decide_conflict(permit, id, revision, decision);
  });
}

}  // namespace renraku
