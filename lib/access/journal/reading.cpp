#include "access/journal/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <renraku/described/journal.hpp>

#include "base/paging.hpp"
#include "storage/row_key.hpp"

namespace renraku::access {
namespace {

struct StoredEntry {
  std::int64_t pk = 0;
  crypto::Bytes body;
  crypto::Bytes hash;
};
RENRAKU_DESCRIBE(StoredEntry, pk, body, hash)

/// A page looks through this many entries at most: a filter that hardly any fits must not make one
/// call read the whole journal.
constexpr int looked_through_max = 5'000;

// Keys are ordered like the chain; an older page goes on below the last key, a newer one above it.
constexpr std::string_view newest_entries =
    "SELECT pk, body, hash FROM journal WHERE pk BETWEEN :first AND :last ORDER BY pk DESC "
    "LIMIT :size";
constexpr std::string_view newest_of_subject =
    "SELECT j.pk AS pk, j.body AS body, j.hash AS hash FROM journal_subject s "
    "JOIN journal j ON j.pk = s.entry WHERE s.subject = :subject "
    "AND s.entry BETWEEN :first AND :last ORDER BY s.entry DESC LIMIT :size";
// An entry may name both.
constexpr std::string_view newest_of_two =
    "SELECT pk, body, hash FROM journal WHERE pk IN (SELECT entry FROM journal_subject "
    "WHERE subject IN (:subject, :other) AND entry BETWEEN :first AND :last) "
    "ORDER BY pk DESC LIMIT :size";
constexpr std::string_view oldest_of_subject =
    "SELECT j.pk AS pk, j.body AS body, j.hash AS hash FROM journal_subject s "
    "JOIN journal j ON j.pk = s.entry WHERE s.subject = :subject "
    "AND s.entry BETWEEN :first AND :last ORDER BY s.entry LIMIT :size";

constexpr std::string_view archived_part =
    "SELECT count(*) AS files, CAST(coalesce(sum(last - first + 1), 0) AS BIGINT) AS entries, "
    "coalesce(max(last), 0) AS last, coalesce(max(time), 0) AS time FROM journal_segment "
    "WHERE chain BETWEEN :first AND :last";

struct ArchivedPart {
  std::int64_t files = 0;
  std::int64_t entries = 0;
  std::int64_t last = 0;
  Instant time;
};
RENRAKU_DESCRIBE(ArchivedPart, files, entries, last, time)

/// What stands for the entries that lie in archives; none where none do.
std::optional<JournalEntry> archived_entries(Permit& permit) {
  const std::string& municipality = permit.scope().municipality;
  const storage::KeyRange range = storage::key_range(municipality);
  const ArchivedPart part = permit.transaction()
                                .query(archived_part)
                                .bind("first", range.first)
                                .bind("last", range.last)
                                .optional<ArchivedPart>()
                                .value_or(ArchivedPart{});
  if (part.files == 0) return std::nullopt;
  JournalEntry out;
  out.municipality = municipality;
  out.sequence = part.last;
  out.time = part.time;
  out.recorded = part.time;
  out.action = enum_name(Action::journal_archive);
  out.detail =
      fmt::format("{} entries up to this one lie in {} archives", part.entries, part.files);
  return out;
}

JournalEntry public_entry(const Entry& entry, crypto::ByteView hash) {
  JournalEntry out;
  out.node = entry.node;
  out.municipality = entry.municipality;
  out.sequence = entry.sequence;
  out.time = entry.acted;
  out.recorded = entry.time;
  out.member = Id<Member>(entry.member);
  out.on_behalf = Id<Member>(entry.on_behalf);
  out.capacity = entry.capacity;
  out.authentication = entry.authentication;
  out.action = enum_name(entry.action);
  out.outcome = entry.outcome;
  out.detail = entry.detail;
  out.subjects = entry.subjects;
  out.hash = crypto::hex(hash);
  return out;
}

std::int64_t cursor_of(const PageRequest& request, const storage::KeyRange& range,
                       std::int64_t start) {
  if (request.after.empty()) return start;
  std::int64_t pk = 0;
  const char* const end = request.after.data() + request.after.size();
  const auto [stopped, wrong] = std::from_chars(request.after.data(), end, pk);
  if (wrong != std::errc{} || stopped != end || pk < range.first || pk > range.last) {
    throw Error(ErrorCode::invalid, "this is no cursor of the journal; start from the beginning",
                "after");
  }
  return pk;
}

/// The stored rows from where the page begins.
storage::Query rows_from(Permit& permit, const std::optional<Uuid>& subject,
                         const PageRequest& request, Order order,
                         const std::optional<Uuid>& other = std::nullopt) {
  storage::KeyRange range = storage::key_range(permit.scope().municipality);
  std::string_view sql = newest_entries;
  if (order == Order::newest_first) {
    range.last = std::min(range.last, cursor_of(request, range, range.last + 1) - 1);
    if (subject) sql = other ? newest_of_two : newest_of_subject;
  } else {
    range.first = std::max(range.first, cursor_of(request, range, range.first - 1) + 1);
    sql = oldest_of_subject;
  }
  storage::Query query = permit.transaction().query(sql);
  query.bind("first", range.first).bind("last", range.last).bind("size", looked_through_max + 1);
  if (subject) query.bind("subject", *subject);
  if (other) query.bind("other", *other);
  return query;
}

/// Fills a page with what `use` keeps of each entry.
template <class Use>
Page<JournalEntry> page_of(const Permit& permit, storage::Query rows, int size, Use&& use) {
  Page<JournalEntry> page;
  std::int64_t last = 0;
  for (int looked = 0; rows.next(); ++looked) {
    if (page.items.size() == static_cast<std::size_t>(size) || looked == looked_through_max) {
      page.next = std::to_string(last);
      break;
    }
    const StoredEntry row = rows.read<StoredEntry>();
    last = row.pk;
    const Entry entry = read_canonical(row.body);
    if (entry.municipality != permit.scope().municipality) {
      throw Error(ErrorCode::damaged, "the journal has an entry of another one; run a check",
                  std::string(storage::access_field));
    }
    use(entry, public_entry(entry, row.hash), page.items);
  }
  return page;
}

/// At the end of the last page from the newest.
void add_archived(Permit& permit, Page<JournalEntry>& page) {
  if (!page.next.empty()) return;
  if (auto archived = archived_entries(permit)) page.items.push_back(*std::move(archived));
}

}  // namespace

Page<JournalEntry> list_entries(Permit& permit, const JournalFilter& filter,
                                const PageRequest& request, Order order) {
  if (filter.subject) permit.saw(*filter.subject);
  auto page =
      page_of(permit, rows_from(permit, filter.subject, request, order), base::page_size(request),
              [&](const Entry&, JournalEntry shown, std::vector<JournalEntry>& items) {
                if (!filter.action || *filter.action == shown.action) {
                  items.push_back(std::move(shown));
                }
              });
  if (order == Order::newest_first) add_archived(permit, page);
  return page;
}

Page<JournalEntry> list_about(Permit& permit, const Uuid& subject, const std::optional<Uuid>& other,
                              const PageRequest& request) {
  permit.saw(subject);
  auto page = page_of(permit, rows_from(permit, subject, request, Order::newest_first, other),
                      base::page_size(request),
                      [&](const Entry&, JournalEntry shown, std::vector<JournalEntry>& items) {
                        shown.subjects = {subject};
                        shown.detail.clear();
                        items.push_back(std::move(shown));
                      });
  add_archived(permit, page);
  return page;
}

std::vector<FieldChange> open_changes(Permit& permit, const Entry& entry) {
  if (entry.sealed.empty()) return {};
  SealingKeys keys(permit.transaction(), permit.journal_keys().sealer);
  const auto json =
      keys.open(entry.sealed_for, permit.scope().municipality_id,
                sealing_place(entry.node, entry.municipality, entry.changes), entry.sealed);
  if (!json) return {};
  return read_changes({reinterpret_cast<const char*>(json->data()), json->size()}, entry.changes);
}

Page<JournalEntry> list_changes(Permit& permit, const Uuid& subject, const PageRequest& request,
                                const std::function<bool(std::string_view)>& shows) {
  auto page = page_of(
      permit, rows_from(permit, subject, request, Order::oldest_first), base::page_size(request),
      [&](const Entry& entry, JournalEntry shown, std::vector<JournalEntry>& items) {
        if (std::ranges::none_of(entry.changes, shows, &ChangedRecord::kind)) return;
        shown.changes = open_changes(permit, entry);
        std::erase_if(shown.changes,
                      [&](const FieldChange& change) { return !shows(change.record_kind); });
        items.push_back(std::move(shown));
      });
  if (request.after.empty()) {
    if (auto archived = archived_entries(permit)) {
      page.items.insert(page.items.begin(), *std::move(archived));
    }
  }
  return page;
}

}  // namespace renraku::access
