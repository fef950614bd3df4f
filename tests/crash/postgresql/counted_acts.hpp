// Acts that can be counted afterwards: what was acknowledged is there, once.
#pragma once

#include <map>
#include <set>

#include "crash/child.hpp"
#include "fixture/server_city.hpp"

namespace renraku::fixture {

/// Adds people one after another and changes one of them, until the file `end` is there. Tells each
/// act when it begins and what became of it: "begin add 3", "add 3 none", "begin change 3",
/// "change 3 none"; first, "person" and the id of the one who is changed.
inline void act_until(const std::filesystem::path& end, Store store, const Child::Tell& tell) {
  Session officer = store.sign_in(joso, "kanri", password);
  Person one =
      officer.people().view(officer.evacuees().add(resident("変える人", "カエルヒト"), {}).person);
  tell("person " + one.id.text());
  for (int number = 1; !std::filesystem::exists(end); ++number) {
    const std::string name = std::to_string(number);
    tell("begin add " + name);
    tell("add " + name + " " +
         kind_of([&] { return officer.evacuees().add(resident("架空" + name, "カクウ"), {}).id; }));
    one.name = "変わった" + name;
    tell("begin change " + name);
    tell("change " + name + " " + kind_of([&] { return (one = officer.people().change(one)).id; }));
  }
}

/// What act_until told against what the store holds.
inline void must_have_been_done_once(const std::vector<std::string>& lines, Store& store) {
  BOOST_REQUIRE(lines.size() > 1);
  Session officer = store.sign_in(joso, "kanri", password);
  const auto one = Id<Person>::parse(lines[0].substr(lines[0].find(' ') + 1));
  std::multiset<std::string> acknowledged;
  std::int64_t changes = 0;
  std::string last = "変える人";
  for (const std::string& line : lines) {
    if (!line.starts_with("add ") && !line.starts_with("change ")) continue;
    // Each act waited for its server and came to its end.
    BOOST_TEST(line.ends_with(" none"), line);
    const std::string number =
        line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
    if (line.starts_with("add ")) acknowledged.insert("架空" + number);
    if (line.starts_with("change ")) last = "変わった" + number, ++changes;
  }
  acknowledged.insert(last);
  std::multiset<std::string> there;
  PageRequest request;
  request.size = page_size_max;
  do {
    const auto page = officer.evacuees().list({}, request);
    for (const EvacueeLine& line : page.items) there.insert(line.name);
    request.after = page.next;
  } while (!request.after.empty());
  BOOST_TEST((there == acknowledged), there.size()
                                          << " people, " << acknowledged.size() << " acknowledged");
  BOOST_TEST(officer.people().view(one).revision == 1 + changes);
  must_be_whole(store);
}

}  // namespace renraku::fixture
