#include "bench/plain.hpp"

#include <array>
#include <stdexcept>

#include "session/schema.hpp"
#include "storage/engines/words.hpp"

namespace renraku::bench {
namespace {

constexpr storage::EngineWords in_the_clear{.key = "BIGINT PRIMARY KEY",
                                            .bytes = "BYTEA",
                                            .clustered = "",
                                            .sealed = "TEXT",
                                            .sealed_bytes = "BYTEA",
                                            .keyed = "TEXT",
                                            .keyed_bytes = "BYTEA",
                                            .keyed_set = "TEXT",
                                            .set_index = "",
                                            .ordered = "BYTEA",
                                            .bound_text = "TEXT",
                                            .bound_number = "BIGINT",
                                            .bound_bytes = "BYTEA",
                                            .embedded = "--"};

constexpr const char* find_session =
    "SELECT s.member, s.municipality, c.id, m.roles, m.status, s.authentication, m.organisation, "
    "s.opened_at, s.seen_at, s.fresh_at, s.ended_at, c.two_factor FROM login_session s "
    "JOIN member m ON m.id = s.member LEFT JOIN municipality c ON c.code = s.municipality "
    "WHERE s.id = $1";
constexpr const char* is_officer =
    "SELECT count(*) FROM protection_officer o JOIN protected_person g "
    "ON g.by_person = o.by_person JOIN person p ON p.pk = g.person "
    "WHERE p.id = $1 AND o.member = $2";
constexpr const char* is_in_team =
    "SELECT t.lead FROM patient c JOIN team_member t ON t.patient = c.id "
    "JOIN member m ON m.id = t.member WHERE c.person = $1 AND t.member = $2";
constexpr const char* find_by_phone =
    "SELECT p.* FROM person_key k JOIN person p ON p.pk = k.person "
    "WHERE k.key = $1 AND p.municipality = $2 ORDER BY k.person LIMIT 51";
constexpr const char* list_page =
    "SELECT e.id, e.person, e.reference, p.municipal_number, p.name, p.kana, p.birth_date, p.sex, "
    "p.phones, e.consent, e.label, e.district, e.reason, e.care_level, s.sort, s.person "
    "FROM person_search s JOIN evacuee e ON e.person_pk = s.person "
    "JOIN person p ON p.pk = s.person WHERE s.municipality = $1 AND e.listed = 1 "
    "ORDER BY s.sort, s.person LIMIT 51";
constexpr const char* find_person =
    "SELECT pk, revision, name, kana, kana_written, birth_date, birth_written, sex, addresses, "
    "phones, municipal_number, protection FROM person WHERE id = $1 AND municipality = $2";
constexpr const char* change_person =
    "UPDATE person SET revision = $1, name = $2, kana = $3, kana_written = $4, birth_date = $5, "
    "birth_written = $6, sex = $7, addresses = $8, phones = $9, municipal_number = $10, "
    "protection = $11 WHERE id = $12 AND revision + 1 = $1";
constexpr const char* change_address =
    "UPDATE person SET revision = revision + 1, addresses = $1 WHERE id = $2 RETURNING pk";
constexpr const char* change_search = "UPDATE person_search SET placed = $1 WHERE person = $2";
constexpr const char* find_chain =
    "SELECT pk, sequence, hash, time, signer FROM journal_chain WHERE municipality = $1";
constexpr const char* add_entry = "INSERT INTO journal (pk, body, hash) VALUES ($1, $2, $3)";
constexpr const char* add_numbered_entry = "INSERT INTO journal (body, hash) VALUES ($1, $2)";
constexpr const char* add_subject =
    "INSERT INTO journal_subject (subject, entry) VALUES ($1, $2) "
    "ON CONFLICT (subject, entry) DO NOTHING";
constexpr const char* change_chain =
    "UPDATE journal_chain SET sequence = $1, hash = $2, time = $3, signature = $4 WHERE pk = $5";

/// A short script lets the server number what it adds; far from the library's numbers.
constexpr const char* number_entries =
    "CREATE SEQUENCE journal_pk START 4611686018427387904;"
    "ALTER TABLE journal ALTER pk SET DEFAULT nextval('journal_pk')";

/// As long as the library's entry of a changed address.
constexpr std::size_t entry_size = 700;

void check(PGconn* connection, const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(PQerrorMessage(connection));
  }
}

crypto::Bytes bytes_of(const PGresult* result, int column) {
  const char* const data = PQgetvalue(result, 0, column);
  return {data, data + PQgetlength(result, 0, column)};
}

Cell text_of(const PGresult* result, int column) {
  if (PQgetisnull(result, 0, column)) return std::monostate{};
  return std::string(PQgetvalue(result, 0, column),
                     static_cast<std::size_t>(PQgetlength(result, 0, column)));
}

std::string in_json(std::string_view address) {
  return R"([{"kind":"residence","postal_code":"3030001","text":")" + std::string(address) + "\"}]";
}

}  // namespace

std::string binary(std::int64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
  }
  return bytes;
}

std::int64_t number_of(const PGresult* result, int column) {
  std::uint64_t number = 0;
  const char* const data = PQgetvalue(result, 0, column);
  for (int i = 0; i < PQgetlength(result, 0, column); ++i) {
    number = number << 8U | static_cast<std::uint8_t>(data[i]);
  }
  return static_cast<std::int64_t>(number);
}

PlainConnection::PlainConnection(const std::string& address)
    : connection_(PQconnectdb(address.c_str())) {
  if (PQstatus(get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(get()));
  PQsetNoticeProcessor(
      get(), [](void*, const char*) {}, nullptr);
}

void PlainConnection::run(const char* script) {
  const PlainResult result(PQexec(get(), script));
  check(get(), result.get());
}

void PlainConnection::prepare(const char* name, const std::string& sql) {
  const PlainResult result(PQprepare(get(), name, sql.c_str(), 0, nullptr));
  check(get(), result.get());
}

PlainResult PlainConnection::ask(const char* name, const Row& parameters) {
  constexpr std::size_t most = 32;
  std::array<const char*, most> values{};
  std::array<int, most> sizes{};
  std::array<int, most> formats{};
  std::array<std::string, most> numbers;
  const std::size_t count = parameters.size();
  if (count > most) throw std::runtime_error("too many parameters");
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto* number = std::get_if<std::int64_t>(&parameters[i])) {
      numbers[i] = binary(*number);
      values[i] = numbers[i].data();
      sizes[i] = static_cast<int>(numbers[i].size());
      formats[i] = 1;
    } else if (const auto* text = std::get_if<std::string>(&parameters[i])) {
      values[i] = text->c_str();
    } else if (const auto* bytes = std::get_if<crypto::Bytes>(&parameters[i])) {
      // Empty bytes are no NULL.
      values[i] = bytes->empty() ? "" : reinterpret_cast<const char*>(bytes->data());
      sizes[i] = static_cast<int>(bytes->size());
      formats[i] = 1;
    }
  }
  PlainResult result(PQexecPrepared(get(), name, static_cast<int>(count), values.data(),
                                    sizes.data(), formats.data(), 1));
  check(get(), result.get());
  return result;
}

void make_plain_tables(PlainConnection& connection) {
  for (const storage::Migration& step : session::migrations()) {
    connection.run(storage::in_words_of(in_the_clear, step.script).c_str());
  }
  connection.run(number_entries);
}

PlainActs::PlainActs(const std::string& address, std::string municipality, Statements statements)
    : connection_(address), municipality_(std::move(municipality)), statements_(statements) {
  connection_.prepare("last_session",
                      "SELECT id, member FROM login_session ORDER BY opened_at DESC LIMIT 1");
  const PlainResult last = connection_.ask("last_session", {});
  session_ = bytes_of(last.get(), 0);
  member_ = bytes_of(last.get(), 1);
  prepare();
}

void PlainActs::prepare() {
  const std::pair<const char*, const char*> statements[] = {
      {"session", find_session},   {"officer", is_officer},
      {"team", is_in_team},        {"find", find_by_phone},
      {"list", list_page},         {"person", find_person},
      {"change", change_person},   {"search", change_search},
      {"chain", find_chain},       {"entry", add_entry},
      {"subject", add_subject},    {"chained", change_chain},
      {"address", change_address}, {"numbered_entry", add_numbered_entry}};
  for (const auto& [name, sql] : statements) connection_.prepare(name, sql);
}

void PlainActs::begin(const char* how) {
  connection_.run(how);
  if (read("session", {session_}) != 1) throw std::runtime_error("no session");
}

int PlainActs::read(const char* name, const Row& parameters) {
  const PlainResult result = connection_.ask(name, parameters);
  // A program that lists shows what it lists: read every column.
  std::size_t bytes = 0;
  const int rows = PQntuples(result.get());
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      bytes += std::string(PQgetvalue(result.get(), row, column)).size();
    }
  }
  return bytes > 0 ? rows : 0;
}

int PlainActs::find(std::string_view digits) {
  const Row parameters{"p:" + std::string(digits), municipality_};
  if (statements_ == Statements::fewest) return read("find", parameters);
  begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  const int rows = read("find", parameters);
  connection_.run("COMMIT");
  return rows;
}

int PlainActs::list() {
  if (statements_ == Statements::fewest) return read("list", {municipality_});
  begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  const int rows = read("list", {municipality_});
  connection_.run("COMMIT");
  return rows;
}

void PlainActs::change(const crypto::Bytes& id, std::string_view address) {
  if (statements_ == Statements::fewest) {
    connection_.run("BEGIN");
    const PlainResult changed = connection_.ask("address", {in_json(address), id});
    connection_.ask("search", {std::string(address), number_of(changed.get(), 0)});
    connection_.ask("numbered_entry", {crypto::Bytes(entry_size, 7), crypto::Bytes(32, 7)});
    connection_.run("COMMIT");
    return;
  }
  begin("BEGIN");
  static_cast<void>(read("officer", {id, member_}));
  static_cast<void>(read("team", {id, member_}));
  const PlainResult found = connection_.ask("person", {id, municipality_});
  const PGresult* const person = found.get();
  if (PQntuples(person) != 1) throw std::runtime_error("no such person");
  Row changed{number_of(person, 1) + 1};
  for (int column = 2; column < PQnfields(person); ++column) {
    changed.push_back(text_of(person, column));
  }
  changed[7] = in_json(address);
  changed.emplace_back(id);
  connection_.ask("change", changed);
  connection_.ask("search", {std::string(address), number_of(person, 0)});
  journal(id);
  connection_.run("COMMIT");
}

void PlainActs::journal(const crypto::Bytes& id) {
  const PlainResult found = connection_.ask("chain", {municipality_});
  const std::int64_t chain = number_of(found.get(), 0);
  const std::int64_t sequence = number_of(found.get(), 1) + 1;
  const std::int64_t entry = chain + sequence;
  const crypto::Bytes hash(32, 7);
  connection_.ask("entry", {entry, crypto::Bytes(entry_size, 7), hash});
  connection_.ask("subject", {id, entry});
  connection_.ask("chained",
                  {sequence, hash, number_of(found.get(), 3), crypto::Bytes(64, 7), chain});
}

}  // namespace renraku::bench
