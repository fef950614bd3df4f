// The policy table held against tests/policy/expected.csv, and rules that any table must keep.
#include "access/policy.hpp"

#include <boost/algorithm/string.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <set>
#include <tuple>

using namespace renraku;
using namespace renraku::access;

namespace {

using Case = std::tuple<Action, Capacity, Relation, Circumstance>;

template <DescribedEnum Enum>
std::vector<Enum> all() {
  std::vector<Enum> values;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&](auto descriptor) { values.push_back(descriptor.value); });
  return values;
}

template <DescribedEnum Enum>
Enum word(const std::string& text) {
  Enum value{};
  if (!enum_parse(text, value))
    throw std::runtime_error("expected.csv has an unknown word: " + text);
  return value;
}

std::map<Case, bool> read_expected() {
  std::ifstream in(std::string(RENRAKU_TESTS) + "/policy/expected.csv");
  std::string line;
  std::getline(in, line);
  if (line != "action,capacity,relation,circumstance,allowed") {
    throw std::runtime_error("expected.csv is not there, or has other columns");
  }
  std::map<Case, bool> expected;
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    boost::split(cells, line, boost::is_any_of(","));
    if (cells.size() != 5 || (cells[4] != "yes" && cells[4] != "no")) {
      throw std::runtime_error("expected.csv has a line that is none: " + line);
    }
    const Case key{word<Action>(cells[0]), word<Capacity>(cells[1]), word<Relation>(cells[2]),
                   word<Circumstance>(cells[3])};
    if (!expected.emplace(key, cells[4] == "yes").second) {
      throw std::runtime_error("expected.csv says it twice: " + line);
    }
  }
  return expected;
}

template <class Visit>
void for_each_case(Visit&& visit) {
  for (const Action action : all<Action>()) {
    for (const Capacity capacity : all<Capacity>()) {
      for (const Relation relation : all<Relation>()) {
        for (const Circumstance circumstance : all<Circumstance>()) {
          BOOST_TEST_CONTEXT(enum_name(action)
                             << ", " << enum_name(capacity) << ", " << enum_name(relation) << ", "
                             << enum_name(circumstance)) {
            visit(action, capacity, relation, circumstance);
          }
        }
      }
    }
  }
}

// Acts that show or touch residents.
const std::set<Action> of_residents{
    Action::person_find,      Action::person_view,    Action::person_change,
    Action::protected_view,   Action::protection_set, Action::protection_change,
    Action::evacuee_list,     Action::evacuee_view,   Action::evacuee_add,
    Action::evacuee_change,   Action::roster_preview, Action::roster_import,
    Action::roster_export,    Action::open_row_list,  Action::open_row_mend,
    Action::open_row_dismiss, Action::suspect_list,   Action::suspect_decide,
    Action::missing_list,     Action::missing_decide, Action::conflict_list,
    Action::conflict_decide,  Action::history_view};

}  // namespace

BOOST_AUTO_TEST_SUITE(policy_table)

BOOST_AUTO_TEST_CASE(it_permits_what_is_expected_and_refuses_everything_else) {
  const std::map<Case, bool> expected = read_expected();
  for_each_case(
      [&](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
        auto line = expected.find({action, capacity, relation, circumstance});
        if (line == expected.end())
          line = expected.find({action, capacity, Relation::none, circumstance});
        BOOST_TEST_REQUIRE((line != expected.end()), "expected.csv has no line for this");
        BOOST_TEST(permits(action, capacity, relation, circumstance) == line->second);
      });
}

BOOST_AUTO_TEST_CASE(neither_administrator_nor_slot_holder_nor_professional_reaches_a_resident) {
  for_each_case([](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
    if (capacity == Capacity::roster_officer || !of_residents.contains(action)) return;
    BOOST_TEST(!permits(action, capacity, relation, circumstance));
  });
}

BOOST_AUTO_TEST_CASE(only_a_named_officer_sees_a_protected_place_or_changes_the_protection) {
  for_each_case([](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
    if (action != Action::protected_view && action != Action::protection_change) return;
    BOOST_TEST(permits(action, capacity, relation, circumstance) ==
               (capacity == Capacity::roster_officer && relation == Relation::protection_officer));
  });
}

BOOST_AUTO_TEST_CASE(nobody_sets_another_members_password) {
  for_each_case([](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
    if (action != Action::password_change || relation == Relation::self) return;
    BOOST_TEST(!permits(action, capacity, relation, circumstance));
  });
}

BOOST_AUTO_TEST_CASE(who_keeps_the_keys_keeps_no_accounts) {
  for (const Action action : {Action::member_add, Action::member_change, Action::member_suspend,
                              Action::member_restore, Action::municipality_change}) {
    for (const Relation relation : all<Relation>()) {
      BOOST_TEST(!permits(action, Capacity::slot_holder, relation, Circumstance::normal));
    }
  }
}

BOOST_AUTO_TEST_CASE(no_line_says_what_another_says_already) {
  std::set<std::tuple<Action, Capacity, int, int>> lines;
  for (const Rule& rule : policy()) {
    const int relation = rule.relation ? static_cast<int>(*rule.relation) : -1;
    const int circumstance = rule.circumstance ? static_cast<int>(*rule.circumstance) : -1;
    BOOST_TEST(lines.emplace(rule.action, rule.capacity, relation, circumstance).second,
               enum_name(rule.action) << " " << enum_name(rule.capacity));
  }
}

BOOST_AUTO_TEST_CASE(what_changes_something_is_no_read) {
  for (const Action action : all<Action>()) {
    const std::string name(enum_name(action));
    const bool changes = boost::ends_with(name, "_change") || boost::ends_with(name, "_add") ||
                         boost::ends_with(name, "_set") || boost::ends_with(name, "_decide") ||
                         boost::ends_with(name, "_mend") || boost::ends_with(name, "_dismiss") ||
                         boost::ends_with(name, "_import") || boost::ends_with(name, "_suspend") ||
                         boost::ends_with(name, "_restore") || boost::ends_with(name, "_revoke") ||
                         boost::starts_with(name, "sign_");
    BOOST_TEST(is_read(action) == !changes, name);
  }
}

BOOST_AUTO_TEST_CASE(the_page_of_the_table_names_every_rule) {
  const std::string page = policy_page();
  const auto lines = std::count(page.begin(), page.end(), '\n');
  BOOST_TEST(static_cast<std::size_t>(lines) == policy().size() + 2);
  BOOST_TEST(page.find("| protected_view | roster_officer | protection_officer | any |") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
