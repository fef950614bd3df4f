// Which of the numbered keys of rows count.
#pragma once

#include <map>
#include <memory>

#include "storage/engines/postgresql/vault.hpp"
#include "storage/engines/postgresql/vouched/vouched.hpp"

namespace renraku::storage::postgresql {

/// What is written now is sealed under the key whose number the vouched tables say, so that neither
/// a server nor another process that keeps an older one can have it written under that. Of one
/// connection.
class KeysInUse {
 public:
  /// `vault` may be null: where nothing is sealed. Both outlive it.
  KeysInUse(Vault* vault, Vouched& vouched) : vault_(vault), vouched_(vouched) {}

  /// Error{internal} without one.
  [[nodiscard]] Vault& vault() const;
  /// What an owner's new values are sealed under in this transaction.
  [[nodiscard]] const std::shared_ptr<const RowKey>& newest(KeyOwner owner);
  /// A transaction begins, or takes other keys into use: which key counts is asked anew.
  void begin() noexcept { newest_.clear(); }

 private:
  Vault* vault_;
  Vouched& vouched_;
  std::map<KeyOwner, std::shared_ptr<const RowKey>> newest_;
};

}  // namespace renraku::storage::postgresql
