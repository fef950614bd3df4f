// Every call of the public interface that reads, with whatever somebody who looks for a hidden
// person would ask it.
#include <fstream>
#include <iterator>
#include <renraku/applications.hpp>
#include <renraku/described/erasure.hpp>
#include <renraku/disclosures.hpp>
#include <renraku/factors.hpp>
#include <renraku/notices.hpp>
#include <renraku/patients.hpp>

#include "protection_walk.hpp"

namespace renraku::hiding {

using namespace fixture;
namespace {

/// Every text that one of the places has, found or guessed.
std::vector<std::string> guesses() {
  std::vector<std::string> all;
  for (const Place& place : {east, west, away}) {
    for (std::string& guess : place.guesses()) all.push_back(std::move(guess));
  }
  return all;
}

void find_people(Visit& visit) {
  const People people = visit.session.people();
  const auto find = [&](const std::string& what, const PersonFilter& filter) {
    visit.ask("find " + what, [&] { return people.find(filter); });
  };
  PersonFilter her;
  her.name = "花";
  find("her name", her);
  visit.ask_in_pages("find her name",
                     [&](const PageRequest& page) { return people.find(her, page); });
  for (const std::string& guess : guesses()) {
    PersonFilter filter;
    filter.text = guess;
    find("text " + guess, filter);
    filter.name = "花";
    find("her name and text " + guess, filter);
    filter = {};
    filter.address = guess;
    find("address " + guess, filter);
    filter.kana = "ハハ";
    find("her kana and address " + guess, filter);
    filter = {};
    filter.phone = guess;
    find("phone " + guess, filter);
    filter.municipal_number = "2011";
    find("her number and phone " + guess, filter);
    filter.birth_date = "1965-03-05";
    find("her number, birth date and phone " + guess, filter);
  }
}

void view_people(Visit& visit) {
  for (const Id<Person>& id :
       {visit.town.mother.person, visit.town.child.person, visit.town.patient.person}) {
    visit.ask("person", [&] { return visit.session.people().view(id); });
  }
}

void place_grants(Visit& visit) {
  for (const Id<Person>& id : {visit.town.mother.person, visit.town.patient.person}) {
    visit.ask("grants", [&] { return visit.session.people().place_grants(id); });
  }
}

void list_evacuees(Visit& visit) {
  const Evacuees evacuees = visit.session.evacuees();
  const auto list = [&](const std::string& what, const EvacueeFilter& filter) {
    visit.ask("evacuees " + what, [&] { return evacuees.list(filter); });
  };
  list("all", {});
  visit.ask_in_pages("evacuees", [&](const PageRequest& page) { return evacuees.list({}, page); });
  for (const std::string& guess : guesses()) {
    EvacueeFilter filter;
    filter.text = guess;
    list("text " + guess, filter);
    filter = {};
    filter.district = guess;
    list("district " + guess, filter);
    filter.text = "花";
    list("her name and district " + guess, filter);
    filter = {};
    filter.reason = guess;
    list("reason " + guess, filter);
    filter = {};
    filter.care_level = guess;
    list("care level " + guess, filter);
  }
}

void view_evacuees(Visit& visit) {
  for (const Id<Evacuee>& id : {visit.town.mother.id, visit.town.child.id}) {
    visit.ask("evacuee", [&] { return visit.session.evacuees().view(id); });
  }
}

/// A trial import of one row is a question: does the store know it?
void preview_import(Visit& visit) {
  const std::vector<std::string> header{"管理番号", "宛名番号", "氏名",   "フリガナ", "生年月日",
                                        "性別",     "住所",     "行政区", "電話",     "備考"};
  const std::vector<std::vector<std::string>> whoms{
      {"11", "2011", "母　花", "ハハ　ハナ", "S40.3.5", "女"},
      {"", "2011", "母　花", "ハハ　ハナ", "S40.3.5", "女"},
      {"", "", "母　花", "ハハ　ハナ", "S40.3.5", "女"},
      {"", "", "葉々　花", "ハハ　ハナ", "S40.3.5", "女"},
      {"", "", "母　花", "ハハ　ハナ", "", "女"},
      {"", "", "母　花", "ハハ　ハナ", "S99.99.99", "女"},
  };
  const auto preview = [&](const std::string& what, const std::vector<std::string>& row,
                           const std::string& district) {
    std::size_t given = 0;
    const RowReader rows = [&](std::vector<std::string>& cells) {
      cells = given == 0 ? header : row;
      return given++ < 2;
    };
    ImportOptions options;
    options.dry_run = true;
    options.district = district;
    visit.ask(what, [&] { return visit.session.roster().import_rows(rows, options); });
  };
  for (const Place& at : {east, west, away}) {
    for (std::size_t i = 0; i < whoms.size(); ++i) {
      std::vector<std::string> row = whoms[i];
      for (const std::string& cell : {at.address(), at.district(), at.phone(), at.note()}) {
        row.push_back(cell);
      }
      const std::string what = "import " + std::to_string(i) + " at " + at.word;
      preview(what, row, {});
      preview(what + " alone", row, at.district());
    }
  }
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  for (char& c : text) {
    if (c == '\n') c = '|';
  }
  return text;
}

void export_roster(Visit& visit) {
  const auto file = visit.folder.path() / "export.csv";
  ExportOptions options;
  options.encoding = "utf-8-bom";
  visit.ask("export", [&] { return visit.session.roster().export_file(file, options); });
  visit.ask("the file", [&] { return content(file); });
}

void patients(Visit& visit) {
  const Patients patients = visit.session.patients();
  PatientFilter filter;
  visit.ask("patients", [&] { return patients.list(filter); });
  for (const std::string& guess : guesses()) {
    filter.text = guess;
    visit.ask("patients " + guess, [&] { return patients.list(filter); });
  }
}

void teams(Visit& visit) {
  const Patients patients = visit.session.patients();
  PatientFilter filter;
  visit.ask("teams", [&] { return patients.teams(filter); });
  for (const std::string& guess : guesses()) {
    filter.text = guess;
    visit.ask("teams " + guess, [&] { return patients.teams(filter); });
  }
}

void visible(Visit& visit) {
  const Disclosures disclosures = visit.session.disclosures();
  visit.ask("visible", [&] { return disclosures.visible(); });
  for (const std::string& guess : guesses()) {
    DisclosedFilter filter;
    filter.text = guess;
    visit.ask("visible " + guess, [&] { return disclosures.visible(filter); });
    filter = {};
    filter.district = guess;
    visit.ask("visible in " + guess, [&] { return disclosures.visible(filter); });
  }
}

void disclosed(Visit& visit) {
  for (const Id<Person>& id :
       {visit.town.mother.person, visit.town.child.person, visit.town.neighbour.person}) {
    visit.ask("disclosed", [&] { return visit.session.disclosures().view(id); });
  }
}

void preview_rule(Visit& visit) {
  DisclosureRule rule;
  rule.kind = DisclosurePolicy::opt_in;
  rule.valid_from = {2026, 12, 1};
  visit.ask("preview", [&] { return visit.session.disclosures().preview(rule); });
}

void disclose(Visit& visit) {
  for (const Organisation* receiver : {&visit.town.fire, &visit.town.volunteers}) {
    const auto file = visit.folder.path() / (receiver->name + ".csv");
    DisclosureOptions options;
    options.encoding = "utf-8-bom";
    visit.ask("disclose", [&] {
      return visit.session.disclosures().make(receiver->id, DisclosurePurpose::list, file, options);
    });
    visit.ask("the file", [&] { return content(file); });
  }
}

void read_journal(Visit& visit) {
  visit.ask("journal", [&] { return visit.session.journal().list({}, {{}, page_size_max}); });
  for (const Id<Person>& id : {visit.town.mother.person, visit.town.patient.person}) {
    JournalFilter about;
    about.subject = id;
    visit.ask("journal about", [&] {
      return visit.session.journal().list(about, {{}, page_size_max});
    });
  }
}

void read_lookers(Visit& visit) {
  for (const Uuid& id : {Uuid(visit.town.mother.person), Uuid(visit.town.patient.person),
                         Uuid(visit.session.member().id)}) {
    visit.ask("lookers", [&] { return visit.session.journal().lookers(id); });
  }
}

void read_history(Visit& visit) {
  for (const Uuid& id : {Uuid(visit.town.mother.person), Uuid(visit.town.child.person),
                         Uuid(visit.town.patient.person), Uuid(visit.town.patient.id)}) {
    visit.ask("history", [&] { return visit.session.journal().history(id); });
  }
}

/// The answer says nothing that two towns could have in common.
template <class Work>
void ask_whether(Visit& visit, const std::string& question, Work&& work) {
  visit.ask(question, [&] {
    static_cast<void>(work());
    return std::string("answered");
  });
}

}  // namespace

const std::vector<WalkCall>& walk_calls() {
  static const std::vector<WalkCall> calls{
      {"People::find", find_people},
      {"People::view", view_people},
      {"People::place_grants", place_grants},
      {"People::erasure",
       [](Visit& v) {
         v.ask("erasure", [&] { return v.session.people().erasure(v.town.mother.person); });
       }},
      {"Evacuees::list", list_evacuees},
      {"Evacuees::view", view_evacuees},
      {"Roster::import_rows", preview_import},
      {"Roster::export_file", export_roster},
      {"Roster::summary",
       [](Visit& v) { v.ask("summary", [&] { return v.session.roster().summary(); }); }},
      {"Roster::open_rows",
       [](Visit& v) { v.ask("open rows", [&] { return v.session.roster().open_rows(); }); }},
      {"Roster::count_open_rows",
       [](Visit& v) { v.ask("count", [&] { return v.session.roster().count_open_rows(); }); }},
      {"Roster::suspects",
       [](Visit& v) { v.ask("suspects", [&] { return v.session.roster().suspects(); }); }},
      {"Roster::decided_suspects",
       [](Visit& v) { v.ask("decided", [&] { return v.session.roster().decided_suspects(); }); }},
      {"Roster::missing",
       [](Visit& v) { v.ask("missing", [&] { return v.session.roster().missing(); }); }},
      {"Roster::conflicts",
       [](Visit& v) { v.ask("conflicts", [&] { return v.session.roster().conflicts(); }); }},
      {"Patients::list", patients},
      {"Patients::view",
       [](Visit& v) {
         v.ask("patient", [&] { return v.session.patients().view(v.town.patient.id); });
       }},
      {"Patients::consents",
       [](Visit& v) {
         v.ask("consents", [&] { return v.session.patients().consents(v.town.patient.id); });
       }},
      {"Patients::team",
       [](Visit& v) {
         v.ask("team", [&] { return v.session.patients().team(v.town.patient.id); });
       }},
      {"Patients::teams", teams},
      {"Patients::requests",
       [](Visit& v) {
         v.ask("requests", [&] { return v.session.patients().requests(v.town.patient.id); });
       }},
      {"Disclosures::consents",
       [](Visit& v) {
         v.ask("said", [&] { return v.session.disclosures().consents(v.town.mother.person); });
       }},
      {"Disclosures::rules",
       [](Visit& v) { v.ask("rules", [&] { return v.session.disclosures().rules(); }); }},
      {"Disclosures::preview", preview_rule},
      {"Disclosures::make", disclose},
      {"Disclosures::list",
       [](Visit& v) { v.ask("disclosures", [&] { return v.session.disclosures().list(); }); }},
      {"Disclosures::visible", visible},
      {"Disclosures::view", disclosed},
      {"Notices::list",
       [](Visit& v) { v.ask("notices", [&] { return v.session.notices().list(); }); }},
      {"Notices::count_unread",
       [](Visit& v) { v.ask("unread", [&] { return v.session.notices().count_unread(); }); }},
      {"Members::list",
       [](Visit& v) { v.ask("members", [&] { return v.session.members().list(); }); }},
      {"Members::view",
       [](Visit& v) {
         v.ask("member", [&] { return v.session.members().view(v.session.member().id); });
       }},
      {"Members::colleagues",
       [](Visit& v) { v.ask("colleagues", [&] { return v.session.members().colleagues(); }); }},
      {"Organisations::list",
       [](Visit& v) { v.ask("organisations", [&] { return v.session.organisations().list(); }); }},
      {"Organisations::view",
       [](Visit& v) {
         v.ask("organisation", [&] { return v.session.organisations().view(v.town.office.id); });
       }},
      {"Municipalities::view",
       [](Visit& v) { v.ask("municipality", [&] { return v.session.municipalities().view(); }); }},
      {"Factors::view",
       [](Visit& v) {
         v.ask("factors", [&] { return v.session.factors().view(v.session.member().id); });
       }},
      {"Factors::certificates",
       [](Visit& v) {
         v.ask("certificates",
               [&] { return v.session.factors().certificates(v.session.member().id); });
       }},
      {"Factors::sessions",
       [](Visit& v) {
         v.ask("sessions", [&] { return v.session.factors().sessions(v.session.member().id); });
       }},
      {"Factors::begin_totp",
       [](Visit& v) { ask_whether(v, "totp", [&] { return v.session.factors().begin_totp(); }); }},
      {"Applications::list",
       [](Visit& v) { v.ask("applications", [&] { return v.session.applications().list(); }); }},
      {"Applications::view",
       [](Visit& v) { v.ask("application", [&] { return v.session.applications().view({}); }); }},
      {"Journal::list", read_journal},
      {"Journal::history", read_history},
      {"Journal::lookers", read_lookers},
      {"Journal::verify",
       [](Visit& v) { ask_whether(v, "verify", [&] { return v.session.journal().verify(); }); }},
      {"Journal::heads",
       [](Visit& v) { ask_whether(v, "heads", [&] { return v.session.journal().heads(); }); }},
  };
  return calls;
}

}  // namespace renraku::hiding
