// The journal as the holder of a key slot sees it: proved, witnessed, signed, archived.
#include "session/store_journal.hpp"

#include <algorithm>
#include <optional>
#include <renraku/described/log.hpp>
#include <renraku/store.hpp>
#include <renraku/witness.hpp>

#include "access/journal/heads.hpp"
#include "access/journal/segment.hpp"
#include "access/journal/verify.hpp"
#include "base/uuid.hpp"
#include "crypto/hkdf.hpp"
#include "session/store_state.hpp"

namespace renraku {
namespace {

using access::Action;

JournalSegment public_segment(const access::Segment& segment, const access::StoredChain& chain) {
  JournalSegment out;
  out.id = segment.id;
  out.node = chain.node;
  out.municipality = chain.municipality;
  out.first = segment.first;
  out.last = segment.last;
  out.time = segment.time;
  out.file = segment.file;
  out.digest = crypto::hex(segment.digest);
  return out;
}

void need_month(const Date& before) {
  if (before.exists() && before.month != 0) return;
  throw Error(ErrorCode::invalid, "the month before which to archive is a year and a month",
              "before");
}

JournalSegment archive(StoreState& state, const access::ClosedMonth& month,
                       const std::filesystem::path& folder) {
  const Uuid id = base::make_uuid(state.gate().clock());
  access::WrittenSegment written;
  {
    storage::Transaction transaction = state.database().read();
    written = access::write_segment(transaction, state.journal_keys(), month, folder, id);
  }
  const JournalSegment out = public_segment(written.segment, month.chain);
  state.act({}, Action::journal_archive, {}, [&](access::Permit& permit) {
    access::move_out(permit.transaction(), state.journal_keys(), std::move(written));
    permit.note(fmt::format("entries {} to {} of {} moved to an archive", out.first, out.last,
                            out.municipality));
  });
  return out;
}

}  // namespace

namespace session {

Finding journal_finding(const JournalReport& report) {
  return {"journal", fmt::format("{} at entry {} of chain '{}'", enum_name(report.state),
                                 report.sequence, report.municipality)};
}

void log_finding(const Finding& finding) {
  base::log_line(LogLevel::error, LogEvent::damage_found, "{}: {}", finding.part, finding.detail);
}

std::optional<access::WitnessedHeads> ask_witness(const Witness& witness) {
  if (!witness.heads) return std::nullopt;
  return access::WitnessedHeads(witness.heads());
}

// All chains prove one another; of another municipality's it tells nothing but where one is broken.
JournalReport verify(access::Permit& permit, const std::optional<access::WitnessedHeads>& heads,
                     access::LastWords* said) {
  permit.transaction().keep_to({});
  return access::verify_journal(permit.transaction(), permit.journal_keys(),
                                heads ? &*heads : nullptr, said);
}

}  // namespace session

JournalReport Store::verify_journal() {
  return verify_journal(state_->witness().witness());
}

JournalReport Store::verify_journal(const Witness& witness) {
  const auto call = state_->call();
  state_->flush();
  const auto heads = session::ask_witness(witness);
  const JournalReport report =
      state_->act({}, Action::journal_verify, {},
                  [&](access::Permit& permit) { return session::verify(permit, heads); });
  if (report.state != JournalState::intact) session::log_finding(session::journal_finding(report));
  return report;
}

std::vector<SignedHead> Store::journal_heads() const {
  return state_->act({}, Action::journal_head, {}, [](access::Permit& permit) {
    return access::signed_heads(permit.transaction());
  });
}

Witness Store::as_witness() const {
  Witness witness;
  witness.record = [state = state_](const std::vector<SignedHead>& heads) {
    const auto call = state->call();
    storage::Transaction transaction = state->database().write();
    access::remember_heads(transaction, heads);
    transaction.commit();
  };
  witness.heads = [state = state_] {
    const auto call = state->call();
    storage::Transaction transaction = state->database().read();
    return access::remembered_heads(transaction);
  };
  witness.record_removals = [state = state_](const std::vector<SignedRemoval>& removals) {
    const auto call = state->call();
    storage::Transaction transaction = state->database().write();
    access::remember_removals(transaction, removals);
    transaction.commit();
  };
  witness.removals = [state = state_] {
    const auto call = state->call();
    storage::Transaction transaction = state->database().read();
    return access::remembered_removals(transaction);
  };
  return witness;
}

void Store::change_journal_signer(const std::optional<JournalSigner>& next) {
  const auto call = state_->call();
  access::HeadSigner& signer = state_->signer();
  const auto before = signer.current();
  try {
    state_->act({}, Action::key_slot_change, {}, [&](access::Permit& permit) {
      permit.note(access::hand_over(permit.transaction(), permit.journal_keys().node, signer,
                                    next ? *next : own_signer(state_->store_key())));
    });
  } catch (...) {
    signer.replace(*before);
    throw;
  }
}

std::vector<JournalSegment> Store::archive_journal(const Date& before,
                                                   const std::filesystem::path& folder) {
  need_month(before);
  const auto call = state_->call();
  if (!std::filesystem::is_directory(folder)) {
    throw Error(ErrorCode::io, "the folder for archives does not exist", "folder");
  }
  const Date today = Date::in_japan(state_->gate().clock());
  // The month that is not over stays.
  const Date end = std::min(before, Date{today.year, today.month, 0});
  std::vector<access::ClosedMonth> months;
  {
    storage::Transaction transaction = state_->database().read();
    months = access::closed_months(transaction, end);
  }
  std::vector<JournalSegment> segments;
  for (const access::ClosedMonth& month : months) {
    segments.push_back(archive(*state_, month, folder));
  }
  return segments;
}

JournalSegment Store::bring_back_journal(const std::filesystem::path& file) {
  const auto call = state_->call();
  const Uuid id = access::archive_id(file);
  return state_->act({}, Action::journal_archive, {}, [&](access::Permit& permit) {
    const access::Segment segment = access::find_segment(permit.transaction(), id);
    access::bring_back(permit.transaction(), permit.journal_keys(), segment, file);
    const JournalSegment out =
        public_segment(segment, access::stored_chain(permit.transaction(), segment.chain));
    permit.note(fmt::format("entries {} to {} of {} brought back from an archive", out.first,
                            out.last, out.municipality));
    return out;
  });
}

std::vector<JournalSegment> Store::journal_segments() const {
  return state_->act({}, Action::journal_head, {}, [](access::Permit& permit) {
    std::vector<JournalSegment> all;
    for (const access::StoredChain& chain : access::stored_chains(permit.transaction())) {
      for (const access::Segment& segment : access::segments_of(permit.transaction(), chain.pk)) {
        all.push_back(public_segment(segment, chain));
      }
    }
    return all;
  });
}

}  // namespace renraku
