// The roster as a CSV file in the 26-column layout.
#pragma once

#include <filesystem>
#include <renraku/records/roster.hpp>

#include "access/permit.hpp"
#include "exchange/roster/importing.hpp"

namespace renraku::exchange::roster {

/// Writes everybody on the roster, in the order they came, last those whose
/// place is hidden from the reader. The file is complete or absent.
/// Error{exists}, Error{io}, Error{disk_full}, Error{invalid_argument} for another encoding than
/// CP932 and UTF-8, Error{cancelled}.
[[nodiscard]] ExportReport export_roster(access::Permit& permit, const std::filesystem::path& file,
                                         const ExportOptions& options, const Progress& progress);

}  // namespace renraku::exchange::roster
