#include "store.hpp"

#include "call.hpp"
#include "pages.hpp"

using namespace renraku;
using namespace renraku::capi;

namespace {

// Makes the one secret of the three that was given, and overwrites it when the call ends.
class GivenSecret {
 public:
  explicit GivenSecret(const renraku_secret* given) {
    const renraku_secret known = known_struct(&need(given, "secret"), "secret");
    if ((known.passphrase != nullptr) + (known.recovery_key != nullptr) +
            (known.host_key != nullptr) !=
        1) {
      refuse_argument("holds exactly one of passphrase, recovery_key and host_key", "secret");
    }
    if (known.passphrase) {
      secret_ = Passphrase{known.passphrase};
    } else if (known.recovery_key) {
      secret_ = RecoveryKey{known.recovery_key};
    } else {
      secret_ = read_host_key(known.host_key, known.host_key_size);
    }
  }
  GivenSecret(const GivenSecret&) = delete;
  GivenSecret& operator=(const GivenSecret&) = delete;
  ~GivenSecret() { std::visit(Wipe{}, secret_); }

  operator const Secret&() const { return secret_; }

 private:
  struct Wipe {
    void operator()(Passphrase& secret) const { wipe(secret.text); }
    void operator()(RecoveryKey& secret) const { wipe(secret.printed); }
    void operator()(HostKey& secret) const { wipe(secret.bytes); }
    template <class Bytes>
    static void wipe(Bytes& bytes) {
      ::explicit_bzero(bytes.data(), bytes.size());
    }
  };
  Secret secret_;
};

std::chrono::minutes read_minutes(std::int64_t given, std::chrono::minutes fallback,
                                  std::string_view field) {
  if (given < 0) refuse_argument("is a number of minutes", field);
  return given == 0 ? fallback : std::chrono::minutes(given);
}

StoreOptions read_options(const renraku_store_options* given) {
  StoreOptions options;
  if (!given) return options;
  const renraku_store_options known = known_struct(given, "options");
  if (known.clock) {
    options.clock = [clock = known.clock, user = known.user] { return Instant{clock(user)}; };
  }
  options.session_idle = read_minutes(known.session_idle, options.session_idle, "session_idle");
  options.session_absolute =
      read_minutes(known.session_absolute, options.session_absolute, "session_absolute");
  return options;
}

}  // namespace

int32_t renraku_store_create(const char* folder, const renraku_secret* secret,
                             const char* slot_name, const renraku_store_options* options,
                             renraku_store** store, renraku_error** error) {
  return deliver(error, store, [&] {
    return Store::create(read_text(folder, "folder"), GivenSecret(secret),
                         read_text(slot_name, "slot_name"), read_options(options));
  });
}

int32_t renraku_store_open(const char* folder, const renraku_secret* secret,
                           const renraku_store_options* options, renraku_store** store,
                           renraku_error** error) {
  return deliver(error, store, [&] {
    return Store::open(read_text(folder, "folder"), GivenSecret(secret), read_options(options));
  });
}

void renraku_store_free(renraku_store* store) {
  delete store;
}

int32_t renraku_store_flush(renraku_store* store, renraku_error** error) {
  return guard(error, [&] { at(store).flush(); });
}

int32_t renraku_store_check(renraku_store* store, renraku_check_report_page** report,
                            renraku_error** error) {
  return deliver(error, report, [&] { return at(store).check(); });
}

int32_t renraku_store_verify_journal(renraku_store* store, renraku_journal_report_page** report,
                                     renraku_error** error) {
  return deliver(error, report, [&] { return at(store).verify_journal(); });
}

int32_t renraku_store_key_slots(renraku_store* store, renraku_key_slot_page** slots,
                                renraku_error** error) {
  return deliver(error, slots, [&] { return at(store).key_slots(); });
}

int32_t renraku_store_change_passphrase(renraku_store* store, const char* current,
                                        const char* replacement, renraku_error** error) {
  return guard(error, [&] {
    at(store).change_passphrase(Wiped(current, "current"), Wiped(replacement, "replacement"));
  });
}

int32_t renraku_store_add_recovery_key(renraku_store* store, const char* name, char** printed_key,
                                       renraku_error** error) {
  return deliver_text(error, printed_key,
                      [&] { return at(store).add_recovery_key(read_text(name, "name")); });
}

int32_t renraku_store_add_host_key(renraku_store* store, const char* name, const uint8_t* key,
                                   uint64_t key_size, renraku_error** error) {
  return guard(error, [&] {
    at(store).add_host_key(read_text(name, "name"), read_host_key(key, key_size));
  });
}
