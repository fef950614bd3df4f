// What an open store is made of.
#pragma once

#include <atomic>
#include <memory>
#include <renraku/store.hpp>

#include "access/act.hpp"
#include "access/journal/witness.hpp"
#include "base/log.hpp"
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

/// What opening a store found.
struct OpenedStore {
  session::StoreFolder folder;
  crypto::Key store_key;
  Uuid node;
  /// The key slot that opened it.
  Uuid slot;
  std::unique_ptr<storage::Engine> engine;
};

/// The signer whose key comes from the store key.
[[nodiscard]] JournalSigner own_signer(const crypto::Key& store_key);

/// Shared by the handle and all sessions; used from any thread.
class StoreState {
 public:
  StoreState(std::shared_ptr<base::Log> log, OpenedStore opened, const StoreOptions& options,
             const SecretCosts& costs);

  /// Begins a call of the host's; at its end, when the result is destroyed, the host hears what
  /// there is to say. Throws Error{forked} in a child of the process that opened.
  [[nodiscard]] base::LoggedCall call() const;

  /// One act, as a call of its own or within one.
  template <class Work>
  auto act(const access::Caller& caller, access::Action action, const access::About& about,
           Work&& work) {
    const auto call = this->call();
    const access::WitnessedAct afterwards(witness_, action);
    return access::act(gate_, caller, action, about, std::forward<Work>(work));
  }
  /// Brings what waits in tails, of any process, into the journal.
  void flush();
  /// In place of the key header that was read. Throws as session::write_keys.
  void write_keys(crypto::KeyHeader& header);
  /// A folder for what is sealed and soon gone; empty where there is none that can be written.
  [[nodiscard]] std::filesystem::path scratch() const;

  [[nodiscard]] const access::Gate& gate() const { return gate_; }
  [[nodiscard]] const session::StoreFolder& folder() const { return folder_; }
  [[nodiscard]] const crypto::Key& store_key() const { return store_key_; }
  /// The key slot that opened it.
  [[nodiscard]] const Uuid& slot() const { return slot_; }
  [[nodiscard]] const StoreOptions& options() const { return options_; }
  [[nodiscard]] const SecretCosts& costs() const { return costs_; }
  [[nodiscard]] storage::Database& database() { return database_; }
  [[nodiscard]] access::Tail& tail() { return tail_; }
  [[nodiscard]] bool is_strict() const { return tail_.is_strict(); }
  [[nodiscard]] access::WitnessPost& witness() { return witness_; }
  [[nodiscard]] access::HeadSigner& signer() { return journal_keys_.signer; }
  [[nodiscard]] const access::JournalKeys& journal_keys() const { return journal_keys_; }

 private:
  friend struct CloseInItsProcess;

  /// The database, up to date, and the heads of its journal taken over.
  storage::Database& prepared(const StoreOptions& options);
  [[nodiscard]] access::TailSettings tail_settings();
  /// What the witness is to know of removals.
  [[nodiscard]] access::RemovalState removal_state(storage::Transaction& transaction) const;

  std::shared_ptr<base::Log> log_;
  session::StoreFolder folder_;
  crypto::Key store_key_;
  Uuid slot_;
  StoreOptions options_;
  SecretCosts costs_;
  std::uint64_t process_;
  storage::Database database_;
  access::JournalKeys journal_keys_;
  access::WitnessPost witness_;
  domain::DomainRelations relations_;
  access::Tail tail_;
  access::Gate gate_;
};

/// Closes and says so. Leaves the copy in a forked child alone: its thread does not exist there,
/// and closing its connections could touch files that the parent has open.
struct CloseInItsProcess {
  void operator()(StoreState* state) const noexcept;
};

/// A session's member and where it acts.
class SessionState {
 public:
  SessionState(std::shared_ptr<StoreState> store, Member member, const Uuid& id, std::string token)
      : store_(std::move(store)), member_(std::move(member)), id_(id), token_(std::move(token)) {}
  /// The same session, entering for a colleague.
  SessionState(const SessionState& own, const Id<Member>& colleague) : SessionState(own) {
    on_behalf_ = colleague;
  }
  /// For whom an application speaks, once.
  SessionState(std::shared_ptr<StoreState> store, Member member, access::Asserted asserted)
      : store_(std::move(store)),
        member_(std::move(member)),
        asserted_(std::move(asserted)),
        spent_(std::make_shared<std::atomic_flag>()) {}

  /// Who calls, for one call of the host's. Error{session_ended} at the second one in a session
  /// that is good for one.
  [[nodiscard]] access::Caller caller() const {
    if (asserted_ && spent_->test_and_set()) {
      throw Error(ErrorCode::session_ended, "an assertion is good for one call; make another");
    }
    return {id_, on_behalf_, asserted_};
  }

  template <class Work>
  auto act(access::Action action, const access::About& about, Work&& work) {
    return store_->act(caller(), action, about, std::forward<Work>(work));
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
  Id<Member> on_behalf_;
  std::optional<access::Asserted> asserted_;
  /// Copies are the same session.
  std::shared_ptr<std::atomic_flag> spent_;
};

/// Makes public handles of states.
class SessionAccess {
 public:
  static Session make(std::shared_ptr<SessionState> state) { return Session(std::move(state)); }
  static SessionState& state(const Session& session) { return *session.state_; }
};
class StoreAccess {
 public:
  static Store make(std::shared_ptr<StoreState> state) { return Store(std::move(state)); }
  static StoreState& state(const Store& store) { return *store.state_; }
  static const std::shared_ptr<StoreState>& shared(const Store& store) { return store.state_; }
};

/// Store::create and Store::open at a chosen cost.
Store create_store(const std::string& address, const Secret& secret, const std::string& slot_name,
                   const StoreOptions& options, const SecretCosts& costs);
Store open_store(const std::string& address, const Secret& secret, const StoreOptions& options,
                 const SecretCosts& costs);

}  // namespace renraku
