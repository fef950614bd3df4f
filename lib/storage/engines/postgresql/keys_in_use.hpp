// Which of the numbered keys of rows count.
#pragma once

#include <map>
#include <memory>
#include <optional>

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
  /// A transaction begins: it reaches everybody's rows, and which key counts is asked anew.
  void begin() noexcept {
    newest_.clear();
    kept_to_.reset();
  }
  /// This transaction took another key into use.
  void changed() noexcept { newest_.clear(); }
  /// From here on this transaction reaches the rows of this owner's and the store's own alone; of
  /// everybody's for none.
  void keep_to(std::optional<KeyOwner> owner) noexcept { kept_to_ = owner; }
  /// Error{damaged}, access_field, for a row that somebody on the server put where it is not.
  void need_reached(KeyOwner owner) const;

 private:
  Vault* vault_;
  Vouched& vouched_;
  std::map<KeyOwner, std::shared_ptr<const RowKey>> newest_;
  std::optional<KeyOwner> kept_to_;
};

}  // namespace renraku::storage::postgresql
