// The tables that decide who may see what, where the server is not trusted to keep them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/engines/postgresql/vouched/copy.hpp"
#include "storage/engines/postgresql/vouched/rows.hpp"
#include "storage/engines/postgresql/vouched/seal.hpp"
#include "storage/engines/postgresql/vouched/seen_version.hpp"

namespace renraku::storage::postgresql {

/// The server keeps these tables' rows sealed and can't read them; SQL on them runs on a copy in
/// this process. Each transaction that names one of the tables asks once whether there is a newer
/// version, and takes over the rows that were changed since. What comes is held against the head:
/// a row that was altered, taken away, added, or put back to an older state makes the table's sum
/// another one, and nothing is shown (Error{damaged}, field "access"). What is in the copy already
/// nobody at the server can reach.
///
/// Of one connection. A table comes into the copy whole, when a statement first names it.
class Vouched {
 public:
  Vouched(Wire& wire, std::shared_ptr<Vault> vault, std::shared_ptr<const VouchedTables> tables,
          std::shared_ptr<SeenVersion> seen);

  /// A statement that names one of the tables, and none of the server's; null for one that names
  /// none.
  [[nodiscard]] std::unique_ptr<Statement> prepare(std::string_view sql);

  /// Whether what vouches for these tables is what the library wrote.
  [[nodiscard]] bool has_head();
  /// The number of the key that an owner's new values are sealed under. Error{damaged}, field
  /// "access".
  [[nodiscard]] std::uint32_t key_number(KeyOwner owner);
  /// Takes another one into use, from this transaction on.
  void set_key_number(KeyOwner owner, std::uint32_t number);
  /// Has rows of one table that are not under the store's key in use sealed again by this
  /// transaction, up to so many, from one number on. Their numbers.
  std::vector<std::int64_t> seal_again(const std::string& table, std::int64_t from, int limit);
  /// How many there are of all tables.
  [[nodiscard]] std::int64_t count_under_others();
  [[nodiscard]] const VouchedTables& tables() const { return *tables_; }

  /// A transaction begins: what the copy knows may be old now.
  void begin() noexcept {
    is_current_ = false;
    said_.reset();
  }
  /// The same, and what the server said of the head within it. It is looked at when a statement
  /// needs it: the journal can be written whatever became of it.
  void begin(std::optional<crypto::Bytes> sealed_head);
  /// Sends what the transaction changed, right before its commit.
  void send_changes();
  void committed();
  void rolled_back() noexcept;

 private:
  struct Item {
    crypto::Digest digest{};
    /// It only says that there was a row.
    bool is_removed = false;
  };
  /// What the copy has of a table.
  struct Known {
    bool is_loaded = false;
    TableHead head;
    std::unordered_map<std::int64_t, Item> items;
    /// How many of them only say that there was a row.
    std::uint64_t marks = 0;

    [[nodiscard]] const Item* find(std::int64_t rowid) const;
    void put(std::int64_t rowid, const std::optional<Item>& item);
  };
  /// A row as this transaction leaves it; where it was swept away, no item.
  struct Change {
    std::string table;
    std::int64_t rowid = 0;
    std::optional<Item> item;
  };

  /// Not before the schema is known.
  [[nodiscard]] bool vouches() const { return !tables_->names().empty(); }
  VouchedCopy& copy();
  /// Brings the tables up to date for a statement.
  void need(const std::vector<std::string>& tables, bool writes);
  void take_head();
  void bring_up_to_date(const std::string& table);
  void take_rows(const std::string& table, Known& known, const TableHead& wanted);
  void forget(const std::string& table);
  static void replace(TableHead& head, const Item* before, const Item* now);

  void send(const std::string& table, const std::set<std::int64_t>& rowids, VouchedHead& next);
  void sweep(const std::string& table, const std::set<std::int64_t>& but, VouchedHead& next);

  VouchedRows rows_;
  VouchedSeal seal_;
  std::shared_ptr<const VouchedTables> tables_;
  std::shared_ptr<SeenVersion> seen_;
  std::optional<VouchedCopy> copy_;
  std::map<std::string, Known, std::less<>> known_;
  VouchedHead head_;
  /// The head is this transaction's.
  bool is_current_ = false;
  /// No statement on the copy may run any more.
  bool is_broken_ = false;
  struct Said {
    std::optional<crypto::Bytes> sealed_head;
    std::uint64_t least;
  };
  std::optional<Said> said_;
  /// What this transaction took over inside the copy's own transaction.
  std::vector<std::string> taken_within_;
  std::vector<Change> sent_;
  std::optional<VouchedHead> sent_head_;
};

}  // namespace renraku::storage::postgresql
