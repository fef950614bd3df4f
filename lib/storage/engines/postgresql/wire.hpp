// What goes over one connection: statements, rows as they come, and the transaction around them.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/engines/postgresql/handle.hpp"
#include "storage/value.hpp"

namespace renraku::storage::postgresql {

/// The values of a statement's parameters in libpq's form: one element each in every list.
struct BoundValues {
  std::span<const char* const> values;
  std::span<const int> sizes;
  std::span<const int> formats;
};

/// Statements without rows are sent and not waited for: they go out with the next one that has an
/// answer (libpq's pipeline), so that what an act writes costs one round trip with its commit. An
/// error of theirs is told there. A connection carries one result at a time; whoever reads one
/// keeps what is left of it when another statement needs the connection.
class Wire {
 public:
  /// Who reads rows as they come.
  class Reader {
   public:
    virtual ~Reader() = default;
    /// Receives all that is left and keeps it.
    virtual void keep_rest() = 0;
  };

  /// Who holds back rows that are to be written, until there are enough of them or somebody else
  /// needs the connection.
  class Waiting {
   public:
    virtual ~Waiting() = default;
    /// Queues them.
    virtual void send_waiting() = 0;
    /// They will not be written: the transaction is rolled back.
    virtual void forget_waiting() noexcept = 0;
  };

  explicit Wire(ConnectionHandle connection) : connection_(std::move(connection)) {}
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Sends `begin` together with the first statement, so that a transaction costs no round trip of
  /// its own. Error{io, "server"} when the server is known to be gone.
  void begin_with_first(const char* begin);
  /// Runs a script of statements, several at once; the last one's result.
  Result run(const char* script, std::string_view doing);
  /// Runs a prepared statement with its rows at once; text and bytes alike are bound as they are.
  Result ask(const std::string& name, std::span<const std::string> parameters,
             std::string_view doing);
  /// Commits, with what was queued in the same round trip.
  void commit();
  /// Ends a transaction that only read, and does not wait for the answer.
  void end_reading();
  void rollback() noexcept;
  [[nodiscard]] bool is_alive() const noexcept;

  /// Prepares a statement on the server; its parameters and columns as the server describes them.
  [[nodiscard]] Result prepare(const char* name, const char* sql);
  /// The name of a statement that is prepared when it is first asked for.
  [[nodiscard]] const std::string& prepared(const std::string& sql);
  /// A name that no statement of this connection has.
  [[nodiscard]] std::string new_name() { return "r" + std::to_string(++names_); }

  /// From here on `waiting` holds rows back. Others may do so too: rows of different INSERTs go out
  /// in any order.
  void wait_with(Waiting& waiting);
  /// It sends them itself.
  void forget_to_wait(const Waiting& waiting) noexcept { std::erase(waiting_, &waiting); }
  /// It is no more.
  void forget(const Waiting& waiting) noexcept { forget_to_wait(waiting); }
  /// Runs a prepared statement without waiting for it.
  void queue(const char* name, const BoundValues& bound);
  /// The same for rows that waited; what others hold back goes on waiting.
  void queue_rows(const char* name, const BoundValues& bound);
  /// Runs a prepared statement, whose rows then come one by one.
  void send(Reader& reader, const char* name, const BoundValues& bound);
  [[nodiscard]] bool is_read_by(const Reader& reader) const { return reader_ == &reader; }
  /// One row (PGRES_SINGLE_TUPLE), or the end of the result, after which nobody reads.
  [[nodiscard]] Result receive();
  /// Lets go of a result that nobody will read. It still comes over the wire: to stop it would end
  /// the transaction. An error among it is told by the next statement or the commit.
  void drop() noexcept;

 private:
  /// Makes the connection free for a statement: what was read is kept, what waited is sent.
  void make_way();
  /// The same, within a pipeline, and begins when that is due.
  void enter();
  /// The same, but what waits goes on waiting.
  void enter_with_rows();
  /// Takes note of a statement that was sent, or was not.
  void count(int sent);
  /// Asks for all answers, and takes those of the statements that were queued.
  void take_queued();
  void take_answers();
  /// Waits for what was queued; the connection is out of its pipeline then.
  void settle();
  /// The whole answer of the statement whose turn it is.
  [[nodiscard]] Result answer(std::string_view doing);
  /// Takes what is left of the pipeline, up to its end.
  void finish() noexcept;
  /// Remembers why the transaction failed.
  void note(const PGresult* result);
  [[noreturn]] void fail(const PGresult* result, std::string_view doing);

  ConnectionHandle connection_;
  Reader* reader_ = nullptr;
  std::vector<Waiting*> waiting_;
  const char* begin_due_ = nullptr;
  bool pipelined_ = false;
  int queued_ = 0;
  /// A transaction's end is on its way and its answer was not taken yet.
  bool ending_ = false;
  /// The SQLSTATE that made the transaction fail; the server only repeats that it did.
  std::string failed_;
  std::uint64_t names_ = 0;
  /// By their text.
  std::unordered_map<std::string, std::string> prepared_;
};

}  // namespace renraku::storage::postgresql
