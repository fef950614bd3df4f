// Many stores behind one door: a directory says in which of them a municipality is.
#pragma once

#include <filesystem>
#include <memory>
#include <renraku/export.hpp>
#include <renraku/records/region.hpp>
#include <renraku/store.hpp>
#include <string>
#include <vector>

namespace renraku {

/// The stores of a directory, which is a file in TOML (1.0), UTF-8:
///
///     home = "home"              # of stores on servers: as StoreOptions::home
///
///     [082112]                   # 全国地方公共団体コード, with its check digit
///     name = "常総市"             # optional, to be shown
///     address = "postgresql://renraku@db1.example/north?sslmode=verify-full"
///
///     [082023]
///     address = "hitachi.renraku"
///
/// `address` is as for Store::open; an entry may have a `home` of its own. Paths that don't begin
/// at the root begin at the directory's folder. Municipalities of the same address and home share
/// one open store. The file has at most 1 MiB and 2,000 municipalities, and at least one. It should
/// be its owner's alone where an address in it holds a password; no error and no line of the log
/// tells anything that stands in it but municipalities' codes.
///
/// The file is read again when it changed: it is looked at when a store is asked for, at most once
/// a second. So a municipality is added, or sent to another store, without a restart. Put a changed
/// file in its place by renaming, so that nobody reads it half written. One that can't be read, or
/// breaks a rule, changes nothing; the log tells of it once.
///
/// Used from any thread. Not to be used after a fork: every call throws Error{forked}.
class RENRAKU_API Region {
 public:
  /// Reads the directory; opens no store yet. `secret` opens each of them, so give each store a
  /// slot for it: a host key, which costs no stretching, suits a program that serves many. It is
  /// kept in memory until the region is gone.
  ///
  /// `options` are those of every store; `home` counts where the directory names none. The signer
  /// is that of all, and the witness gets what all have to say. The log is called for several
  /// stores at the same time, each one's lines in order and with the code of a municipality of it
  /// before the text; it must not call into the region.
  ///
  /// Error{io} where the file can't be read, Error{too_large}, Error{invalid} with the line that
  /// breaks a rule; the field is "region".
  static Region open(const std::filesystem::path& file, const Secret& secret,
                     const StoreOptions& options = {});

  /// The store of a municipality, by its six digits: opened when it is first asked for, and open
  /// from then on, until the directory names it no more and nobody holds it. Of a store that was
  /// encrypted anew, the new one. Whoever asks while another thread opens it waits for that; a
  /// store that could not be opened is tried again at the next question. The municipality itself
  /// need not be in the store: then nobody can sign in.
  ///
  /// Don't keep what you get longer than a piece of work takes, so that the directory counts:
  /// asking costs next to nothing. Sessions keep their store open as ever.
  ///
  /// Error{not_found} (field "municipality") where the directory does not name it; what Store::open
  /// throws.
  [[nodiscard]] Store store(const std::string& municipality) const;
  /// What the directory names, by code. No store is opened or asked.
  [[nodiscard]] std::vector<ServedMunicipality> municipalities() const;
  /// Reads the directory now. Errors as `open`; then what was known goes on.
  void reload();

  Region(Region&&) noexcept;
  Region& operator=(Region&&) noexcept;
  /// Lets go of the stores. What waits in those that nobody holds is written, but nobody is told of
  /// an error: `Store::flush` before it does that.
  ~Region();

 private:
  friend class RegionAccess;
  explicit Region(std::shared_ptr<class RegionState> state);
  std::shared_ptr<class RegionState> state_;
};

}  // namespace renraku
