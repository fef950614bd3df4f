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

}  // namespace

int main() {
  std::set<std::string> seen;
  storage::observe_prepare([&seen](std::string_view sql) { seen.emplace(sql); });
  {
    City city;
    Session officer = city.sign_in();
    use_members(city, officer);
    use_people(officer);
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
