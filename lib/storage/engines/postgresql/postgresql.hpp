// The engine for those who outgrow one machine: a PostgreSQL server, 15 or newer, through libpq.
#pragma once

#include <memory>
#include <string>

#include "storage/database.hpp"

namespace renraku::storage::postgresql {

/// An engine on the database at `address`: "postgresql://host,host/database?…", or whatever else
/// libpq takes for a connection string. Several hosts, target_session_attrs, TLS and certificates
/// are libpq's to understand. Connects once, to know that the server can serve.
///
/// Errors here and later are kinds, told apart by code and field:
///
/// | code | field | what |
/// |---|---|---|
/// | invalid_argument | address | no address, or of a server or database that can't serve |
/// | io | server | not reached, or gone; the next transaction connects anew |
/// | io | commit | gone while a commit was under way: nobody knows whether it was done |
/// | io | password | the server takes neither this role with this password nor this way in |
/// | io | tls | no TLS could be had, though the address asks for it |
/// | io | certificate | TLS failed: another host's certificate, or one that nobody vouches for |
/// | io | standby | the server only reads |
/// | io | rights | the role lacks a right |
/// | not_a_store | database | the server has no database of this name |
/// | busy | | another writer kept its place too long |
/// | busy | retry | two transactions were in each other's way; begin anew |
/// | busy | connections | the server has no place for another connection |
/// | disk_full | | the server's disk |
/// | exists | | a value that there may be only once |
///
/// No text holds what the server wrote: its messages quote values. They hold the five letters of
/// SQLSTATE and the names of a table and a rule.
std::unique_ptr<Engine> open(const std::string& address);

}  // namespace renraku::storage::postgresql
