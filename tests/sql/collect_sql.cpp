// Goes through every call of the public interface once and prints, as JSON, the schema's scripts
// and every SQL text that was prepared: {"schema": […], "statements": […]}.
#include <fstream>
#include <iostream>
#include <set>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "session/schema.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

struct Collected {
  std::vector<std::string> schema;
  std::vector<std::string> statements;
};
RENRAKU_DESCRIBE(Collected, schema, statements)

void use_organisations(Session& officer) {
  Organisation office;
  office.name = "架空薬局";
  office = officer.organisations().add(office);
  officer.organisations().change(office);
  static_cast<void>(officer.organisations().list());
  static_cast<void>(officer.organisations().view(office.id));
}

void use_members(City& city, Session& officer) {
  NewMember input;
  input.login = "hanako";
  input.name = "花子";
  input.roles = {Role::professional};
  input.password = password;
  Member member = officer.members().add(input);
  member.name = "華子";
  officer.members().change(member);
  officer.members().suspend(member.id);
  officer.members().restore(member.id);
  static_cast<void>(officer.members().list());
  static_cast<void>(officer.members().view(member.id));
  officer.municipalities().change(officer.municipalities().view());
  static_cast<void>(error_of([&] { return city.store().sign_in(joso, "kanri", "x"); }));
  static_cast<void>(city.store().resume(officer.token()));
  officer.change_password(password, password);
}

void find(Session& officer, std::optional<std::string> PersonFilter::*field,
          const std::string& needle) {
  PersonFilter filter;
  filter.*field = needle;
  static_cast<void>(officer.people().find(filter));
}

void use_people(Session& officer) {
  const Evacuee one = officer.evacuees().add(resident("一", "イチ"), {});
  const Evacuee two = officer.evacuees().add(resident("二", "ニ"), {});
  officer.evacuees().change(officer.evacuees().view(one.id));
  static_cast<void>(officer.evacuees().list());
  officer.people().change(officer.people().view(one.person));
  Protection protection;
  protection.officers = {officer.member().id};
  protection.household = {two.person};
  officer.people().protect(one.person, officer.people().view(one.person).revision, protection);
  find(officer, &PersonFilter::name, "一");
  find(officer, &PersonFilter::phone, "0297000001");
  static_cast<void>(officer.journal().history(one.person));
  JournalFilter about;
  about.subject = one.person;
  static_cast<void>(officer.journal().list(about));
  static_cast<void>(officer.journal().list());
  static_cast<void>(officer.journal().verify());
}

RowReader rows(std::vector<std::vector<std::string>> cells) {
  cells.insert(cells.begin(), {"管理番号", "宛名番号", "氏名", "フリガナ", "生年月日", "性別",
                               "住所", "電話番号", "事由", "同意"});
  return [cells = std::move(cells), at = std::size_t{0}](std::vector<std::string>& out) mutable {
    if (at == cells.size()) return false;
    out = cells[at++];
    return true;
  };
}

// Imports everything that an officer can be asked about, and answers it.
void use_roster(City& city, Session& officer) {
  const std::vector<std::string> one{"1",          "101", "架空　太郎", "カクウ　タロウ",
                                     "1940-03-05", "男",  "架空町1",    "0297-00-0011",
                                     "独居",       "同意"};
  std::vector<std::string> twin = one;
  twin[0] = "2", twin[1] = "102", twin[2] = "架空　次郎";
  std::vector<std::string> bad = one;
  bad[0] = "3", bad[1] = "103", bad[4] = "1940-02-30";
  std::vector<std::string> alike = one;
  alike[0] = "4", alike[1] = "104", alike[7] = "0297-00-0012";
  ImportOptions options;
  options.accept_large = true;
  options.dry_run = true;
  officer.roster().import_rows(rows({one, twin, bad, alike}), options);
  options.dry_run = false;
  officer.roster().import_rows(rows({one, twin, bad, alike}), options);
  for (const EvacueeLine& line : officer.evacuees().list().items) {
    Evacuee entry = officer.evacuees().view(line.id);
    entry.reason = "ここで直した";
    officer.evacuees().change(entry);
  }
  std::vector<std::string> changed = one;
  changed[8] = "要介護";
  officer.roster().import_rows(rows({changed}), options);
  const auto roster = officer.roster();
  static_cast<void>(roster.count_open_rows());
  for (OpenRow row : roster.open_rows().items) {
    static_cast<void>(error_of([&] { return roster.mend_open_row(row); }));
    roster.dismiss_open_row(row.id, row.revision);
  }
  for (const auto& suspect : roster.suspects().items) {
    roster.decide_suspect(suspect.id, suspect.revision, SuspectDecision::different);
  }
  for (const auto& missing : roster.missing().items) {
    roster.decide_missing(missing.id, missing.revision, MissingDecision::moved_out);
  }
  for (const auto& conflict : roster.conflicts().items) {
    roster.decide_conflict(conflict.id, conflict.revision, ConflictDecision::take);
  }
  roster.export_file(city.path().parent_path() / "roster.csv");
}

}  // namespace

int main() {
  std::set<std::string> seen;
  storage::observe_prepare([&seen](std::string_view sql) { seen.emplace(sql); });
  {
    City city;
    Session officer = city.sign_in();
    use_members(city, officer);
    use_organisations(officer);
    use_people(officer);
    use_roster(city, officer);
    city.move_clock(std::chrono::minutes(5));
    static_cast<void>(officer.evacuees().list());
    static_cast<void>(city.store().check());
    static_cast<void>(city.store().municipalities());
    officer.sign_out();
  }
  storage::observe_prepare({});
  Collected collected;
  for (const storage::Migration& step : session::migrations()) {
    collected.schema.emplace_back(step.script);
  }
  collected.statements.assign(seen.begin(), seen.end());
  std::cout << to_json(collected) << '\n';
}
