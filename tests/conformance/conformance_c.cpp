// The scenarios' calls through the C API alone: JSON becomes C structs, renraku_* is called, and
// what it shows becomes JSON again.
#include <renraku.h>

#include <boost/json/src.hpp>
#include <memory>

#include "c_structs.hpp"
#include "lines.hpp"

namespace conformance {
namespace {

// --- what calls give
// -------------------------------------------------------------------------------

[[noreturn]] void fail(std::int32_t status, renraku_error* error) {
  Failure failure{renraku_error_code(error), renraku_error_name(error), renraku_error_field(error),
                  renraku_error_message(error)};
  renraku_error_free(error);
  if (failure.code != status) throw std::logic_error("an error has another number than its call");
  throw failure;
}

template <class Page>
struct PageCalls;
#define RENRAKU_PAGE_OF(noun)                                   \
  template <>                                                   \
  struct PageCalls<renraku_##noun##_page> {                     \
    static constexpr auto count = renraku_##noun##_page_count;  \
    static constexpr auto at = renraku_##noun##_page_at;        \
    static constexpr auto next = renraku_##noun##_page_next;    \
    static constexpr auto free_it = renraku_##noun##_page_free; \
  };
RENRAKU_PAGE_OF(check_report)
RENRAKU_PAGE_OF(evacuee)
RENRAKU_PAGE_OF(evacuee_line)
RENRAKU_PAGE_OF(export_report)
RENRAKU_PAGE_OF(import_conflict)
RENRAKU_PAGE_OF(import_report)
RENRAKU_PAGE_OF(journal_entry)
RENRAKU_PAGE_OF(journal_report)
RENRAKU_PAGE_OF(key_slot)
RENRAKU_PAGE_OF(member)
RENRAKU_PAGE_OF(missing_evacuee)
RENRAKU_PAGE_OF(municipality)
RENRAKU_PAGE_OF(open_row)
RENRAKU_PAGE_OF(person)
RENRAKU_PAGE_OF(suspect)
#undef RENRAKU_PAGE_OF

template <class Page>
using OwnPage = std::unique_ptr<Page, decltype(PageCalls<Page>::free_it)>;

/// Calls `function(given…, &page, &error)`.
template <class Page, class Function, class... Given>
OwnPage<Page> page_of(Function function, Given... given) {
  Page* page = nullptr;
  renraku_error* error = nullptr;
  const std::int32_t status = function(given..., &page, &error);
  if (status != RENRAKU_OK) fail(status, error);
  return {page, PageCalls<Page>::free_it};
}

template <class Page, class Function, class... Given>
json::value one(Function function, Given... given) {
  const auto page = page_of<Page>(function, given...);
  if (PageCalls<Page>::count(page.get()) != 1) throw std::logic_error("not one record");
  return to_json(PageCalls<Page>::at(page.get(), 0));
}

template <class Page, class Function, class... Given>
json::value list(Function function, Given... given) {
  const auto page = page_of<Page>(function, given...);
  json::array items;
  for (std::uint64_t i = 0; i < PageCalls<Page>::count(page.get()); ++i) {
    items.push_back(to_json(PageCalls<Page>::at(page.get(), i)));
  }
  const char* next = PageCalls<Page>::next(page.get());
  return json::object{{"items", std::move(items)}, {"next", next ? next : ""}};
}

template <class Function, class... Given>
json::value done(Function function, Given... given) {
  renraku_error* error = nullptr;
  const std::int32_t status = function(given..., &error);
  if (status != RENRAKU_OK) fail(status, error);
  return json::object{};
}

template <class Function, class... Given>
json::value text(std::string_view name, Function function, Given... given) {
  char* out = nullptr;
  done(function, given..., &out);
  json::object result{{name, out}};
  renraku_text_free(out);
  return result;
}

// --- one call
// --------------------------------------------------------------------------------------

using Store = std::unique_ptr<renraku_store, decltype(&renraku_store_free)>;
using Session = std::unique_ptr<renraku_session, decltype(&renraku_session_free)>;

struct World {
  Store store{nullptr, renraku_store_free};
  std::map<std::string, Session> sessions;
};

struct Call {
  World& world;
  std::string as;
  const json::object& with;
  Arena arena{};

  [[nodiscard]] renraku_store* store() const { return world.store.get(); }
  [[nodiscard]] renraku_session* session() const { return world.sessions.at(as).get(); }
  [[nodiscard]] const char* text(std::string_view name) {
    return arena.text(std::string_view(with.at(name).as_string()));
  }
  [[nodiscard]] const char* id() { return text("id"); }
  [[nodiscard]] std::int64_t revision() const { return with.at("revision").to_number<int64_t>(); }
  /// NULL where the scenario gives none.
  template <class Struct>
  [[nodiscard]] const Struct* get(std::string_view name) {
    const Struct* out = nullptr;
    if (const json::value* given = with.if_contains(name)) read(*given, out, arena);
    return out;
  }
  [[nodiscard]] const renraku_page_request* page() {
    auto* request = arena.make<renraku_page_request>(1);
    renraku_struct_init(request, sizeof(*request));
    if (with.contains("after")) request->after = text("after");
    if (with.contains("size")) request->size = with.at("size").to_number<std::int32_t>();
    return request;
  }

  template <class Function, class... Given>
  json::value keep(Function function, Given... given) const {
    renraku_session* opened = nullptr;
    done(function, store(), given..., &opened);
    world.sessions.insert_or_assign(as, Session(opened, renraku_session_free));
    return one<renraku_member_page>(renraku_session_member, session());
  }
};

/// Rows for renraku_roster_import_rows.
struct Rows {
  const json::array& rows;
  std::size_t next = 0;
  std::vector<const char*> cells{};

  static std::int32_t give(void* user, const char* const** cells, std::uint64_t* count) {
    auto& self = *static_cast<Rows*>(user);
    if (self.next == self.rows.size()) return 0;
    self.cells.clear();
    for (const json::value& cell : self.rows[self.next++].as_array()) {
      self.cells.push_back(cell.as_string().c_str());
    }
    *cells = self.cells.data();
    *count = self.cells.size();
    return 0;
  }
};

json::value import_rows(Call& c) {
  Rows rows{c.with.at("rows").as_array()};
  return one<renraku_import_report_page>(renraku_roster_import_rows, c.session(), &Rows::give,
                                         static_cast<void*>(&rows),
                                         c.get<renraku_import_options>("options"), nullptr);
}

json::value resume(Call& c) {
  if (!c.with.contains("of")) return c.keep(renraku_session_resume, c.text("token"));
  const char* token = renraku_session_token(c.world.sessions.at(text_of(c.with, "of")).get());
  return c.keep(renraku_session_resume, token);
}

const Table<Call> store_calls{
    {"store.municipalities",
     [](Call& c) { return list<renraku_municipality_page>(renraku_municipality_list, c.store()); }},
    {"store.add_municipality",
     [](Call& c) {
       return one<renraku_municipality_page>(renraku_municipality_add, c.store(),
                                             c.get<renraku_new_municipality>("input"));
     }},
    {"store.key_slots",
     [](Call& c) { return list<renraku_key_slot_page>(renraku_store_key_slots, c.store()); }},
    {"store.change_passphrase",
     [](Call& c) {
       return done(renraku_store_change_passphrase, c.store(), c.text("current"),
                   c.text("replacement"));
     }},
    {"store.add_recovery_key",
     [](Call& c) {
       return text("printed", renraku_store_add_recovery_key, c.store(), c.text("name"));
     }},
    {"store.add_host_key",
     [](Call& c) {
       const auto key = host_key_of(c.with, "key");
       return done(renraku_store_add_host_key, c.store(), c.text("name"), key.data(), key.size());
     }},
    {"store.check",
     [](Call& c) { return one<renraku_check_report_page>(renraku_store_check, c.store()); }},
    {"store.verify_journal",
     [](Call& c) {
       return one<renraku_journal_report_page>(renraku_store_verify_journal, c.store());
     }},
    {"store.flush", [](Call& c) { return done(renraku_store_flush, c.store()); }},
    {"session.sign_in",
     [](Call& c) {
       return c.keep(renraku_session_sign_in, c.text("municipality"), c.text("login"),
                     c.text("password"));
     }},
    {"session.resume", resume},
    {"session.member",
     [](Call& c) { return one<renraku_member_page>(renraku_session_member, c.session()); }},
    {"session.change_password",
     [](Call& c) {
       return done(renraku_session_change_password, c.session(), c.text("current"),
                   c.text("replacement"));
     }},
    {"session.sign_out", [](Call& c) { return done(renraku_session_sign_out, c.session()); }},
    {"municipality.view",
     [](Call& c) {
       return one<renraku_municipality_page>(renraku_municipality_view, c.session());
     }},
    {"municipality.change",
     [](Call& c) {
       return one<renraku_municipality_page>(renraku_municipality_change, c.session(),
                                             c.get<renraku_municipality>("changed"));
     }},
    {"members.add",
     [](Call& c) {
       return one<renraku_member_page>(renraku_member_add, c.session(),
                                       c.get<renraku_new_member>("input"));
     }},
    {"members.list",
     [](Call& c) { return list<renraku_member_page>(renraku_member_list, c.session(), c.page()); }},
    {"members.view",
     [](Call& c) { return one<renraku_member_page>(renraku_member_view, c.session(), c.id()); }},
    {"members.change",
     [](Call& c) {
       return one<renraku_member_page>(renraku_member_change, c.session(),
                                       c.get<renraku_member>("changed"));
     }},
    {"members.suspend",
     [](Call& c) { return one<renraku_member_page>(renraku_member_suspend, c.session(), c.id()); }},
    {"members.restore",
     [](Call& c) { return one<renraku_member_page>(renraku_member_restore, c.session(), c.id()); }},
};

const Table<Call> record_calls{
    {"people.find",
     [](Call& c) {
       return list<renraku_person_page>(renraku_person_find, c.session(),
                                        c.get<renraku_person_filter>("filter"), c.page());
     }},
    {"people.view",
     [](Call& c) { return one<renraku_person_page>(renraku_person_view, c.session(), c.id()); }},
    {"people.change",
     [](Call& c) {
       return one<renraku_person_page>(renraku_person_change, c.session(),
                                       c.get<renraku_person>("changed"));
     }},
    {"people.protect",
     [](Call& c) {
       return one<renraku_person_page>(renraku_person_protect, c.session(), c.id(), c.revision(),
                                       c.get<renraku_protection>("protection"));
     }},
    {"evacuees.list",
     [](Call& c) {
       return list<renraku_evacuee_line_page>(renraku_evacuee_list, c.session(),
                                              c.get<renraku_evacuee_filter>("filter"), c.page());
     }},
    {"evacuees.add",
     [](Call& c) {
       return one<renraku_evacuee_page>(renraku_evacuee_add, c.session(),
                                        c.get<renraku_person>("person"),
                                        c.get<renraku_evacuee>("evacuee"));
     }},
    {"evacuees.view",
     [](Call& c) { return one<renraku_evacuee_page>(renraku_evacuee_view, c.session(), c.id()); }},
    {"evacuees.change",
     [](Call& c) {
       return one<renraku_evacuee_page>(renraku_evacuee_change, c.session(),
                                        c.get<renraku_evacuee>("changed"));
     }},
    {"journal.list",
     [](Call& c) {
       return list<renraku_journal_entry_page>(renraku_journal_list, c.session(),
                                               c.get<renraku_journal_filter>("filter"), c.page());
     }},
    {"journal.history",
     [](Call& c) {
       return list<renraku_journal_entry_page>(renraku_journal_history, c.session(),
                                               c.text("subject"), c.page());
     }},
    {"journal.verify",
     [](Call& c) { return one<renraku_journal_report_page>(renraku_journal_verify, c.session()); }},
};

const Table<Call> roster_calls{
    {"roster.import_file",
     [](Call& c) {
       return one<renraku_import_report_page>(renraku_roster_import_file, c.session(),
                                              c.text("file"),
                                              c.get<renraku_import_options>("options"), nullptr);
     }},
    {"roster.import_rows", import_rows},
    {"roster.export_file",
     [](Call& c) {
       return one<renraku_export_report_page>(renraku_roster_export_file, c.session(),
                                              c.text("file"),
                                              c.get<renraku_export_options>("options"), nullptr);
     }},
    {"roster.open_rows",
     [](Call& c) {
       return list<renraku_open_row_page>(renraku_open_row_list, c.session(), c.page());
     }},
    {"roster.count_open_rows",
     [](Call& c) {
       std::int64_t count = 0;
       done(renraku_open_row_count, c.session(), &count);
       return json::object{{"open_rows", count}};
     }},
    {"roster.mend_open_row",
     [](Call& c) {
       return text("evacuee", renraku_open_row_mend, c.session(),
                   c.get<renraku_open_row>("mended"));
     }},
    {"roster.dismiss_open_row",
     [](Call& c) { return done(renraku_open_row_dismiss, c.session(), c.id(), c.revision()); }},
    {"roster.suspects",
     [](Call& c) {
       return list<renraku_suspect_page>(renraku_suspect_list, c.session(), c.page());
     }},
    {"roster.decide_suspect",
     [](Call& c) {
       return one<renraku_suspect_page>(renraku_suspect_decide, c.session(), c.id(), c.revision(),
                                        c.text("decision"));
     }},
    {"roster.missing",
     [](Call& c) {
       return list<renraku_missing_evacuee_page>(renraku_missing_evacuee_list, c.session(),
                                                 c.page());
     }},
    {"roster.decide_missing",
     [](Call& c) {
       return one<renraku_missing_evacuee_page>(renraku_missing_evacuee_decide, c.session(), c.id(),
                                                c.revision(), c.text("decision"));
     }},
    {"roster.conflicts",
     [](Call& c) {
       return list<renraku_import_conflict_page>(renraku_import_conflict_list, c.session(),
                                                 c.page());
     }},
    {"roster.decide_conflict",
     [](Call& c) {
       return one<renraku_import_conflict_page>(renraku_import_conflict_decide, c.session(), c.id(),
                                                c.revision(), c.text("decision"));
     }},
};

Table<Call> all_calls() {
  Table<Call> table = store_calls;
  table.insert(record_calls.begin(), record_calls.end());
  table.insert(roster_calls.begin(), roster_calls.end());
  return table;
}

json::value open(World& world, const json::object& line) {
  const auto key = host_key_of(line, "host_key");
  renraku_secret secret{};
  renraku_struct_init(&secret, sizeof(secret));
  secret.host_key = key.data();
  secret.host_key_size = key.size();
  renraku_store* store = nullptr;
  const std::string folder = text_of(line, "open");
  json::value result = done(renraku_store_open, folder.c_str(), &secret, nullptr, &store);
  world.store.reset(store);
  return result;
}

json::value answer(World& world, const Table<Call>& table, const json::object& line) {
  if (line.contains("calls")) return names_of(table);
  if (line.contains("open")) return open(world, line);
  Call call{world, text_of(line, "as"), line.at("with").as_object()};
  return table.at(text_of(line, "call"))(call);
}

}  // namespace
}  // namespace conformance

int main() {
  using namespace conformance;
  World world;
  const Table<Call> table = all_calls();
  serve([&](const json::object& line) { return answer(world, table, line); });
}
