// The key header of a store: who can open it.
//
// A store has one random 32-byte store key. Each slot of the header holds that key, wrapped under a
// secret: a passphrase, a key kept by the host, or a recovery key on paper. Whoever knows one
// secret gets the store key and with it everything; changing a passphrase re-wraps the store key
// and touches no data. The list of slots is authenticated under the store key, so that nobody who
// cannot open the store can add, exchange or rename a slot unnoticed. (Putting back an older header
// whole can't be told from here.)
//
// The values are plain; a header is used by one thread at a time. Nothing here touches a file: see
// key_file.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <renraku/id.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/argon2.hpp"
#include "crypto/hash.hpp"
#include "crypto/seal.hpp"
#include "crypto/secret.hpp"

namespace renraku::crypto {

enum class SlotKind : std::uint8_t { passphrase = 1, host_key = 2, recovery = 3 };

inline constexpr std::size_t slot_limit = 32;          // all must fit one copy in the key file
inline constexpr std::size_t slot_name_limit = 100;    // bytes
inline constexpr std::size_t passphrase_limit = 1024;  // bytes; more is no safer

/// How a passphrase becomes the key that wraps.
struct Stretching {
  Argon2Salt salt{};
  Argon2Cost cost;

  bool operator==(const Stretching&) const = default;
};

struct Slot {
  Uuid id;
  SlotKind kind = SlotKind::passphrase;
  std::string name;  ///< chosen by people, unique in the store, e.g. "情報政策課"
  Instant created;
  std::optional<Stretching> stretching;  ///< of passphrases only; the other secrets are random
  std::array<std::uint8_t, Key::size + seal_overhead> wrapped_key{};

  bool operator==(const Slot&) const = default;
};

struct KeyHeader {
  Uuid store_id;
  /// Who writes the journal: the store's own id, until it is restored from a backup.
  Uuid node;
  Instant created;
  /// Which of the database files counts: 0 until the store was encrypted anew.
  std::uint64_t database = 0;
  /// How often the header was written; 0 for one that never was. Kept by key_file.hpp.
  std::uint64_t generation = 0;
  std::vector<Slot> slots;
  /// HMAC over all of the above but the generation, under a key made from the store key.
  Digest tag{};

  bool operator==(const KeyHeader&) const = default;
};

/// A header without slots. The store key is made beside it by Key::random().
[[nodiscard]] KeyHeader create_key_header(const Uuid& store_id, Instant now);

// Changing the slots. Each call first checks that the header belongs to `store_key` and was not
// altered (Error{damaged}), and leaves it as it was when it throws. A slot's name is refused when
// it is empty, too long or holds control characters (Error{invalid}), and when another slot bears
// it (Error{exists}); a slot too many is Error{too_large}. New slots' ids are returned.

/// Throws also Error{empty_passphrase}; Error{too_large} above `passphrase_limit`; Error{invalid}
/// for a NUL; Error{invalid_argument} for a cost under Argon2Cost::for_store() or over what is
/// bearable; Error{busy} without memory.
Uuid add_passphrase_slot(KeyHeader& header, const Key& store_key, std::string_view name,
                         std::string_view passphrase, const Argon2Cost& cost, Instant now);

/// `host_key` is 32 random bytes that the host keeps (a key store, a callback, a file).
Uuid add_host_key_slot(KeyHeader& header, const Key& store_key, std::string_view name,
                       const Key& host_key, Instant now);

struct NewRecoverySlot {
  Uuid id;
  std::string printed_key;  ///< shown once, then wiped by the caller; nothing can show it again
};
[[nodiscard]] NewRecoverySlot add_recovery_slot(KeyHeader& header, const Key& store_key,
                                                std::string_view name, Instant now);

/// A new passphrase for the passphrase slot `id`, which keeps its id and name; throws like adding
/// one, and Error{not_found} when there is no such passphrase slot.
void replace_passphrase(KeyHeader& header, const Key& store_key, const Uuid& id,
                        std::string_view passphrase, const Argon2Cost& cost, Instant now);

/// Throws Error{not_found}, and Error{conflict} for the last slot: nobody could open the store.
void remove_slot(KeyHeader& header, const Key& store_key, const Uuid& id);

/// Makes it the header of a copy of the store that goes on by itself: another node, with its first
/// database, and not written yet.
void take_node(KeyHeader& header, const Key& store_key, const Uuid& node);

// Opening. Every slot of the kind is tried in order, for a passphrase at the full cost of each.
// Throws Error{wrong_passphrase} when none opens (a wrong secret and an exchanged wrapped key look
// alike), Error{damaged} when one opens but the list of slots was altered.

struct Unlocked {
  Key store_key;
  Uuid slot;     ///< which slot opened, for the journal
  Key wrapping;  ///< what the secret became: wraps another store key for the same slot
};

/// Throws also Error{empty_passphrase}, Error{too_large} and Error{invalid} like adding a slot, and
/// Error{busy} without memory.
[[nodiscard]] Unlocked unlock_with_passphrase(const KeyHeader& header, std::string_view passphrase);
[[nodiscard]] Unlocked unlock_with_host_key(const KeyHeader& header, const Key& host_key);
/// Throws also Error{invalid} when the text is mistyped (recovery_key.hpp).
[[nodiscard]] Unlocked unlock_with_recovery(const KeyHeader& header, std::string_view printed_key);

/// The header of the same store under `next_key`, with the next database. Of the slots it has those
/// that `kept` opened; whoever holds the secret of another gets nothing out of it any more. Throws
/// Error{invalid_argument} where none is kept.
[[nodiscard]] KeyHeader rekey(const KeyHeader& header, const Key& next_key,
                              const std::vector<Unlocked>& kept);

/// Throws Error{damaged} unless the header was last changed by someone who has `store_key`.
void authenticate(const KeyHeader& header, const Key& store_key);

// The header's bytes, all but the generation; what the tag covers comes first.
//
//   format version u16, suite u8, store id 16, created i64, in format 2 node 16 and database u64,
//   number of slots u8, then each slot: id 16, kind u8, created i64, name (u8 length, UTF-8), for a
//   passphrase salt 16, memory u64, passes u32; wrapped key 65; at the end the tag 32.  Numbers are
//   big-endian. A header whose node is the store and whose database is the first has format 1.

inline constexpr std::uint16_t key_header_format = 2;

[[nodiscard]] Bytes encode(const KeyHeader& header);
/// Throws Error{damaged} for bytes that are no header, Error{newer_format} for one written by a
/// later version. The tag is read, not checked: that takes the store key.
[[nodiscard]] KeyHeader decode_key_header(ByteView bytes);

}  // namespace renraku::crypto
