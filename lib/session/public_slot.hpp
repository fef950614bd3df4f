// A key slot as hosts see it.
#pragma once

#include <renraku/described/store.hpp>

#include "crypto/key_header.hpp"

namespace renraku::session {

[[nodiscard]] inline KeySlot public_slot(const crypto::Slot& slot) {
  return {slot.id,
          slot.kind == crypto::SlotKind::passphrase ? SlotKind::passphrase
          : slot.kind == crypto::SlotKind::host_key ? SlotKind::host_key
                                                    : SlotKind::recovery,
          slot.name, slot.created};
}

[[nodiscard]] inline std::vector<KeySlot> public_slots(const crypto::KeyHeader& header) {
  std::vector<KeySlot> slots;
  for (const crypto::Slot& slot : header.slots) slots.push_back(public_slot(slot));
  return slots;
}

}  // namespace renraku::session
