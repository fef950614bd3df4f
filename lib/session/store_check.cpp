// Reading everything.
#include <renraku/store.hpp>

#include "session/home_keys.hpp"
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

}  // namespace

CheckReport Store::check() {
  const auto call = state_->call();
  state_->flush();
  CheckReport report;
  const auto heads = check_witness(state_->witness(), report.findings);
  state_->act({}, access::Action::store_check, {}, [&](access::Permit& permit) {
    check_keys(*state_, report.findings);
    for (std::string& wrong : state_->database().check()) {
      report.findings.push_back({"database", std::move(wrong)});
    }
    report.journal = session::verify(permit, heads);
    check_journal(report.journal, report.findings);
  });
  report.sound = report.findings.empty();
  for (const Finding& finding : report.findings) session::log_finding(finding);
  return report;
}

}  // namespace renraku
