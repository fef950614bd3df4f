// A store: one folder that holds everything, encrypted; or the database of a PostgreSQL server.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <renraku/export.hpp>
#include <renraku/records/factor.hpp>
#include <renraku/records/keeper.hpp>
#include <renraku/records/log.hpp>
#include <renraku/records/member.hpp>
#include <renraku/records/municipality.hpp>
#include <renraku/records/store.hpp>
#include <renraku/records/witness.hpp>
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

/// The private half of a backup key, as make_backup_key printed it.
struct BackupPrivateKey {
  std::string printed;
};
/// What opens a backup: the private half that it was sealed to, or a secret of a slot that the
/// store had then.
using BackupSecret = std::variant<BackupPrivateKey, Passphrase, RecoveryKey, HostKey>;
struct BackupOptions;
struct RestoreOptions;

struct StoreOptions {
  /// The clock of every act; the system's where absent. Called from any thread.
  std::function<Instant()> clock;
  std::chrono::minutes session_idle{30};
  std::chrono::minutes session_absolute{12 * 60};
  /// How long after a member proved who it is exports, keys, roles and factors stay open to it.
  std::chrono::minutes session_fresh{10};
  /// A read's answer leaves only when its journal entry is on the disk, so that not even the end of
  /// the machine loses one; else those of the last 5 ms can be lost then. Costs a flush a read. So
  /// it is without this too where there is no folder for tails that can be written: then each
  /// entry is committed to the database, and reads wait as changes do while somebody writes.
  bool strict_reads = false;
  /// Told what the operator of the host program should hear; LogSink says when and on which thread.
  /// Kept until the store and the last of its sessions are gone.
  LogSink log;
  /// Signs the journal's heads in place of the store's own key: the signer that is in use (which
  /// `Store::change_journal_signer` makes it), or for a new store the first one. Opening with
  /// another than the one in use is Error{invalid_argument} (field "journal_signer").
  std::optional<JournalSigner> journal_signer;
  /// The signer that was in use is lost, and `journal_signer`, or the store's own key, goes on. The
  /// journal tells of it, and is forged from there on: nothing vouches for what came before but a
  /// witness.
  bool journal_signer_lost = false;
  /// Gets the journal's heads when administrators sign in, with backups, hourly, and when the store
  /// is closed; what was taken away then too, and right after the act that took it away. One that
  /// fails holds nothing up; `check` tells of it.
  Witness witness;
  /// Of stores on a server: the folder on this machine's own disk where each has a folder,
  /// `<store id>.renraku`, for what the server must not have: the key header and the tails of the
  /// journal. Where it is empty, the environment's RENRAKU_HOME names it. All processes that have a
  /// store open share its home.
  std::filesystem::path home;
  /// Of stores on a server: has the key header in place of the home, which may then be left out.
  /// Where it is not, tails lie there; without it `strict_reads` is on. RENRAKU_HOME counts as a
  /// home here too. Of a store that is a folder it is not asked.
  Keeper keeper;
};

/// A new municipality and the member who is its administrator and first roster officer.
struct NewMunicipality {
  std::string code;
  std::string name;
  NewMember administrator;
};

/// A session, and what to tell the member beside it.
struct SignedIn {
  Session session;
  /// Unless `present`, the member should be told. With `required` the session can do nothing but
  /// set a second factor up, and is whole from then on.
  FactorState second_factor = FactorState::advised;
  /// Where `SignIn::remember_device` asked for it: 64 characters for the device to keep. They open
  /// nothing; they show that the device is no stranger.
  std::string device;
  /// For administrators: whose accounts the recovery key opened in the last thirty days. To be
  /// shown in a place that nobody overlooks.
  std::vector<AccessRecovery> recoveries;
};

/// An open store. Movable handle; used from any thread. Sessions keep it open after the handle is
/// gone. After a fork every call throws Error{forked}; the child may open the store for itself.
///
/// All calls throw Error; beside the kinds named there, any can throw busy, disk_full, io, damaged
/// and internal.
class RENRAKU_API Store {
 public:
  /// Makes a store at `address` with one key slot and opens it. The address is
  ///  - a folder's path: the folder is made (its parent must exist). Error{exists} when there is
  ///    anything at that path, Error{io} on a network file system;
  ///  - or `postgresql://host/database?…` (also `postgres://`), as libpq reads it: the database
  ///    must be there and be empty, else Error{exists} (field "database"), and `options.home` or
  ///    `options.keeper` says where the rest lies, else Error{invalid_argument} (field "home"); the
  ///    home is made where it is missing. Error{invalid_argument} (field "keeper") for a keeper
  ///    that lacks a function, Error{io} (field "keeper") where one fails, here and later.
  ///    Error{invalid_argument} (field "address") where the library was built without this engine,
  ///    or the address can't be read. What fails with a server is Error{io} with the field server,
  ///    password, tls, certificate, standby or rights, Error{busy} with the field connections,
  ///    Error{not_a_store} (field "database") without such a database. No error and no line of the
  ///    log tells the address, which may hold a password.
  /// Error{empty_passphrase}.
  static Store create(const std::string& address, const Secret& secret,
                      const std::string& slot_name, const StoreOptions& options = {});

  /// Opens a store, bringing an older one up to date. Nothing is written before the secret has
  /// proved right. Errors: not_a_store, plaintext, wrong_passphrase, empty_passphrase,
  /// newer_format, damaged. On a server, those that `create` names, and not_a_store with the field
  /// "database" where it has no store, with the field "home" where the key header at home is
  /// missing or another store's.
  static Store open(const std::string& address, const Secret& secret,
                    const StoreOptions& options = {});

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Adds a municipality and its first member. Error{invalid} (field "code") when the check digit
  /// is wrong, Error{exists}; for the member as Members::add.
  Municipality add_municipality(const NewMunicipality& input);
  /// Those that are here: not one that is on its way here, nor one that was moved to another store.
  [[nodiscard]] std::vector<Municipality> municipalities() const;
  /// Adds a member who runs the service: backups, applications, municipalities; sees neither
  /// residents nor accounts. Signs in with an empty municipality; the roles given do not count.
  /// Errors as Members::add.
  Member add_service_administrator(const NewMember& input);

  /// Signs a member in. A code, a recovery code or a bound certificate is needed beside the
  /// password where the member has a second factor: Error{second_factor} when it is missing, and
  /// only who knows the password learns that. Error{sign_in_failed} whatever was wrong;
  /// Error{back_off} when there were too many failures from here: wait and try again; Error{busy}
  /// when too many sign in at once. A password that came from another system is hashed anew.
  [[nodiscard]] SignedIn sign_in(const SignIn& input);
  /// By password alone, from a place that the host does not tell apart.
  [[nodiscard]] Session sign_in(const std::string& municipality, const std::string& login,
                                const std::string& password);
  /// Lets an administrator in again who lost password or second factor: whoever holds the printed
  /// recovery key gives a new password (rule of Members::add), and TOTP, recovery codes,
  /// certificates, back-off and sessions of that member are gone. The journal and the sign-ins of
  /// all administrators tell of it. Error{wrong_passphrase}, Error{invalid} for a mistyped key,
  /// Error{not_found} (field "login"), Error{not_permitted} for a member who is no administrator.
  void recover_administrator(const RecoveryKey& key, const std::string& municipality,
                             const std::string& login, const std::string& password);
  /// A vendor's own sign-on: one call in the name of the member of whom a registered application
  /// says, by a signed assertion, that it is there (see renraku/applications.hpp for its form). The
  /// session is good for one call and has no token: the next one is Error{session_ended}. It may
  /// what the member may and the application is registered for; what needs a fresh proof of who the
  /// member is, never. The journal says "asserted:" and the application's id where it says of
  /// others how they signed in here.
  ///
  /// Error{sign_in_failed} for an application, key, member or time that does not count, and for an
  /// assertion that was used before, in whatever process; Error{not_permitted} where the
  /// application is not registered for the municipality, or was not accepted there;
  /// Error{second_factor} where that requires two factors and the assertion does not name two of
  /// different kinds.
  [[nodiscard]] Session act_as(const std::string& assertion);
  /// Takes a session up again by its token, e.g. for each request of a server.
  /// Error{session_ended}.
  [[nodiscard]] Session resume(const std::string& token);

  // Key slots: the ways in. Each change is journalled, and each opening by the slot it used.

  [[nodiscard]] std::vector<KeySlot> key_slots() const;
  /// The slot that this handle was opened with.
  [[nodiscard]] Uuid opened_with() const;
  /// Gives the slot that `current` opens a new passphrase. Error{wrong_passphrase}.
  void change_passphrase(const Passphrase& current, const Passphrase& replacement);
  /// Adding: Error{exists} for a name that another slot bears, Error{invalid} (field "name") for
  /// one that is empty, long or holds control characters, Error{too_large} beyond 32 slots,
  /// Error{empty_passphrase}.
  void add_passphrase(const std::string& name, const Passphrase& passphrase);
  /// Adds a slot and returns the key to print: it is shown this once.
  [[nodiscard]] std::string add_recovery_key(const std::string& name);
  void add_host_key(const std::string& name, const HostKey& key);
  /// Takes a way in away. Whoever used it has seen the store key and may have kept it, or an older
  /// copy of the key header: after a loss or a theft, `reencrypt` as well. Error{not_found};
  /// Error{conflict} for the last slot, and for the one that this handle was opened with unless
  /// `even_own`.
  void revoke_slot(const Uuid& slot, bool even_own = false);
  /// Encrypts everything anew under a new store key, into a new database beside the old one, which
  /// then goes. Give a secret of every slot that shall stay; the others are dropped, because the
  /// new key can't be wrapped for them, and neither they nor older copies of the key header open
  /// anything any more, but for backups that were sealed to slots. Readers go on meanwhile, writers
  /// wait. No other thread may use this handle meanwhile; it is open to the new database
  /// afterwards. Sessions and the handles of other processes get Error{busy} (field "reopen") from
  /// then on: open anew, and `resume` sessions. Returns the slots that stayed. Killed at any
  /// moment, the store is the old one or the new one. Error{wrong_passphrase} for a secret that
  /// opens no slot, Error{missing} (field "kept") without any, Error{busy} while another process
  /// does the same, Error{invalid_argument} (field "address") for a store on a server.
  std::vector<KeySlot> reencrypt(const std::vector<Secret>& kept);

  /// Seals a backup of everything into a new file in `folder` (which must exist) while work goes
  /// on, reads it back, and removes the oldest beyond `options.keep`. backup.hpp has the details.
  /// Error{invalid} (field "to_key"), Error{io}, Error{disk_full}; then nothing was removed.
  /// Error{invalid_argument} (field "address") for a store on a server, which is backed up with the
  /// server's own means.
  BackupReport backup(const std::filesystem::path& folder, const BackupOptions& options);
  /// Opens a backup into a new folder as a store that can be opened by the slots it had then.
  /// Error{exists} where something is at `folder`; Error{wrong_passphrase}; Error{damaged} names
  /// the place in the file; Error{not_a_store} for a file that is no backup, Error{newer_format}.
  static RestoreReport restore(const std::filesystem::path& file, const BackupSecret& secret,
                               const std::filesystem::path& folder, const RestoreOptions& options);

  /// Reads everything: the key header, all pages (of a server's database, all rows), the journal,
  /// and every record, which has to be what the journal last said of it. As slow as all that.
  [[nodiscard]] CheckReport check();
  /// Proves all chains of the journal, with the witness of the options where there is one, or with
  /// another. Throws what the witness throws.
  [[nodiscard]] JournalReport verify_journal();
  [[nodiscard]] JournalReport verify_journal(const Witness& witness);
  /// Where all chains stand, signed: what a witness is given.
  [[nodiscard]] std::vector<SignedHead> journal_heads() const;
  /// This store as the witness of another; it stays open for as long.
  [[nodiscard]] Witness as_witness() const;
  /// From now on `next` signs the journal's heads, or the store's own key where it is absent. The
  /// signer of before vouches for it. Other processes that have the store open can't change it
  /// until they open it anew, with the new one. Error{invalid} (field "journal_signer").
  void change_journal_signer(const std::optional<JournalSigner>& next);

  /// Moves the municipalities' entries of months before `before` (a year and a month, as it is in
  /// Japan; the month that is not over stays) to new files in `folder`, one a chain and month,
  /// sealed: only this store opens them. Best done when nobody works: each file's rows go in one
  /// transaction. Error{io}, Error{disk_full}, Error{damaged} where the chain does not hold; what
  /// was moved by then stays moved.
  std::vector<JournalSegment> archive_journal(const Date& before,
                                              const std::filesystem::path& folder);
  /// Puts an archive's entries back. The file stays. Error{invalid} (field "file") for what is no
  /// archive, Error{not_found} for one that is not of this store or was brought back,
  /// Error{damaged}.
  JournalSegment bring_back_journal(const std::filesystem::path& file);
  /// What lies in archives.
  [[nodiscard]] std::vector<JournalSegment> journal_segments() const;

  /// Whether each read's entry is on the disk before its answer leaves: as the options ask, or
  /// because there is no place for tails.
  [[nodiscard]] bool is_strict() const;
  /// Writes what is waiting. The destructor does it too, but can't tell of an error.
  void flush();

 private:
  friend class StoreAccess;
  explicit Store(std::shared_ptr<class StoreState> state);
  std::shared_ptr<class StoreState> state_;
};

}  // namespace renraku
