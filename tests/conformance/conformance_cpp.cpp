// The scenarios' calls through the C++ API.
#include <boost/json/src.hpp>
#include <optional>
#include <renraku/described/evacuee.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/person.hpp>
#include <renraku/described/roster.hpp>
#include <renraku/described/store.hpp>
#include <renraku/json.hpp>
#include <renraku/renraku.hpp>

#include "lines.hpp"

namespace renraku {
RENRAKU_DESCRIBE(NewMunicipality, code, name, administrator)
}  // namespace renraku

namespace conformance {
namespace {

using namespace renraku;

struct World {
  std::optional<Store> store;
  std::map<std::string, Session> sessions;
};

struct Call {
  World& world;
  std::string as;
  const json::object& with;

  [[nodiscard]] Store& store() const { return world.store.value(); }
  [[nodiscard]] Session& session() const { return world.sessions.at(as); }
  json::value keep(Session session) const;

  [[nodiscard]] std::string text(std::string_view name) const { return text_of(with, name); }
  /// The argument of that name, or its default where the scenario gives none.
  template <class T>
  [[nodiscard]] T get(std::string_view name) const {
    const json::value* given = with.if_contains(name);
    if (!given) return {};
    try {
      return from_json<T>(json::serialize(*given));
    } catch (const Error& error) {
      // In C++ an argument has a type, so what is no value of it gets no further than this.
      if (!error.field().empty()) throw;
      throw Error(error.code(), error.what(), std::string(name));
    }
  }
  template <class Record>
  [[nodiscard]] Id<Record> id() const {
    return get<Id<Record>>("id");
  }
  [[nodiscard]] std::int64_t revision() const { return get<std::int64_t>("revision"); }
  // The row's other fields are the library's; its time can't be read from JSON.
  [[nodiscard]] OpenRow mended() const {
    const json::object& given = with.at("mended").as_object();
    OpenRow row;
    row.id = Id<OpenRow>::parse(text_of(given, "id"));
    row.revision = given.at("revision").to_number<std::int64_t>();
    row.cells = from_json<std::vector<ExtraColumn>>(json::serialize(given.at("cells")));
    return row;
  }
  [[nodiscard]] PageRequest page() const {
    PageRequest request;
    if (with.contains("after")) request.after = text("after");
    if (with.contains("size")) request.size = get<int>("size");
    return request;
  }
};

template <class T>
json::value plain(const T& value) {
  return json::parse(to_json(value));
}
template <class Item>
json::value plain(const Page<Item>& page) {
  return {{"items", plain(page.items)}, {"next", page.next}};
}
template <class Item>
json::value all(const std::vector<Item>& items) {
  return plain(Page<Item>{items, {}});
}

json::value Call::keep(Session session) const {
  const Member member = session.member();
  world.sessions.insert_or_assign(as, std::move(session));
  return plain(member);
}

RowReader rows_of(const json::array& rows) {
  return [&rows, next = std::size_t{0}](std::vector<std::string>& cells) mutable {
    if (next == rows.size()) return false;
    cells = json::value_to<std::vector<std::string>>(rows[next++]);
    return true;
  };
}

const json::value nothing = json::object{};

const Table<Call> store_calls{
    {"store.municipalities", [](Call& c) { return all(c.store().municipalities()); }},
    {"store.add_municipality",
     [](Call& c) { return plain(c.store().add_municipality(c.get<NewMunicipality>("input"))); }},
    {"store.key_slots", [](Call& c) { return all(c.store().key_slots()); }},
    {"store.change_passphrase",
     [](Call& c) {
       c.store().change_passphrase({c.text("current")}, {c.text("replacement")});
       return nothing;
     }},
    {"store.add_recovery_key",
     [](Call& c) {
       return json::object{{"printed", c.store().add_recovery_key(c.text("name"))}};
     }},
    {"store.add_host_key",
     [](Call& c) {
       c.store().add_host_key(c.text("name"), HostKey{host_key_of(c.with, "key")});
       return nothing;
     }},
    {"store.check", [](Call& c) { return plain(c.store().check()); }},
    {"store.verify_journal", [](Call& c) { return plain(c.store().verify_journal()); }},
    {"store.flush",
     [](Call& c) {
       c.store().flush();
       return nothing;
     }},
    {"session.sign_in",
     [](Call& c) {
       return c.keep(
           c.store().sign_in(c.text("municipality"), c.text("login"), c.text("password")));
     }},
    {"session.resume",
     [](Call& c) {
       const std::string token =
           c.with.contains("of") ? c.world.sessions.at(c.text("of")).token() : c.text("token");
       return c.keep(c.store().resume(token));
     }},
    {"session.member", [](Call& c) { return plain(c.session().member()); }},
    {"session.change_password",
     [](Call& c) {
       c.session().change_password(c.text("current"), c.text("replacement"));
       return nothing;
     }},
    {"session.sign_out",
     [](Call& c) {
       c.session().sign_out();
       return nothing;
     }},
    {"municipality.view", [](Call& c) { return plain(c.session().municipalities().view()); }},
    {"municipality.change",
     [](Call& c) {
       return plain(c.session().municipalities().change(c.get<Municipality>("changed")));
     }},
    {"members.add",
     [](Call& c) { return plain(c.session().members().add(c.get<NewMember>("input"))); }},
    {"members.list", [](Call& c) { return plain(c.session().members().list(c.page())); }},
    {"members.view", [](Call& c) { return plain(c.session().members().view(c.id<Member>())); }},
    {"members.change",
     [](Call& c) { return plain(c.session().members().change(c.get<Member>("changed"))); }},
    {"members.suspend",
     [](Call& c) { return plain(c.session().members().suspend(c.id<Member>())); }},
    {"members.restore",
     [](Call& c) { return plain(c.session().members().restore(c.id<Member>())); }},
};

const Table<Call> record_calls{
    {"people.find",
     [](Call& c) {
       return plain(c.session().people().find(c.get<PersonFilter>("filter"), c.page()));
     }},
    {"people.view", [](Call& c) { return plain(c.session().people().view(c.id<Person>())); }},
    {"people.change",
     [](Call& c) { return plain(c.session().people().change(c.get<Person>("changed"))); }},
    {"people.protect",
     [](Call& c) {
       return plain(c.session().people().protect(c.id<Person>(), c.revision(),
                                                 c.get<std::optional<Protection>>("protection")));
     }},
    {"evacuees.list",
     [](Call& c) {
       return plain(c.session().evacuees().list(c.get<EvacueeFilter>("filter"), c.page()));
     }},
    {"evacuees.add",
     [](Call& c) {
       return plain(c.session().evacuees().add(c.get<Person>("person"), c.get<Evacuee>("evacuee")));
     }},
    {"evacuees.view", [](Call& c) { return plain(c.session().evacuees().view(c.id<Evacuee>())); }},
    {"evacuees.change",
     [](Call& c) { return plain(c.session().evacuees().change(c.get<Evacuee>("changed"))); }},
    {"journal.list",
     [](Call& c) {
       return plain(c.session().journal().list(c.get<JournalFilter>("filter"), c.page()));
     }},
    {"journal.history",
     [](Call& c) {
       return plain(c.session().journal().history(c.get<Uuid>("subject"), c.page()));
     }},
    {"journal.verify", [](Call& c) { return plain(c.session().journal().verify()); }},
};

const Table<Call> roster_calls{
    {"roster.import_file",
     [](Call& c) {
       return plain(
           c.session().roster().import_file(c.text("file"), c.get<ImportOptions>("options")));
     }},
    {"roster.import_rows",
     [](Call& c) {
       return plain(c.session().roster().import_rows(rows_of(c.with.at("rows").as_array()),
                                                     c.get<ImportOptions>("options")));
     }},
    {"roster.export_file",
     [](Call& c) {
       return plain(
           c.session().roster().export_file(c.text("file"), c.get<ExportOptions>("options")));
     }},
    {"roster.open_rows", [](Call& c) { return plain(c.session().roster().open_rows(c.page())); }},
    {"roster.count_open_rows",
     [](Call& c) {
       return json::object{{"open_rows", c.session().roster().count_open_rows()}};
     }},
    {"roster.mend_open_row",
     [](Call& c) {
       return json::object{{"evacuee", c.session().roster().mend_open_row(c.mended()).text()}};
     }},
    {"roster.dismiss_open_row",
     [](Call& c) {
       c.session().roster().dismiss_open_row(c.id<OpenRow>(), c.revision());
       return nothing;
     }},
    {"roster.suspects", [](Call& c) { return plain(c.session().roster().suspects(c.page())); }},
    {"roster.decide_suspect",
     [](Call& c) {
       return plain(c.session().roster().decide_suspect(c.id<Suspect>(), c.revision(),
                                                        c.get<SuspectDecision>("decision")));
     }},
    {"roster.missing", [](Call& c) { return plain(c.session().roster().missing(c.page())); }},
    {"roster.decide_missing",
     [](Call& c) {
       return plain(c.session().roster().decide_missing(c.id<MissingEvacuee>(), c.revision(),
                                                        c.get<MissingDecision>("decision")));
     }},
    {"roster.conflicts", [](Call& c) { return plain(c.session().roster().conflicts(c.page())); }},
    {"roster.decide_conflict",
     [](Call& c) {
       return plain(c.session().roster().decide_conflict(c.id<ImportConflict>(), c.revision(),
                                                         c.get<ConflictDecision>("decision")));
     }},
};

Table<Call> all_calls() {
  Table<Call> table = store_calls;
  table.insert(record_calls.begin(), record_calls.end());
  table.insert(roster_calls.begin(), roster_calls.end());
  return table;
}

json::value answer(World& world, const Table<Call>& table, const json::object& line) {
  try {
    if (line.contains("calls")) return names_of(table);
    if (line.contains("open")) {
      world.store = Store::open(text_of(line, "open"), HostKey{host_key_of(line, "host_key")});
      return nothing;
    }
    Call call{world, text_of(line, "as"), line.at("with").as_object()};
    return table.at(text_of(line, "call"))(call);
  } catch (const Error& error) {
    throw Failure{static_cast<std::int32_t>(error.code()), std::string(error.name()), error.field(),
                  error.what()};
  }
}

}  // namespace
}  // namespace conformance

int main() {
  using namespace conformance;
  World world;
  const Table<Call> table = all_calls();
  serve([&](const json::object& line) { return answer(world, table, line); });
}
