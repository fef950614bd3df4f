#include "crypto/key_header.hpp"

#include <algorithm>
#include <functional>
#include <renraku/error.hpp>

#include "base/uuid.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/packing.hpp"
#include "crypto/random.hpp"
#include "crypto/recovery_key.hpp"

namespace renraku::crypto {
namespace {

/// Part of what a wrapped key is bound to; the same in every format of the header.
constexpr std::uint16_t slot_format = 1;

// Binds a wrapped key to its place: it does not open in another store, slot or kind of slot.
Bytes place_of(const Uuid& store_id, const Slot& slot) {
  return Packer()
      .fixed("renraku slot")
      .number(slot_format)
      .number(suite_1)
      .fixed(store_id.bytes)
      .fixed(slot.id.bytes)
      .number(static_cast<std::uint8_t>(slot.kind))
      .bytes();
}

void wrap_into(Slot& slot, const Uuid& store_id, const Key& wrapping, const Key& store_key) {
  const Bytes wrapped = Sealer(wrapping).wrap(place_of(store_id, slot), store_key);
  std::copy(wrapped.begin(), wrapped.end(), slot.wrapped_key.begin());
}

Bytes encode_untagged(const KeyHeader& header) {
  const std::uint16_t format = header.node == header.store_id && header.database == 0 ? 1 : 2;
  Packer out;
  out.number(format).number(suite_1).fixed(header.store_id.bytes);
  out.instant(header.created.micros);
  if (format > 1) out.fixed(header.node.bytes).number(header.database);
  out.number(static_cast<std::uint8_t>(header.slots.size()));
  for (const Slot& slot : header.slots) {
    out.fixed(slot.id.bytes).number(static_cast<std::uint8_t>(slot.kind));
    out.instant(slot.created.micros).short_text(slot.name);
    if (slot.stretching) {
      out.fixed(slot.stretching->salt).number(slot.stretching->cost.memory_bytes);
      out.number(slot.stretching->cost.passes);
    }
    out.fixed(slot.wrapped_key);
  }
  return std::move(out).bytes();
}

HmacKey tag_key(const Key& store_key) {
  return HmacKey(derive_key(store_key, "key header"));
}

void refuse_name(const KeyHeader& header, std::string_view name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (name.empty() || name.size() > slot_name_limit || std::ranges::any_of(name, is_control)) {
    throw Error(ErrorCode::invalid,
                "a slot's name has 1 to 100 bytes and no control characters; choose another",
                "name");
  }
  if (std::ranges::any_of(header.slots, [&](const Slot& slot) { return slot.name == name; })) {
    throw Error(ErrorCode::exists, "another slot of this store has that name; choose another",
                "name");
  }
}

void require_passphrase(std::string_view passphrase) {
  if (passphrase.empty()) {
    throw Error(ErrorCode::empty_passphrase, "the passphrase is empty; give one", "passphrase");
  }
  if (passphrase.size() > passphrase_limit) {
    throw Error(ErrorCode::too_large, "a passphrase has at most 1024 bytes; give a shorter one",
                "passphrase");
  }
  if (passphrase.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::invalid, "a passphrase cannot hold a NUL character; give another",
                "passphrase");
  }
}

Stretching new_stretching(const Argon2Cost& cost) {
  if (!cost.reaches(Argon2Cost::for_store()) || !cost.bearable()) {
    throw Error(ErrorCode::invalid_argument,
                "a passphrase is stretched with 256 MiB to 2 GiB of memory and 3 to 20 passes",
                "cost");
  }
  Stretching stretching{{}, cost};
  fill_salt(stretching.salt);
  return stretching;
}

// A header that has no slots yet has never been tagged.
void require_own(const KeyHeader& header, const Key& store_key) {
  if (!header.slots.empty()) authenticate(header, store_key);
}

void sign_off(KeyHeader& header, const Key& store_key) {
  header.tag = tag_key(store_key).mac(encode_untagged(header));
}

// The one way a slot is added: checks, wraps and tags, and only then changes the header.
Uuid add_slot(KeyHeader& header, const Key& store_key, Slot slot, const Key& wrapping) {
  KeyHeader changed = header;
  slot.id = base::make_uuid(slot.created);
  wrap_into(slot, header.store_id, wrapping, store_key);
  const Uuid id = slot.id;
  changed.slots.push_back(std::move(slot));
  sign_off(changed, store_key);
  header = std::move(changed);
  return id;
}

Slot new_slot(const KeyHeader& header, const Key& store_key, SlotKind kind, std::string_view name,
              Instant now) {
  require_own(header, store_key);
  refuse_name(header, name);
  if (header.slots.size() >= slot_limit) {
    throw Error(ErrorCode::too_large, "a store has at most 32 slots; remove one first");
  }
  Slot slot;
  slot.kind = kind;
  slot.name = name;
  slot.created = now;
  return slot;
}

std::size_t position_of(const KeyHeader& header, const Uuid& id) {
  const auto at = std::ranges::find(header.slots, id, &Slot::id);
  if (at == header.slots.end()) {
    throw Error(ErrorCode::not_found, "this store has no slot of that id; list the slots", "slot");
  }
  return static_cast<std::size_t>(at - header.slots.begin());
}

std::optional<Key> try_slot(const KeyHeader& header, const Slot& slot, const Key& wrapping) {
  try {
    return Sealer(wrapping).unwrap(place_of(header.store_id, slot), slot.wrapped_key);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    return std::nullopt;
  }
}

// `wrapping_for` gives the key to try a slot with.
Unlocked unlock(const KeyHeader& header, SlotKind kind,
                const std::function<Key(const Slot&)>& wrapping_for) {
  for (const Slot& slot : header.slots) {
    if (slot.kind != kind) continue;
    Key wrapping = wrapping_for(slot);
    if (auto store_key = try_slot(header, slot, wrapping)) {
      authenticate(header, *store_key);
      return {std::move(*store_key), slot.id, std::move(wrapping)};
    }
  }
  throw Error(ErrorCode::wrong_passphrase,
              "no slot of the store opens with this passphrase or key; check that it is the right "
              "one and the right store");
}

Slot decode_slot(Unpacker& in) {
  Slot slot;
  in.fixed(slot.id.bytes);
  slot.kind = static_cast<SlotKind>(in.number<std::uint8_t>());
  if (slot.kind < SlotKind::passphrase || slot.kind > SlotKind::recovery) {
    in.fail("has a slot of an unknown kind");
  }
  slot.created.micros = in.instant();
  slot.name = in.short_text();
  if (slot.kind == SlotKind::passphrase) {
    Stretching& stretching = slot.stretching.emplace();
    in.fixed(stretching.salt);
    stretching.cost.memory_bytes = in.number<std::uint64_t>();
    stretching.cost.passes = in.number<std::uint32_t>();
    if (!stretching.cost.bearable()) in.fail("asks for more work than any version would");
  }
  in.fixed(slot.wrapped_key);
  return slot;
}

}  // namespace

KeyHeader create_key_header(const Uuid& store_id, Instant now) {
  KeyHeader header;
  header.store_id = store_id;
  header.node = store_id;
  header.created = now;
  return header;
}

Uuid add_passphrase_slot(KeyHeader& header, const Key& store_key, std::string_view name,
                         std::string_view passphrase, const Argon2Cost& cost, Instant now) {
  require_passphrase(passphrase);
  Slot slot = new_slot(header, store_key, SlotKind::passphrase, name, now);
  slot.stretching = new_stretching(cost);
  const Key wrapping = stretch(passphrase, slot.stretching->salt, cost);
  return add_slot(header, store_key, std::move(slot), wrapping);
}

Uuid add_host_key_slot(KeyHeader& header, const Key& store_key, std::string_view name,
                       const Key& host_key, Instant now) {
  return add_slot(header, store_key, new_slot(header, store_key, SlotKind::host_key, name, now),
                  host_key);
}

NewRecoverySlot add_recovery_slot(KeyHeader& header, const Key& store_key, std::string_view name,
                                  Instant now) {
  Slot slot = new_slot(header, store_key, SlotKind::recovery, name, now);
  const Key recovery = Key::random();
  NewRecoverySlot made;
  made.printed_key = print_recovery_key(recovery);
  made.id = add_slot(header, store_key, std::move(slot), recovery);
  return made;
}

void replace_passphrase(KeyHeader& header, const Key& store_key, const Uuid& id,
                        std::string_view passphrase, const Argon2Cost& cost, Instant now) {
  require_passphrase(passphrase);
  require_own(header, store_key);
  KeyHeader changed = header;
  Slot& slot = changed.slots[position_of(header, id)];
  if (slot.kind != SlotKind::passphrase) {
    throw Error(ErrorCode::not_found, "that slot holds no passphrase; name a passphrase slot",
                "slot");
  }
  slot.created = now;
  slot.stretching = new_stretching(cost);
  wrap_into(slot, header.store_id, stretch(passphrase, slot.stretching->salt, cost), store_key);
  sign_off(changed, store_key);
  header = std::move(changed);
}

void remove_slot(KeyHeader& header, const Key& store_key, const Uuid& id) {
  require_own(header, store_key);
  const auto at = static_cast<std::ptrdiff_t>(position_of(header, id));
  if (header.slots.size() == 1) {
    throw Error(ErrorCode::conflict,
                "this is the store's last slot: without it nobody could open the store; add "
                "another first",
                "slot");
  }
  KeyHeader changed = header;
  changed.slots.erase(changed.slots.begin() + at);
  sign_off(changed, store_key);
  header = std::move(changed);
}

void take_node(KeyHeader& header, const Key& store_key, const Uuid& node) {
  require_own(header, store_key);
  header.node = node;
  header.database = 0;
  header.generation = 0;
  sign_off(header, store_key);
}

KeyHeader rekey(const KeyHeader& header, const Key& next_key, const std::vector<Unlocked>& kept) {
  KeyHeader next = header;
  next.database += 1;
  next.slots.clear();
  for (const Slot& slot : header.slots) {
    const auto opened = std::ranges::find(kept, slot.id, &Unlocked::slot);
    if (opened == kept.end()) continue;
    next.slots.push_back(slot);
    wrap_into(next.slots.back(), header.store_id, opened->wrapping, next_key);
  }
  if (next.slots.empty()) {
    throw Error(ErrorCode::invalid_argument, "at least one slot is kept: give its secret");
  }
  sign_off(next, next_key);
  return next;
}

Unlocked unlock_with_passphrase(const KeyHeader& header, std::string_view passphrase) {
  require_passphrase(passphrase);
  return unlock(header, SlotKind::passphrase, [&](const Slot& slot) {
    const Stretching& stretching = slot.stretching.value();
    return stretch(passphrase, stretching.salt, stretching.cost);
  });
}

Unlocked unlock_with_host_key(const KeyHeader& header, const Key& host_key) {
  return unlock(header, SlotKind::host_key, [&](const Slot&) { return host_key.copy(); });
}

Unlocked unlock_with_recovery(const KeyHeader& header, std::string_view printed_key) {
  const Key recovery = read_recovery_key(printed_key);
  return unlock(header, SlotKind::recovery, [&](const Slot&) { return recovery.copy(); });
}

void authenticate(const KeyHeader& header, const Key& store_key) {
  if (!tag_key(store_key).verify(encode_untagged(header), header.tag)) {
    throw Error(ErrorCode::damaged,
                "the list of key slots was altered by someone without the store's key; put back "
                "the key header from a backup",
                "keys");
  }
}

Bytes encode(const KeyHeader& header) {
  return Packer().fixed(encode_untagged(header)).fixed(header.tag).bytes();
}

KeyHeader decode_key_header(ByteView bytes) {
  Unpacker in(bytes, "the key header");
  const auto format = in.number<std::uint16_t>();
  if (format > key_header_format) {
    throw Error(ErrorCode::newer_format,
                "this store was written by a newer version of renraku; use that or a later one",
                "keys");
  }
  if (in.number<std::uint8_t>() != suite_1) in.fail("names an unknown cipher suite");
  KeyHeader header;
  in.fixed(header.store_id.bytes);
  header.node = header.store_id;
  header.created.micros = in.instant();
  if (format > 1) {
    in.fixed(header.node.bytes);
    header.database = in.number<std::uint64_t>();
  }
  const std::size_t count = in.number<std::uint8_t>();
  if (count > slot_limit) in.fail("has more slots than there can be");
  for (std::size_t i = 0; i < count; ++i) header.slots.push_back(decode_slot(in));
  in.fixed(header.tag);
  in.end();
  return header;
}

}  // namespace renraku::crypto
