// Passwords that lie beside the address, in libpq's file.
#pragma once

#include <string>

namespace renraku::storage::postgresql {

/// The file for this address, as libpq finds it: the address's `passfile`, else PGPASSFILE, else
/// .pgpass at home. libpq does not use a file that is more than its owner's alone, and prints so;
/// here the log hears of it, and the path is then one where nothing can be.
[[nodiscard]] std::string password_file(const std::string& address);

}  // namespace renraku::storage::postgresql
