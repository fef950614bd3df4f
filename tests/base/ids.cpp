#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>
#include <vector>

#include "base/uuid.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

constexpr Instant noon{1'795'230'000'000'000};

std::vector<Uuid> make_many(int count) {
  std::vector<Uuid> made;
  for (int i = 0; i < count; ++i) made.push_back(base::make_uuid(noon));
  return made;
}

// A child's ids, read back through a pipe.
std::vector<Uuid> made_by_child(int count) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    for (const Uuid& id : make_many(count)) {
      if (::write(ends[1], id.bytes.data(), id.bytes.size()) != 16) _exit(1);
    }
    _exit(0);
  }
  ::close(ends[1]);
  std::vector<Uuid> made;
  Uuid id;
  while (::read(ends[0], id.bytes.data(), id.bytes.size()) == 16) made.push_back(id);
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ids)

BOOST_AUTO_TEST_CASE(a_made_id_has_the_form_of_rfc_9562_version_7) {
  const Uuid id = base::make_uuid(Instant{0x0123456789abLL * 1000});
  const std::string text = id.text();
  BOOST_TEST(text.substr(0, 13) == "01234567-89ab");
  BOOST_TEST(text[14] == '7');
  BOOST_TEST((text[19] == '8' || text[19] == '9' || text[19] == 'a' || text[19] == 'b'));
  BOOST_TEST((Uuid::parse(text) == id));
}

BOOST_AUTO_TEST_CASE(ids_of_later_milliseconds_come_later) {
  Uuid before = base::make_uuid(noon);
  for (int i = 1; i <= 1000; ++i) {
    const Uuid next = base::make_uuid(Instant{noon.micros + i * 1000});
    BOOST_REQUIRE((before < next));
    before = next;
  }
}

BOOST_AUTO_TEST_CASE(no_id_is_made_twice_by_threads_or_forked_children) {
  std::set<Uuid> all;
  for (const Uuid& id : make_many(10)) all.insert(id);  // the pool is warm before the fork
  const std::vector<Uuid> child = made_by_child(300);
  BOOST_REQUIRE_EQUAL(child.size(), 300u);
  all.insert(child.begin(), child.end());
  for (const Uuid& id : make_many(300)) all.insert(id);
  std::vector<std::vector<Uuid>> by_thread(4);
  {
    std::vector<std::jthread> threads;
    for (auto& made : by_thread) threads.emplace_back([&made] { made = make_many(2000); });
  }
  for (const auto& made : by_thread) all.insert(made.begin(), made.end());
  BOOST_TEST(all.size() == 10u + 300u + 300u + 8000u);
}

BOOST_AUTO_TEST_CASE(text_and_id_are_each_others) {
  const std::string text = "01980000-1234-7abc-8def-0123456789ab";
  BOOST_TEST(Uuid::parse(text).text() == text);
  BOOST_TEST(Uuid::parse("01980000-1234-7ABC-8DEF-0123456789AB").text() == text);
  BOOST_TEST(!Uuid{});
  BOOST_TEST(!!Uuid::parse(text));
}

BOOST_AUTO_TEST_CASE(anything_else_is_no_id) {
  for (const std::string wrong :
       {"", "0198", "019800001234-7abc-8def-0123456789ab0", "01980000-1234-7abc-8def-0123456789a",
        "01980000-1234-7abc-8def-0123456789abc", "0198000g-1234-7abc-8def-0123456789ab",
        "01980000_1234-7abc-8def-0123456789ab", "{1980000-1234-7abc-8def-0123456789ab",
        "01980000-1234-7abc-8def-0123456789a\xff"}) {
    BOOST_TEST_CONTEXT(wrong) {
      BOOST_TEST(error_of([&] { return Uuid::parse(wrong); }) == "invalid");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
