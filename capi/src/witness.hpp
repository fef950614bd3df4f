// Signers and witnesses that a host gives.
#pragma once

#include <renraku/c/journal.h>

#include <renraku/records/witness.hpp>

namespace renraku::capi {

[[nodiscard]] JournalSigner read_signer(const renraku_journal_signer* given,
                                        std::string_view argument);
[[nodiscard]] Witness read_witness(const renraku_witness* given, std::string_view argument);

}  // namespace renraku::capi
