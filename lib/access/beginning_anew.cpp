#include "access/beginning_anew.hpp"

namespace renraku::access {
namespace {

/// Whether the work reads a file or rows of its caller's, or writes a file.
bool exchanges(Action action) {
  switch (action) {
    case Action::account_import:
    case Action::roster_preview:
    case Action::roster_import:
    case Action::roster_export:
    case Action::disclosure_make:
    case Action::backup_make:
    case Action::backup_restore:
    case Action::store_reencrypt:
    case Action::journal_archive:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool begins_anew(Action action, const Error& error) {
  if (exchanges(action)) return false;
  const std::string& field = error.field();
  return (error.code() == ErrorCode::io && (field == "server" || field == "standby")) ||
         (error.code() == ErrorCode::busy && field == "retry");
}

}  // namespace renraku::access
