// What an import does to the roster and what it leaves for an officer: open rows, suspects, missing
// people, conflicts. Knows no file format: rows come in as people and evacuees.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <renraku/described/roster.hpp>
#include <renraku/page.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/permit.hpp"
#include "crypto/hash.hpp"
#include "domain/evacuees/evacuees.hpp"
#include "domain/people/people.hpp"
#include "domain/roster/schema.hpp"
#include "storage/row_key.hpp"

namespace renraku::domain {

/// What one entry of the roster is told apart by.
struct EntryRow {
  Id<Evacuee> id;
  Id<Person> person;
  /// Whose row the entry lies with: the same person's.
  Id<Person> joined;
  std::string reference;
  std::string municipal_number;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::optional<Sex> sex;
  std::vector<Phone> phones;
  std::vector<Address> addresses;
  /// In the district that was asked for.
  bool in_district = false;
  bool listed = false;
  /// An officer decided to keep the entry though a file did not name it.
  bool kept = false;
  std::optional<std::string> imported;
};
RENRAKU_DESCRIBE(EntryRow, id, person, joined, reference, municipal_number, name, kana, birth_date,
                 sex, phones, addresses, in_district, listed, kept, imported)

struct RosterEntry : EntryRow {
  /// Under protection today, and the reader may not see the place.
  bool is_protected = false;
  bool hidden = false;
};

/// Shows `visit` every entry of the municipality, those withdrawn too, in the order they came.
/// `district` is one in any spelling.
void each_roster_entry(access::Permit& permit, std::string_view district,
                       const std::function<void(RosterEntry&&)>& visit);

/// The newest person's key: another one says that people were added meanwhile.
[[nodiscard]] std::int64_t newest_person(access::Permit& permit);

/// A person and an entry as they came to be.
struct AddedEntry {
  Id<Person> person;
  Id<Evacuee> evacuee;
};

/// All that is written of a new entry, its part of the journal sealed.
struct NewEntry {
  AddedEntry ids;
  NewPerson person;
  storage::MadeRow evacuee;
  std::string reference;
  access::SealedChanges changes;
};

/// Makes new entries on one thread, which may be another than the one that has the permit, whose
/// act must outlast it.
class EntryMaker {
 public:
  explicit EntryMaker(access::Permit& permit);
  /// `imported` is what the file said. To be written in the order in which they were made.
  [[nodiscard]] NewEntry make(Person person, Evacuee evacuee, std::string_view imported);

 private:
  Origin origin_;
  storage::RowKeys people_;
  storage::RowKeys evacuees_;
  access::NewPersonSealer sealer_;
};

/// A row that could not be taken.
struct KeptRow {
  OpenRow row;
  /// The cells tell of protection.
  bool guarded = false;
  /// Those whom it may name.
  std::vector<Id<Evacuee>> entries;
};

/// Writes within one act. Everything but additions and changes of entries is told in the act's own
/// journal entry alone; those have one entry each, sealed under the person's key.
class RosterWriter {
 public:
  explicit RosterWriter(access::Permit& permit);

  /// Some that an EntryMaker of this act made; the more at once, the quicker.
  void add(std::span<const NewEntry* const> entries);
  /// Completes what was added; once, before the act ends.
  void finish();
  /// Stores what differs of person and evacuee, with one journal entry if anything does.
  void change(const StoredEvacuee& stored, Person person, Evacuee evacuee);

  /// Keeps a row that could not be taken, when what was added is completed; does nothing when the
  /// same cells were kept before, whatever became of them.
  void keep(KeptRow row);
  /// Queues a pair, unless it was queued before.
  void suspect(const Id<Person>& one, const Id<Person>& other, std::vector<std::string> reasons);
  /// The file did not name this entry.
  void miss(const StoredEvacuee& entry);
  /// Takes off the list of missing people whoever the file names again.
  void found_again(const std::function<bool(const Id<Evacuee>& entry)>& named);
  /// Queues a difference, unless the file said the same before. `placed`: the column tells where
  /// the person is.
  void conflict(const StoredEvacuee& entry, const std::string& column, bool placed,
                const std::string& stored, const std::string& file);

 private:
  /// Made at the first use: most acts write to few of the tables.
  std::int64_t next_key(std::optional<storage::RowKeys>& keys,
                        storage::RowKeys (*make)(access::Permit&));

  /// Rows are written together: a page that an import comes back to after it was written to the log
  /// makes SQLite reckon the log anew from there (walRewriteChecksums).
  static constexpr std::size_t kept_max = 8'000;
  /// Pairs of characters that new entries are found by.
  void index_new(std::span<const NewEntry* const> entries);
  void write_kept();
  void write_kept(const KeptRow& kept);

  access::Permit& permit_;
  LookupKeys keys_;
  std::vector<KeptRow> kept_;
  std::optional<storage::RowKeys> open_rows_;
  std::optional<storage::RowKeys> suspects_;
  std::optional<storage::RowKeys> missing_;
  std::optional<storage::RowKeys> conflicts_;
};

/// Who is on the roster and what waits, counted at one moment.
[[nodiscard]] RosterSummary summarise_roster(access::Permit& permit);

// What waits for an officer. Each list names in the journal the people it shows.

[[nodiscard]] Page<OpenRow> list_open_rows(access::Permit& permit, const PageRequest& page);
[[nodiscard]] std::int64_t count_open_rows(access::Permit& permit);
/// What an open row is known again by, of its cells as they are stored.
[[nodiscard]] crypto::Digest open_row_digest(std::string_view cells);
enum class OpenRowState { open, mended, dismissed };
RENRAKU_DESCRIBE_ENUM(OpenRowState, open, mended, dismissed)
/// Error{conflict} for a stale revision, Error{not_found} for a row that no longer waits.
void close_open_row(access::Permit& permit, const Id<OpenRow>& id, std::int64_t revision,
                    OpenRowState state);

[[nodiscard]] Page<Suspect> list_suspects(access::Permit& permit, const PageRequest& page);
[[nodiscard]] Page<Suspect> list_decided_suspects(access::Permit& permit, const PageRequest& page);
Suspect decide_suspect(access::Permit& permit, const Id<Suspect>& id, std::int64_t revision,
                       SuspectDecision decision);
/// Pairs that an officer declared the same person.
[[nodiscard]] std::vector<std::pair<Id<Evacuee>, Id<Evacuee>>> same_people(access::Permit& permit);

[[nodiscard]] Page<MissingEvacuee> list_missing(access::Permit& permit, const PageRequest& page);
MissingEvacuee decide_missing(access::Permit& permit, const Id<MissingEvacuee>& id,
                              std::int64_t revision, MissingDecision decision);

[[nodiscard]] Page<ImportConflict> list_conflicts(access::Permit& permit, const PageRequest& page);
/// With nothing withheld: for deciding within an act.
[[nodiscard]] ImportConflict load_conflict(access::Permit& permit, const Id<ImportConflict>& id);
/// Error{conflict} for a stale revision or one that is decided. Puts nothing in: whoever takes the
/// file's value changes the entry first. Returns what the reader may see.
ImportConflict decide_conflict(access::Permit& permit, const Id<ImportConflict>& id,
                               std::int64_t revision, ConflictDecision decision);

}  // namespace renraku::domain
