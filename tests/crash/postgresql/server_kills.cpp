// A server that is killed, or that another takes the place of: the acts go on.
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "crash/postgresql/counted_acts.hpp"
#include "fixture/cut_line.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// Waits until an act begins, and a moment more.
void wait_for_an_act(Child& child) {
  child.catch_up();
  std::size_t told = child.lines().size();
  do {
    child.wait_for(++told);
  } while (child.lines().size() == told && !child.lines().back().starts_with("begin"));
  child.let_run(below(3'000));
}

/// Waits until a commit is on its way to the server, whose answer will be lost, and a moment more.
void wait_for_a_commit(const Child& child, CutLine& line) {
  line.cut(CutLine::a_commit, CutLine::Where::before_the_client);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!line.was_cut()) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("nobody commits");
    std::this_thread::yield();
  }
  child.let_run(below(400));
}

bool is_in_an_act(Child& child) {
  child.catch_up();
  return child.lines().back().starts_with("begin");
}

/// A primary and a standby that has every commit before it is acknowledged.
struct Two {
  PostgresServer primary;
  PostgresServer standby{PostgresServer::StandbyOf{primary}};

  Two() {
    primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'");
    primary.run("SELECT pg_reload_conf()");
    primary.run(
        "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync') "
        "LOOP PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
  }
  /// A database of both, as an operator writes it; the primary's by way of the line.
  [[nodiscard]] std::string address(const CutLine& line) const {
    return line.address() + "," + standby.sockets() + "&target_session_attrs=read-write";
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(server_kills, *on_postgresql())

BOOST_AUTO_TEST_CASE(during_commits) {
  PostgresServer server;
  CutLine line(server.new_database());
  const ServerCity city(line.address());
  const TemporaryFolder beside;
  const auto end = beside.path() / "end";
  Child child([&](const Child::Tell& tell) { act_until(end, city.open(), tell); });
  const int kills = rounds(10, 100);
  int in_acts = 0;
  wait_for_an_act(child);
  for (int round = 0; round < kills; ++round) {
    if (round % 4 == 0) {
      wait_for_an_act(child);
    } else {
      wait_for_a_commit(child, line);
    }
    server.kill();
    if (is_in_an_act(child)) ++in_acts;
    server.start();
  }
  wait_for_an_act(child);
  std::ofstream(end).flush();
  BOOST_TEST(child.join());
  Store store = city.open();
  must_have_been_done_once(child.lines(), store);
  BOOST_TEST(in_acts > kills / 4);
  BOOST_TEST_MESSAGE(kills << " kills of the server, " << in_acts << " in the middle of an act; "
                           << child.lines().size() / 2 << " acts, each done once");
}

BOOST_AUTO_TEST_CASE(a_promoted_standby_takes_the_place_of_its_primary) {
  for (int round = 0; round < rounds(1, 5); ++round) {
    Two two;
    CutLine line(two.primary.new_database());
    const ServerCity city(two.address(line));
    const TemporaryFolder beside;
    const auto end = beside.path() / "end";
    Child child([&](const Child::Tell& tell) { act_until(end, city.open(), tell); });
    child.wait_for(static_cast<std::size_t>(20 + below(20)));
    wait_for_a_commit(child, line);
    line.take_nobody();
    two.primary.kill();
    const auto killed = std::chrono::steady_clock::now();
    const bool in_act = is_in_an_act(child);
    const std::size_t told = child.lines().size();
    two.standby.promote();
    const auto promoted = std::chrono::steady_clock::now();
    child.wait_for(told + 1);
    const auto gone_on = std::chrono::steady_clock::now();
    child.wait_for(told + 40);
    std::ofstream(end).flush();
    BOOST_TEST(child.join());
    Store store = city.open();
    must_have_been_done_once(child.lines(), store);
    using std::chrono::milliseconds;
    BOOST_TEST_MESSAGE("killed in an act: "
                       << in_act << "; promoted after "
                       << std::chrono::duration_cast<milliseconds>(promoted - killed).count()
                       << " ms, the next act was done after "
                       << std::chrono::duration_cast<milliseconds>(gone_on - killed).count()
                       << " ms");
  }
}

BOOST_AUTO_TEST_SUITE_END()
