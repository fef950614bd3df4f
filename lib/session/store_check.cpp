// Reading everything.
#include <renraku/store.hpp>

#include "domain/record_check/record_check.hpp"
#include "session/home_keys.hpp"
#include "session/schema.hpp"
#include "session/store_journal.hpp"
#include "session/store_state.hpp"

namespace renraku {
namespace {

using Findings = std::vector<Finding>;

void check_keys(const StoreState& state, Findings& findings) {
  if (session::read_keys(state.folder()).sound()) return;
  findings.push_back({"keys",
                      "a copy of the key header is damaged; it is mended by the next change of a "
                      "key slot"});
}

// A witness that can't be asked must not hide what else there is to find.
std::optional<access::WitnessedHeads> check_witness(const access::WitnessPost& post,
                                                    Findings& findings) {
  if (post.has_failed()) {
    findings.push_back({"witness", "it did not take what it was handed last"});
  }
  try {
    return session::ask_witness(post.witness());
  } catch (const std::exception&) {
    findings.push_back({"witness", "what it remembers can't be read"});
    return std::nullopt;
  }
}

void check_journal(const JournalReport& report, Findings& findings) {
  if (report.state != JournalState::intact) findings.push_back(session::journal_finding(report));
  if (report.reads_lost == 0) return;
  findings.push_back(
      {"journal", fmt::format("entries of reads were lost {} times", report.reads_lost)});
}

// What the pages or tables themselves can't give is told of already, and has to be mended first.
void check_records(access::Permit& permit, access::LastWords* said, Findings& findings) {
  try {
    domain::check_records(permit.transaction(), session::migrations(), said,
                          [&](std::string wrong) {
                            findings.push_back({"records", std::move(wrong)});
                          });
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    findings.push_back({"records", std::string("not read to the end: ") + error.what()});
  }
}

}  // namespace

CheckReport Store::check() {
  const auto call = state_->call();
  state_->flush();
  CheckReport report;
  Findings asking;
  const auto heads = check_witness(state_->witness(), asking);
  try {
    state_->act({}, access::Action::store_check, {}, [&](access::Permit& permit) {
      report.findings = asking;
      check_keys(*state_, report.findings);
      const auto wrong = state_->database().check();
      for (const std::string& each : wrong) report.findings.push_back({"database", each});
      access::LastWords said;
      report.journal = session::verify(permit, heads, &said);
      check_journal(report.journal, report.findings);
      const bool holds = report.journal.state == JournalState::intact;
      if (wrong.empty()) check_records(permit, holds ? &said : nullptr, report.findings);
    });
  } catch (const Error& error) {
    // What stopped it half-way says no more than what was found before.
    if (error.code() != ErrorCode::damaged || report.findings.size() <= asking.size()) throw;
  }
  report.sound = report.findings.empty();
  for (const Finding& finding : report.findings) session::log_finding(finding);
  return report;
}

}  // namespace renraku
