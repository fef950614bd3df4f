// Opening, and what the holder of a key slot does.
#include <renraku/described/store.hpp>
#include <renraku/store.hpp>

#include "access/journal/verify.hpp"
#include "base/uuid.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/key_file.hpp"
#include "crypto/password.hpp"
#include "domain/members/members.hpp"
#include "domain/municipalities/municipalities.hpp"
#include "session/store_state.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"

namespace renraku {
namespace {

using access::Action;

crypto::Unlocked unlock(const crypto::KeyHeader& header, const Secret& secret) {
  struct Unlock {
    const crypto::KeyHeader& header;
    crypto::Unlocked operator()(const Passphrase& passphrase) const {
      return crypto::unlock_with_passphrase(header, passphrase.text);
    }
    crypto::Unlocked operator()(const RecoveryKey& key) const {
      return crypto::unlock_with_recovery(header, key.printed);
    }
    crypto::Unlocked operator()(const HostKey& key) const {
      return crypto::unlock_with_host_key(header, crypto::Key::from(key.bytes));
    }
  };
  return std::visit(Unlock{header}, secret);
}

void add_first_slot(crypto::KeyHeader& header, const crypto::Key& store_key, const Secret& secret,
                    const std::string& name, const SecretCosts& costs, Instant now) {
  if (const auto* passphrase = std::get_if<Passphrase>(&secret)) {
    crypto::add_passphrase_slot(header, store_key, name, passphrase->text, costs.passphrase, now);
  } else if (const auto* host_key = std::get_if<HostKey>(&secret)) {
    crypto::add_host_key_slot(header, store_key, name, crypto::Key::from(host_key->bytes), now);
  } else {
    throw Error(ErrorCode::invalid_argument,
                "a recovery key is made by the store; create it with a passphrase or a host key",
                "secret");
  }
}

crypto::Key page_key(const crypto::Key& store_key) {
  return crypto::derive_key(store_key, "renraku database pages");
}

Store hold(std::unique_ptr<StoreState> state) {
  return StoreAccess::make({state.release(), CloseInItsProcess{}});
}

KeySlot public_slot(const crypto::Slot& slot) {
  KeySlot out;
  out.id = slot.id;
  out.kind = slot.kind == crypto::SlotKind::passphrase ? SlotKind::passphrase
             : slot.kind == crypto::SlotKind::host_key ? SlotKind::host_key
                                                       : SlotKind::recovery;
  out.name = slot.name;
  out.created = slot.created;
  return out;
}

// Secrets are stretched before the act, which must not keep writers waiting, and the header is
// written after it: there is never a changed slot that the journal does not tell of.
template <class Change>
auto change_slots(StoreState& state, const std::string& note, Change&& change) {
  state.require_same_process();
  crypto::KeyHeader header = crypto::read_key_header(state.folder().keys()).header;
  auto result = change(header, state.gate().clock());
  state.act({}, Action::key_slot_change, {}, [&](access::Permit& permit) { permit.note(note); });
  crypto::write_key_header(state.folder().keys(), header);
  return result;
}

}  // namespace

Store create_store(const std::filesystem::path& folder, const Secret& secret,
                   const std::string& slot_name, const StoreOptions& options,
                   const SecretCosts& costs) {
  const Instant now = options.clock ? options.clock() : Instant::now();
  crypto::Key store_key = crypto::Key::random();
  crypto::KeyHeader header = crypto::create_key_header(base::make_uuid(now), now);
  add_first_slot(header, store_key, secret, slot_name, costs, now);
  const session::StoreFolder made = session::make_store_folder(folder);
  const crypto::Key pages = page_key(store_key);
  auto engine = storage::sqlcipher::create(made.database(), pages.bytes().first<32>());
  // The header comes last: a folder without one was never a store.
  crypto::write_key_header(made.keys(), header);
  return hold(std::make_unique<StoreState>(made, std::move(store_key), header.store_id,
                                           std::move(engine), options, costs));
}

Store open_store(const std::filesystem::path& folder, const Secret& secret,
                 const StoreOptions& options, const SecretCosts& costs) {
  const session::StoreFolder found = session::find_store_folder(folder);
  const crypto::KeyHeader header = crypto::read_key_header(found.keys()).header;
  crypto::Unlocked unlocked = unlock(header, secret);
  const crypto::Key pages = page_key(unlocked.store_key);
  auto engine = storage::sqlcipher::open(found.database(), pages.bytes().first<32>());
  return hold(std::make_unique<StoreState>(found, std::move(unlocked.store_key), header.store_id,
                                           std::move(engine), options, costs));
}

Store::Store(std::shared_ptr<StoreState> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::create(const std::filesystem::path& folder, const Secret& secret,
                    const std::string& slot_name, const StoreOptions& options) {
  return create_store(folder, secret, slot_name, options, {});
}

Store Store::open(const std::filesystem::path& folder, const Secret& secret,
                  const StoreOptions& options) {
  return open_store(folder, secret, options, {});
}

Municipality Store::add_municipality(const NewMunicipality& input) {
  crypto::check_password_rule(input.administrator.password, false);
  const std::string hash =
      crypto::hash_password(input.administrator.password, state_->costs().password);
  return state_->act({}, Action::municipality_add, {}, [&](access::Permit& permit) {
    const Municipality added = domain::add_municipality(permit, input.code, input.name);
    domain::add_member(permit, input.administrator, hash);
    return added;
  });
}

std::vector<Municipality> Store::municipalities() const {
  return state_->act({}, Action::municipality_view, {}, domain::list_municipalities);
}

std::vector<KeySlot> Store::key_slots() const {
  state_->require_same_process();
  std::vector<KeySlot> slots;
  for (const crypto::Slot& slot : crypto::read_key_header(state_->folder().keys()).header.slots) {
    slots.push_back(public_slot(slot));
  }
  return slots;
}

void Store::change_passphrase(const Passphrase& current, const Passphrase& replacement) {
  change_slots(*state_, "change of passphrase", [&](crypto::KeyHeader& header, Instant now) {
    const crypto::Unlocked unlocked = crypto::unlock_with_passphrase(header, current.text);
    crypto::replace_passphrase(header, state_->store_key(), unlocked.slot, replacement.text,
                               state_->costs().passphrase, now);
    return true;
  });
}

std::string Store::add_recovery_key(const std::string& name) {
  return change_slots(*state_, "new recovery key", [&](crypto::KeyHeader& header, Instant now) {
    return crypto::add_recovery_slot(header, state_->store_key(), name, now).printed_key;
  });
}

void Store::add_host_key(const std::string& name, const HostKey& key) {
  change_slots(*state_, "new host key", [&](crypto::KeyHeader& header, Instant now) {
    return crypto::add_host_key_slot(header, state_->store_key(), name,
                                     crypto::Key::from(key.bytes), now);
  });
}

CheckReport Store::check() {
  state_->flush();
  return state_->act({}, Action::store_check, {}, [&](access::Permit& permit) {
    CheckReport report;
    if (!crypto::read_key_header(state_->folder().keys()).sound()) {
      report.findings.push_back({"keys",
                                 "a copy of the key header is damaged; it is mended by the "
                                 "next change of a key slot"});
    }
    for (std::string& wrong : state_->database().check()) {
      report.findings.push_back({"database", std::move(wrong)});
    }
    report.journal = access::verify_journal(permit.transaction(), state_->journal_keys());
    if (report.journal.state != JournalState::intact) {
      report.findings.push_back(
          {"journal", fmt::format("{} at entry {} of chain '{}'", enum_name(report.journal.state),
                                  report.journal.sequence, report.journal.municipality)});
    }
    report.sound = report.findings.empty();
    return report;
  });
}

JournalReport Store::verify_journal() {
  state_->flush();
  return state_->act({}, Action::journal_verify, {}, [&](access::Permit& permit) {
    return access::verify_journal(permit.transaction(), state_->journal_keys());
  });
}

void Store::flush() {
  state_->flush();
}

}  // namespace renraku
