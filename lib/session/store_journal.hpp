// What a check and the journal's own calls have in common.
#pragma once

#include <optional>
#include <renraku/records/store.hpp>
#include <renraku/records/witness.hpp>

#include "access/journal/verify.hpp"
#include "access/permit.hpp"

namespace renraku::session {

/// The finding of a journal that is not intact.
[[nodiscard]] Finding journal_finding(const JournalReport& report);
void log_finding(const Finding& finding);

/// What a witness remembers; none without one. To be asked before the act begins in which the
/// journal is verified: what is witnessed later is not yet seen there.
[[nodiscard]] std::optional<access::WitnessedHeads> ask_witness(const Witness& witness);
[[nodiscard]] JournalReport verify(access::Permit& permit,
                                   const std::optional<access::WitnessedHeads>& heads,
                                   access::LastWords* said = nullptr);

}  // namespace renraku::session
