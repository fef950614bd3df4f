// Residents and their roster: people, evacuees, roster.
#include <renraku/described/evacuee.hpp>
#include <renraku/described/person.hpp>
#include <renraku/described/place_grant.hpp>
#include <renraku/described/roster.hpp>

#include "cpp/call.hpp"

namespace conformance {
namespace {

RowReader rows_of(const json::array& rows) {
  return [&rows, next = std::size_t{0}](std::vector<std::string>& cells) mutable {
    if (next == rows.size()) return false;
    cells = json::value_to<std::vector<std::string>>(rows[next++]);
    return true;
  };
}

// The row's other fields are the library's; its time can't be read from JSON.
OpenRow mended(const Call& c) {
  const json::object& given = c.with.at("mended").as_object();
  OpenRow row;
  row.id = Id<OpenRow>::parse(text_of(given, "id"));
  row.revision = given.at("revision").to_number<std::int64_t>();
  row.cells = from_json<std::vector<ExtraColumn>>(json::serialize(given.at("cells")));
  return row;
}

}  // namespace

const Table<Call> roster_calls{
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
    {"people.grant_place",
     [](Call& c) {
       const Instant then{Instant::now().micros + c.get<std::int64_t>("days") * 86'400'000'000};
       return plain(c.session().people().grant_place(
           c.get<Id<Person>>("person"), c.get<Id<Member>>("member"), Date::in_japan(then),
           c.get<std::string>("reason")));
     }},
    {"people.place_grants",
     [](Call& c) {
       return plain(c.session().people().place_grants(c.get<Id<Person>>("person"), c.page()));
     }},
    {"people.revoke_place_grant",
     [](Call& c) {
       return plain(c.session().people().revoke_place_grant(c.get<Id<Person>>("person"),
                                                            c.id<PlaceGrant>()));
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
    {"roster.summary", [](Call& c) { return plain(c.session().roster().summary()); }},
    {"roster.open_rows", [](Call& c) { return plain(c.session().roster().open_rows(c.page())); }},
    {"roster.count_open_rows",
     [](Call& c) {
       return json::object{{"open_rows", c.session().roster().count_open_rows()}};
     }},
    {"roster.mend_open_row",
     [](Call& c) {
       return json::object{{"evacuee", c.session().roster().mend_open_row(mended(c)).text()}};
     }},
    {"roster.dismiss_open_row",
     [](Call& c) {
       c.session().roster().dismiss_open_row(c.id<OpenRow>(), c.revision());
       return nothing;
     }},
    {"roster.suspects", [](Call& c) { return plain(c.session().roster().suspects(c.page())); }},
    {"roster.decided_suspects",
     [](Call& c) { return plain(c.session().roster().decided_suspects(c.page())); }},
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

}  // namespace conformance
