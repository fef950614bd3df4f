// A store: one folder that holds everything, encrypted.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <renraku/export.hpp>
#include <renraku/records/member.hpp>
#include <renraku/records/municipality.hpp>
#include <renraku/records/store.hpp>
#include <renraku/session.hpp>
#include <string>
#include <variant>
#include <vector>

namespace renraku {

/// The secrets that open a store. Each is used during the call alone; the caller wipes its own.
struct Passphrase {
  std::string text;
};
struct RecoveryKey {
  std::string printed;
};
/// 32 bytes from the host's own key store; opening by it costs no key stretching.
struct HostKey {
  std::array<std::uint8_t, 32> bytes;
};
using Secret = std::variant<Passphrase, RecoveryKey, HostKey>;

struct StoreOptions {
  /// The clock of every act; the system's where absent. Called from any thread.
  std::function<Instant()> clock;
  std::chrono::minutes session_idle{30};
  std::chrono::minutes session_absolute{12 * 60};
};

/// A new municipality and the member who is its administrator and first roster officer.
struct NewMunicipality {
  std::string code;
  std::string name;
  NewMember administrator;
};

/// An open store. Movable handle; used from any thread. Sessions keep the store open after the
/// handle is gone. Not to be used after a fork: every call throws Error{forked}.
///
/// All calls throw Error; beside the kinds named there, any can throw busy, disk_full, io, damaged
/// and internal.
class RENRAKU_API Store {
 public:
  /// Makes the folder (its parent must exist) with one key slot and opens it. Error{exists} when
  /// there is anything at that path, Error{io} on a network file system, Error{empty_passphrase}.
  static Store create(const std::filesystem::path& folder, const Secret& secret,
                      const std::string& slot_name, const StoreOptions& options = {});

  /// Opens a store, bringing an older one up to date. Nothing is written before the secret has
  /// proved right. Errors: not_a_store, plaintext, wrong_passphrase, empty_passphrase,
  /// newer_format, damaged.
  static Store open(const std::filesystem::path& folder, const Secret& secret,
                    const StoreOptions& options = {});

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Adds a municipality and its first member. Error{invalid} (field "code") when the check digit
  /// is wrong, Error{exists}; for the member as Members::add.
  Municipality add_municipality(const NewMunicipality& input);
  [[nodiscard]] std::vector<Municipality> municipalities() const;

  /// Signs a member in by password. Error{sign_in_failed} whatever was wrong; Error{back_off} when
  /// there were too many failures: wait and try again.
  [[nodiscard]] Session sign_in(const std::string& municipality, const std::string& login,
                                const std::string& password);
  /// Takes a session up again by its token, e.g. for each request of a server.
  /// Error{session_ended}.
  [[nodiscard]] Session resume(const std::string& token);

  [[nodiscard]] std::vector<KeySlot> key_slots() const;
  /// Gives the slot that `current` opens a new passphrase. Error{wrong_passphrase}.
  void change_passphrase(const Passphrase& current, const Passphrase& replacement);
  /// Adds a slot and returns the key to print: it is shown this once.
  [[nodiscard]] std::string add_recovery_key(const std::string& name);
  void add_host_key(const std::string& name, const HostKey& key);

  /// Reads everything: both copies of the key header, every page of the database, every row, the
  /// journal. Takes as long as reading the folder.
  [[nodiscard]] CheckReport check();
  [[nodiscard]] JournalReport verify_journal();

  /// Writes what is waiting. The destructor does it too, but can't tell of an error.
  void flush();

 private:
  friend class StoreAccess;
  explicit Store(std::shared_ptr<class StoreState> state);
  std::shared_ptr<class StoreState> state_;
};

}  // namespace renraku
