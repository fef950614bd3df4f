// What an open store is made of.
#pragma once

#include <atomic>
#include <memory>
#include <renraku/store.hpp>

#include "access/act.hpp"
#include "crypto/argon2.hpp"
#include "crypto/key_header.hpp"
#include "domain/relations.hpp"
#include "session/store_folder.hpp"

namespace renraku {

/// What hashing secrets costs; the tests, which open stores by the hundred, lower it.
struct SecretCosts {
  crypto::Argon2Cost passphrase = crypto::Argon2Cost::for_store();
  crypto::Argon2Cost password = crypto::Argon2Cost::for_password();
};

/// Shared by the handle and all sessions; used from any thread.
class StoreState {
 public:
  StoreState(session::StoreFolder folder, crypto::Key store_key, const Uuid& node,
             std::unique_ptr<storage::Engine> engine, const StoreOptions& options,
             const SecretCosts& costs);

  /// One act, in this process. Throws Error{forked} in a child of the process that opened.
  template <class Work>
  auto act(const access::Caller& caller, access::Action action, const access::About& about,
           Work&& work) {
    require_same_process();
    return access::act(gate_, caller, action, about, std::forward<Work>(work));
  }
  void require_same_process() const;
  /// Commits what is waiting for the journal.
  void flush();

  [[nodiscard]] const access::Gate& gate() const { return gate_; }
  [[nodiscard]] const session::StoreFolder& folder() const { return folder_; }
  [[nodiscard]] const crypto::Key& store_key() const { return store_key_; }
  [[nodiscard]] const SecretCosts& costs() const { return costs_; }
  [[nodiscard]] storage::Database& database() { return database_; }
  [[nodiscard]] access::ReadQueue& read_queue() { return read_queue_; }
  [[nodiscard]] const access::JournalKeys& journal_keys() const { return journal_keys_; }

 private:
  friend struct CloseInItsProcess;

  session::StoreFolder folder_;
  crypto::Key store_key_;
  SecretCosts costs_;
  std::uint64_t process_;
  storage::Database database_;
  access::JournalKeys journal_keys_;
  domain::DomainRelations relations_;
  access::ReadQueue read_queue_;
  access::Gate gate_;
};

/// Leaves the copy in a forked child alone: its thread does not exist there, and closing its
/// connections could touch files that the parent has open.
struct CloseInItsProcess {
  void operator()(StoreState* state) const noexcept;
};

/// A session's member and where it acts.
class SessionState {
 public:
  SessionState(std::shared_ptr<StoreState> store, Member member, const Uuid& id, std::string token)
      : store_(std::move(store)), member_(std::move(member)), id_(id), token_(std::move(token)) {}

  template <class Work>
  auto act(access::Action action, const access::About& about, Work&& work) {
    return store_->act({id_}, action, about, std::forward<Work>(work));
  }

  [[nodiscard]] StoreState& store() const { return *store_; }
  [[nodiscard]] const Member& member() const { return member_; }
  [[nodiscard]] const Uuid& id() const { return id_; }
  [[nodiscard]] const std::string& token() const { return token_; }

 private:
  std::shared_ptr<StoreState> store_;
  Member member_;
  Uuid id_;
  std::string token_;
};

/// Makes public handles of states.
class SessionAccess {
 public:
  static Session make(std::shared_ptr<SessionState> state) { return Session(std::move(state)); }
};
class StoreAccess {
 public:
  static Store make(std::shared_ptr<StoreState> state) { return Store(std::move(state)); }
  static StoreState& state(const Store& store) { return *store.state_; }
};

/// Store::create and Store::open at a chosen cost.
Store create_store(const std::filesystem::path& folder, const Secret& secret,
                   const std::string& slot_name, const StoreOptions& options,
                   const SecretCosts& costs);
Store open_store(const std::filesystem::path& folder, const Secret& secret,
                 const StoreOptions& options, const SecretCosts& costs);

}  // namespace renraku
