// The rows of one noun: its SQL from its description, its scope, its revisions.
//
// A noun keeps one Table and writes no INSERT, UPDATE or look-up by id of its own.
#pragma once

#include <string>
#include <string_view>

#include "access/permit.hpp"
#include "base/uuid.hpp"
#include "domain/paging.hpp"
#include "domain/revision.hpp"
#include "domain/sound.hpp"
#include "storage/row_key.hpp"

namespace renraku::domain {

/// Where and when an act makes its new records: what making them needs to know of its permit.
struct Origin {
  std::string municipality;
  Instant now;
};
[[nodiscard]] inline Origin origin_of(const access::Permit& permit) {
  return {permit.scope().municipality, permit.now()};
}

/// Holds the id within a row's seal against the one that was asked for, or that another row names:
/// which rows a statement finds and joins is the server's word. Error{damaged}.
inline void need_same(const Uuid& read, const Uuid& asked, std::string_view field) {
  if (read == asked) return;
  throw Error(ErrorCode::damaged, "the server gave another row than was asked for; run a check",
              std::string(field));
}

/// Records have `id`, `revision` and `municipality`; every look-up is held to the permit's
/// municipality. `extra` columns are the table's own beside those of the fields (keys for finding,
/// for instance): whoever writes a row binds them in `bind(row, record)`.
template <DescribedRecord Record>
class Table {
 public:
  explicit Table(std::string_view name, std::initializer_list<std::string_view> extra = {})
      : name_(name),
        insert_(storage::insert_sql<Record>(name, with_key(extra))),
        update_(storage::update_sql<Record>(name, {extra.begin(), extra.size()})),
        rewrite_(storage::update_sql<Record>(name, {extra.begin(), extra.size()}, as_it_is)),
        find_("SELECT " + storage::columns<Record>() + " FROM " + name_ +
              " WHERE id = :id AND municipality = :municipality"),
        list_(fmt::format("SELECT {}, sort FROM {} WHERE municipality = :municipality "
                          "AND (sort, id) > (:after, :after_id) ORDER BY sort, id LIMIT :size",
                          storage::columns<Record>(), name_)),
        newest_("SELECT max(pk) FROM " + name_ + " WHERE pk BETWEEN :first AND :last") {}

  /// All of the permit's municipality in the order of `sort`, an @ordered column among the `extra`
  /// ones, in pages.
  [[nodiscard]] Page<Record> list(access::Permit& permit, const PageRequest& request) const {
    storage::Query query = permit.transaction().query(list_);
    query.bind("municipality", permit.scope().municipality).bind("size", page_size(request) + 1);
    auto page = page_by_sort<Record>(query, request,
                                     [&] { return std::optional(query.template read<Record>()); });
    for (const Record& record : page.items) permit.saw(record.id);
    return page;
  }

  /// The next keys of the permit's municipality; take one set for a whole act.
  [[nodiscard]] storage::RowKeys keys(access::Permit& permit) const {
    return {permit.transaction(), newest_, permit.scope().municipality};
  }

  /// Completes id, revision and municipality, and makes the row `pk` of the record; needs no
  /// permit, so that it can be done on another thread than the one that inserts. Throws like
  /// need_sound for a record that could not be read back.
  template <class Bind>
  [[nodiscard]] static storage::MadeRow make(const Origin& origin, std::int64_t pk, Record& record,
                                             Bind&& bind) {
    record.id = base::make_id<Record>(origin.now);
    record.revision = 1;
    record.municipality = origin.municipality;
    need_sound(record);
    storage::MadeRow row;
    row.bind("pk", pk);
    bind(row, record);
    row.bind_record(record);
    return row;
  }
  [[nodiscard]] static storage::MadeRow make(const Origin& origin, std::int64_t pk,
                                             Record& record) {
    return make(origin, pk, record, [](storage::MadeRow&, const Record&) {});
  }
  void insert(access::Permit& permit, const storage::MadeRow& row) const {
    storage::Query query = permit.transaction().query(insert_);
    query.bind(row).run();
  }

  /// Makes the row and stores it; returns the completed record.
  template <class Bind>
  Record insert(access::Permit& permit, std::int64_t pk, Record record, Bind&& bind) const {
    insert(permit, make(origin_of(permit), pk, record, bind));
    return record;
  }
  Record insert(access::Permit& permit, std::int64_t pk, Record record) const {
    return insert(permit, pk, std::move(record), [](storage::MadeRow&, const Record&) {});
  }

  /// Error{not_found} unless the record is in the permit's municipality.
  [[nodiscard]] Record load(access::Permit& permit, const Id<Record>& id) const {
    auto found = permit.transaction()
                     .query(find_)
                     .bind("id", id)
                     .bind("municipality", permit.scope().municipality)
                     .template optional<Record>();
    if (!found) throw not_here();
    need_same(found->id, id, name_);
    return *std::move(found);
  }
  [[nodiscard]] Error not_here() const {
    return {ErrorCode::not_found, "there is no such " + name_ + " in this municipality", name_};
  }

  /// Stores `changed` with the revision after `stored`'s. Error{conflict} when it was made from
  /// another; throws like need_sound.
  template <class Bind>
  Record update(access::Permit& permit, const Record& stored, Record changed, Bind&& bind) const {
    changed.id = stored.id;
    changed.municipality = stored.municipality;
    next_revision(stored, changed);
    need_sound(changed);
    storage::MadeRow row;
    bind(row, changed);
    row.bind_record(changed);
    storage::Query query = permit.transaction().query(update_);
    query.bind(row).run();
    return changed;
  }
  Record update(access::Permit& permit, const Record& stored, Record changed) const {
    return update(permit, stored, std::move(changed), [](storage::MadeRow&, const Record&) {});
  }

  /// Stores what `bind` makes of the record anew, beside the record, which stays as it is.
  template <class Bind>
  void rewrite(access::Permit& permit, const Record& stored, Bind&& bind) const {
    storage::MadeRow row;
    bind(row, stored);
    row.bind_record(stored);
    storage::Query query = permit.transaction().query(rewrite_);
    query.bind(row).run();
  }

  /// As insert and update, with an entry in the journal about the record itself, its fields sealed
  /// under the municipality's key. A record about a person is journalled by its noun instead, under
  /// the person's key.
  template <class Bind>
  Record add(access::Permit& permit, Record record, Bind&& bind) const {
    record = insert(permit, keys(permit).next(), std::move(record), bind);
    access::Changes changes;
    changes.added(name_, record);
    permit.journal(record.id, changes, false);
    return record;
  }
  Record add(access::Permit& permit, Record record) const {
    return add(permit, std::move(record), [](storage::MadeRow&, const Record&) {});
  }
  template <class Bind>
  Record change(access::Permit& permit, const Record& stored, Record changed, Bind&& bind) const {
    changed = update(permit, stored, std::move(changed), bind);
    access::Changes changes;
    changes.changed(name_, stored, changed);
    permit.journal(changed.id, changes, false);
    return changed;
  }
  Record change(access::Permit& permit, const Record& stored, Record changed) const {
    return change(permit, stored, std::move(changed), [](storage::MadeRow&, const Record&) {});
  }

 private:
  static constexpr std::string_view as_it_is = "revision = :revision";

  static std::vector<std::string_view> with_key(std::initializer_list<std::string_view> extra) {
    std::vector<std::string_view> columns{"pk"};
    columns.insert(columns.end(), extra.begin(), extra.end());
    return columns;
  }

  std::string name_;
  std::string insert_;
  std::string update_;
  std::string rewrite_;
  std::string find_;
  std::string list_;
  std::string newest_;
};

}  // namespace renraku::domain
