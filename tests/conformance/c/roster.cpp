// Residents and their roster: people, evacuees, roster.
#include <chrono>
#include <cstdio>

#include "c/call.hpp"

namespace conformance {
namespace {

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

// A day in Japan so many days from today: scenarios outlive any day that could stand in them.
std::string day_in(std::int64_t days) {
  using namespace std::chrono;
  const year_month_day day{
      floor<std::chrono::days>(system_clock::now() + hours(9) + hours(24 * days))};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

}  // namespace

const Table<Call> roster_calls{
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
    {"people.grant_place",
     [](Call& c) {
       const std::string until = day_in(c.with.at("days").to_number<int64_t>());
       return one<renraku_place_grant_page>(renraku_person_grant_place, c.session(),
                                            c.text("person"), c.text("member"), until.c_str(),
                                            c.text("reason"));
     }},
    {"people.place_grants",
     [](Call& c) {
       return list<renraku_place_grant_page>(renraku_person_place_grants, c.session(),
                                             c.text("person"), c.page());
     }},
    {"people.revoke_place_grant",
     [](Call& c) {
       return one<renraku_place_grant_page>(renraku_person_revoke_place_grant, c.session(),
                                            c.text("person"), c.id());
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
    {"roster.summary",
     [](Call& c) {
       return one<renraku_roster_summary_page>(renraku_roster_summary_view, c.session());
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
    {"roster.decided_suspects",
     [](Call& c) {
       return list<renraku_suspect_page>(renraku_suspect_list_decided, c.session(), c.page());
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

}  // namespace conformance
