// Moving house: a whole store carried to another place, from a folder to a server and back, or to
// another folder or server.
#pragma once

#include <filesystem>
#include <renraku/export.hpp>
#include <renraku/records/copying.hpp>
#include <renraku/roster.hpp>
#include <renraku/store.hpp>
#include <string>

namespace renraku {

struct CopyOptions {
  /// As when the store is opened.
  StoreOptions options;
  /// Where the second address is a server's: home and keeper of that store, as in StoreOptions.
  /// Where neither is given, those in the options.
  std::filesystem::path home;
  Keeper keeper;
  /// Told how far it is: rows read, and in place of bytes rows read and rows to read, which become
  /// more while others write into the store. Returning false ends the call with Error{cancelled};
  /// the next one goes on from there.
  Progress progress;
};

/// Carries the store at `from` to `to`, a folder or a server's empty database, as Store::create
/// takes them: records, history, members, sessions and keys. The same secrets open the copy. Its
/// journal is the same to the byte and goes on under a node of its own, so that the two can't be
/// taken for one another whoever goes on writing where. The copied store stays as it was, and its
/// journal tells that it was copied.
///
/// Others may work in the store meanwhile; only at the end, while what they changed is carried and
/// everything is read back, changes there wait, and reads don't. Programs that shall go on at the
/// new address are best ended first, and the old store put away afterwards.
///
/// Nothing opens as a store at `to` before everything is there. A call that was ended, however,
/// is gone on with by the same call again. Errors: those of Store::open for `from`, exists (there
/// is something else at `to`, or with the field "home" a key header of this store at its home),
/// cancelled, busy (another process copies there, or keeps writing into the store), disk_full,
/// damaged (a row of the store is not what was written).
RENRAKU_API CopyReport copy_store(const std::string& from, const Secret& secret,
                                  const std::string& to, const CopyOptions& options = {});

/// Holds two stores against each other. `secret` opens both. Writes into neither, unless one is to
/// be brought up to date. Errors: those of Store::open, cancelled.
[[nodiscard]] RENRAKU_API StoreComparison compare_stores(const std::string& one,
                                                         const std::string& other,
                                                         const Secret& secret,
                                                         const CopyOptions& options = {});

}  // namespace renraku
