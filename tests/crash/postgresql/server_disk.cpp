// The disk of a server that is full: the error says so, and space is all it takes.
#include <pwd.h>
#include <sys/mount.h>
#include <unistd.h>

#include <set>

#include "fixture/server_city.hpp"

using namespace renraku;
using namespace renraku::fixture;

BOOST_AUTO_TEST_SUITE(full_disk, *on_postgresql())

BOOST_AUTO_TEST_CASE(of_a_server) {
  const TemporaryFolder disk;
  const char* where = disk.path().c_str();
  if (::mount("tmpfs", where, "tmpfs", 0, "size=16m") != 0) {
    BOOST_TEST_MESSAGE("skipped: a small disk can only be mounted by root");
    return;
  }
  {
    PostgresServer server;
    const passwd* user = ::getpwnam(server.owner().c_str());
    BOOST_REQUIRE(user);
    BOOST_REQUIRE(::chown(where, user->pw_uid, user->pw_gid) == 0);
    server.run("CREATE TABLESPACE small LOCATION '" + disk.path().string() + "'");
    server.run("CREATE DATABASE city TABLESPACE small");
    const ServerCity city(server.address("city", server.owner()));
    Store store = city.open();
    Session officer = store.sign_in(joso, "kanri", password);
    Evacuee entry;
    entry.note = std::string(100'000, 'x');
    std::set<Id<Evacuee>> acknowledged;
    const std::string told = kind_of([&] {
      while (true) {
        acknowledged.insert(officer.evacuees().add(resident("架空", "カクウ"), entry).id);
      }
      return 0;
    });
    BOOST_TEST(told == "disk_full/");
    BOOST_TEST_MESSAGE("the disk was full after " << acknowledged.size() << " people");
    BOOST_TEST(officer.evacuees().list().items.size() > 0u);
    BOOST_TEST((::mount("tmpfs", where, "tmpfs", MS_REMOUNT, "size=128m") == 0));
    for (const Id<Evacuee>& id : acknowledged) {
      BOOST_TEST(officer.evacuees().view(id).note.size() == entry.note.size());
    }
    BOOST_TEST(kind_of([&] { return officer.evacuees().add(resident("後", "アト"), {}).id; }) ==
               "none");
    must_be_whole(store);
  }
  ::umount2(where, MNT_DETACH);
}

BOOST_AUTO_TEST_SUITE_END()
