// The policy table held against tests/policy/expected.csv, and rules that any table must keep.
#include "access/policy.hpp"

#include <boost/algorithm/string.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <set>

using namespace renraku;
using namespace renraku::access;

namespace {

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

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  boost::split(cells, line, boost::is_any_of(","));
  return cells;
}

// When a capacity may do an action, as its cell of expected.csv says.
struct Expected {
  Standing always;
  Standing when_fresh;

  explicit Expected(const std::string& cell) {
    if (cell == "-") return;
    std::vector<std::string> words;
    boost::split(words, cell, boost::is_any_of(" "));
    for (std::string& relation : words) {
      const bool fresh = boost::ends_with(relation, "!");
      if (fresh) relation.pop_back();
      (fresh ? when_fresh : always).insert(word<Relation>(relation));
    }
  }
  [[nodiscard]] bool permits(Relation relation, Circumstance circumstance) const {
    const Standing standing{Relation::any, relation};
    return always.meets(standing) ||
           (circumstance == Circumstance::fresh && when_fresh.meets(standing));
  }
};

std::map<std::pair<Action, Capacity>, Expected> read_expected() {
  std::ifstream in(std::string(RENRAKU_TESTS) + "/policy/expected.csv");
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> columns = cells_of(line);
  if (columns.front() != "action" || columns.size() != all<Capacity>().size() + 1) {
    throw std::runtime_error("expected.csv is not there, or has other columns");
  }
  std::map<std::pair<Action, Capacity>, Expected> expected;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = cells_of(line);
    if (cells.size() != columns.size()) {
      throw std::runtime_error("expected.csv has a line that is none: " + line);
    }
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const std::pair key{word<Action>(cells[0]), word<Capacity>(columns[i])};
      if (!expected.emplace(key, Expected(cells[i])).second) {
        throw std::runtime_error("expected.csv says it twice: " + line);
      }
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

bool may(Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
  return permits(action, capacity, {relation}, {circumstance});
}

// Acts that show or touch residents.
const std::set<Action> of_residents{
    Action::person_find,      Action::person_view,           Action::person_change,
    Action::protected_view,   Action::protection_set,        Action::protection_change,
    Action::evacuee_list,     Action::evacuee_view,          Action::evacuee_add,
    Action::evacuee_change,   Action::roster_preview,        Action::roster_import,
    Action::roster_export,    Action::open_row_list,         Action::open_row_mend,
    Action::open_row_dismiss, Action::suspect_list,          Action::suspect_decide,
    Action::missing_list,     Action::missing_decide,        Action::conflict_list,
    Action::conflict_decide,  Action::history_view,          Action::person_erase,
    Action::place_grant,      Action::consent_record,        Action::consent_view,
    Action::disclosure_make,  Action::disclosed_list,        Action::disclosed_view,
    Action::patient_add,      Action::patient_list,          Action::patient_view,
    Action::patient_change,   Action::patient_consent_record};

}  // namespace

BOOST_AUTO_TEST_SUITE(policy_table)

BOOST_AUTO_TEST_CASE(it_permits_what_is_expected_and_refuses_everything_else) {
  const auto expected = read_expected();
  for_each_case(
      [&](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
        const auto cell = expected.find({action, capacity});
        BOOST_TEST_REQUIRE((cell != expected.end()), "expected.csv has no line for this");
        BOOST_TEST(may(action, capacity, relation, circumstance) ==
                   cell->second.permits(relation, circumstance));
      });
}

BOOST_AUTO_TEST_CASE(neither_administrators_nor_slot_holders_nor_newcomers_reach_a_resident) {
  for_each_case([](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
    if (capacity == Capacity::roster_officer || capacity == Capacity::professional ||
        capacity == Capacity::receiver || !of_residents.contains(action)) {
      return;
    }
    BOOST_TEST(!may(action, capacity, relation, circumstance));
  });
}

BOOST_AUTO_TEST_CASE(a_professional_reaches_residents_of_the_own_teams_only) {
  const std::set<Action> begins_or_lists{Action::patient_add, Action::patient_list};
  for_each_case(
      [&](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
        if (capacity != Capacity::professional || !of_residents.contains(action) ||
            begins_or_lists.contains(action)) {
          return;
        }
        if (relation == Relation::team_member || relation == Relation::team_lead ||
            relation == Relation::place_granted) {
          return;
        }
        BOOST_TEST(!may(action, capacity, relation, circumstance));
      });
}

BOOST_AUTO_TEST_CASE(a_receiver_reaches_disclosed_entries_only) {
  for_each_case([](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
    if (capacity != Capacity::receiver || !of_residents.contains(action)) return;
    BOOST_TEST(may(action, capacity, relation, circumstance) ==
               (action == Action::disclosed_list ||
                (action == Action::disclosed_view && relation == Relation::disclosed)));
  });
}

BOOST_AUTO_TEST_CASE(a_protected_place_is_seen_by_named_officers_and_whom_they_let_see_it) {
  for_each_case([](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
    const bool officer =
        capacity == Capacity::roster_officer && relation == Relation::protection_officer;
    const bool granted = capacity == Capacity::professional && relation == Relation::place_granted;
    if (action == Action::protected_view) {
      BOOST_TEST(may(action, capacity, relation, circumstance) == (officer || granted));
    } else if (action == Action::protection_change || action == Action::place_grant) {
      BOOST_TEST(may(action, capacity, relation, circumstance) == officer);
    }
  });
}

BOOST_AUTO_TEST_CASE(nobody_sets_another_members_password_but_by_an_open_reset) {
  for_each_case([](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
    if (action == Action::password_change && relation != Relation::self) {
      BOOST_TEST(!may(action, capacity, relation, circumstance));
    }
    if (action == Action::password_reset && circumstance != Circumstance::fresh) {
      BOOST_TEST(!may(action, capacity, relation, circumstance));
    }
  });
}

BOOST_AUTO_TEST_CASE(exports_roles_and_factors_need_a_fresh_proof) {
  for_each_case([](Action action, Capacity capacity, Relation relation, Circumstance circumstance) {
    const std::set<Action> guarded{Action::roster_export, Action::disclosure_make,
                                   Action::role_change,   Action::factor_change,
                                   Action::factor_reset,  Action::certificate_bind,
                                   Action::account_import};
    if (capacity == Capacity::newcomer || !guarded.contains(action) ||
        circumstance == Circumstance::fresh) {
      return;
    }
    BOOST_TEST(!may(action, capacity, relation, circumstance));
  });
}

BOOST_AUTO_TEST_CASE(who_keeps_the_keys_keeps_no_accounts) {
  for (const Action action : {Action::member_add, Action::member_change, Action::member_suspend,
                              Action::member_restore, Action::municipality_change}) {
    for (const Relation relation : all<Relation>()) {
      BOOST_TEST(!may(action, Capacity::slot_holder, relation, Circumstance::fresh));
      BOOST_TEST(!may(action, Capacity::service_administrator, relation, Circumstance::fresh));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_changes_something_is_no_read) {
  const std::set<std::string> reads{"view",    "list",   "find",   "check",
                                    "preview", "export", "verify", "head"};
  for (const Action action : all<Action>()) {
    const std::string name(enum_name(action));
    const std::string verb = name.substr(name.rfind('_') + 1);
    BOOST_TEST(is_read(action) == reads.contains(verb), name);
  }
}

BOOST_AUTO_TEST_CASE(the_page_of_the_table_says_what_the_table_says) {
  const std::string page = policy_page();
  const auto lines = std::count(page.begin(), page.end(), '\n');
  BOOST_TEST(static_cast<std::size_t>(lines) == all<Action>().size() + 2);
  BOOST_TEST(page.find("| protected_view | - | - | - | - | protection_officer | place_granted | - "
                       "| - |") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
