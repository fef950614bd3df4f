// What the journal tells: who did what, when, in what capacity, about whom.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/id.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

enum class Outcome { done, refused, failed };

/// One field of one record, before and after, each as JSON ("null" where there was nothing).
struct FieldChange {
  std::string record_kind;
  Uuid record;
  /// The revision that was changed; 0 where the record was added.
  std::int64_t parent_revision = 0;
  std::string field;
  std::string before;
  std::string after;
};

struct JournalEntry {
  /// The store that wrote the entry.
  Uuid node;
  /// The municipality's code; empty for the store's own chain.
  std::string municipality;
  /// From 1, without gaps, in each chain of node and municipality.
  std::int64_t sequence = 0;
  /// When it was done, by the writer's clock.
  Instant time;
  /// None for the holder of a key slot and for failed sign-ins.
  Id<Member> member;
  /// For whom the member acted (代行入力); none for oneself.
  Id<Member> on_behalf;
  /// The capacity that permitted it: a role, or "slot_holder".
  std::string capacity;
  /// How the member was authenticated, e.g. "password".
  std::string authentication;
  /// Name of the action, as the policy table lists it.
  std::string action;
  Outcome outcome = Outcome::done;
  /// Further facts without personal data, e.g. how many rows; may be empty.
  std::string detail;
  /// Every person (or other record) that the answer showed or the act changed.
  std::vector<Uuid> subjects;
  /// What was changed; empty for reads, and where the subject's key was destroyed.
  std::vector<FieldChange> changes;
  /// SHA-256 over the entry before and this one, in hex.
  std::string hash;
  /// When the entry came into the chain: after the one ahead of it, and for a read up to a minute
  /// after `time`.
  Instant recorded;
};

/// Which entries; an absent one lets all pass.
struct JournalFilter {
  /// Entries that name this person, or other record: who looked, and who changed what.
  std::optional<Uuid> subject;
  /// Name of an action.
  std::optional<std::string> action;
};

enum class JournalState {
  intact,     ///< every entry follows from the one before it, up to the signed head
  altered,    ///< an entry is not what was written
  missing,    ///< an entry is not there
  shortened,  ///< the end is not there, though a head was written or signed for it
  forged,     ///< a head was not signed by whoever signs for this store
  forked,     ///< the chain parted from what a witness saw at this entry: it was written anew
};

/// What a proof of the chains found. Without a witness outside the store nobody can tell whether
/// the end was cut together with its head, or everything written anew by who has the signer's key.
struct JournalReport {
  JournalState state = JournalState::intact;
  /// How many were read.
  std::int64_t entries = 0;
  /// The first bad entry: its chain's municipality and its sequence; 0 when intact.
  std::string municipality;
  std::int64_t sequence = 0;
  /// Whether the chains were compared with a witness; intact but not witnessed leaves open whether
  /// the end was cut.
  bool witnessed = false;
  /// How often the journal tells that entries of reads were lost before they came into it, because
  /// a tail was deleted, cut or altered.
  std::int64_t reads_lost = 0;
  /// Entries in archives whose files are not where they were put: they were passed over by the
  /// hashes that stayed behind.
  std::int64_t archived = 0;
};

/// Entries of one chain that lie in an archive file.
struct JournalSegment {
  Uuid id;
  Uuid node;
  std::string municipality;
  /// Numbers of the first and the last entry.
  std::int64_t first = 0;
  std::int64_t last = 0;
  /// When the last entry came into the chain.
  Instant time;
  /// Where the file was put.
  std::string file;
  /// SHA-256 of the file, in hex.
  std::string digest;
};

}  // namespace renraku
