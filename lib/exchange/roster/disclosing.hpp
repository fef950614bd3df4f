// The roster as a file for a receiver (避難支援等関係者).
#pragma once

#include <filesystem>
#include <optional>
#include <renraku/records/disclosure.hpp>

#include "access/permit.hpp"
#include "exchange/roster/importing.hpp"
#include "exchange/roster/sheet.hpp"

namespace renraku::exchange::roster {

/// Opens `sheet` and writes everybody disclosed to the receiver for the purpose, in the columns of
/// the list and of that purpose, and records the disclosure. Whoever calls finishes the sheet once
/// the record is committed. Error{not_found}, Error{invalid}, Error{cancelled}, and those of Sheet.
[[nodiscard]] DisclosureReport disclose(access::Permit& permit, const Id<Organisation>& receiver,
                                        DisclosurePurpose purpose,
                                        const std::filesystem::path& file,
                                        const DisclosureOptions& options, const Progress& progress,
                                        std::optional<Sheet>& sheet);

}  // namespace renraku::exchange::roster
