// The engine for those who outgrow one machine: a PostgreSQL server, 15 or newer, through libpq.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "storage/database.hpp"
#include "storage/engines/postgresql/vault.hpp"
#include "storage/engines/postgresql/vouched/seen_version.hpp"

namespace renraku::storage::postgresql {

/// Where the database is: "postgresql://host,host/database?…", or whatever else libpq takes for a
/// connection string. Several hosts, target_session_attrs, TLS and certificates are libpq's to
/// understand.
struct Server {
  Server(std::string at) : address(std::move(at)) {}
  Server(const char* at) : address(at) {}

  std::string address;
  /// How long a commit whose connection broke looks for somebody who knows what became of it.
  std::chrono::milliseconds patience{30'000};
  /// How far what decides access had come, as it is remembered on the library's side.
  std::shared_ptr<SeenVersion> seen = std::make_shared<SeenVersion>();
};

/// An engine on the server's database. Connects once, to know that the server can serve.
///
/// Errors here and later are kinds, told apart by code and field:
///
/// | code | field | what |
/// |---|---|---|
/// | invalid_argument | address | no address, or of a server or database that can't serve |
/// | io | server | not reached, or gone; the next transaction connects anew |
/// | io | commit | gone while a commit was under way, and not back in time to be asked whether it
/// was done | | io | password | the server takes neither this role with this password nor this way
/// in | | io | tls | no TLS could be had, though the address asks for it | | io | certificate | TLS
/// failed: another host's certificate, or one that nobody vouches for | | io | standby | the server
/// only reads | | io | rights | the role lacks a right | | not_a_store | database | the server has
/// no database of this name | | busy | | another writer kept its place too long | | busy | retry |
/// two transactions were in each other's way; begin anew | | busy | connections | the server has no
/// place for another connection | | disk_full | | the server's disk | | exists | | a value that
/// there may be only once |
///
/// No text holds what the server wrote: its messages quote values. They hold the five letters of
/// SQLSTATE and the names of a table and a rule.
/// `vault` holds the keys of what the server may not see; without one, only tables that have no
/// sealed, keyed or ordered columns can be used.
std::unique_ptr<Engine> open(const Server& server, std::shared_ptr<Vault> vault = {});

}  // namespace renraku::storage::postgresql
