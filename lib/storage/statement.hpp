// A prepared statement as an engine makes it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "storage/value.hpp"

namespace renraku::storage {

/// One prepared statement of one connection; used by one thread at a time.
class Statement : public Column {
 public:
  /// How long text and bytes that are bound stay where they are: for this call, so that they are
  /// copied, or until the reset.
  enum class Lifetime { this_call, until_reset };

  /// Binds the parameter written `:name` in the SQL. Error{internal} when the SQL has none of that
  /// name: a misspelt parameter must not pass for NULL.
  virtual void bind(std::string_view name, const Value& value,
                    Lifetime lifetime = Lifetime::this_call) = 0;
  [[nodiscard]] virtual bool has_parameter(std::string_view name) const = 0;
  /// Runs a statement whose rows nobody reads. Its error may be told by a later statement of the
  /// transaction, or by the commit.
  virtual void run() = 0;
  /// True when there is a row to read, false at the end.
  virtual bool step() = 0;
  /// Ends the run and forgets the bound values.
  virtual void reset() noexcept = 0;
  /// The place of a result column; -1 when there is none of that name.
  [[nodiscard]] virtual int column(std::string_view name) const = 0;
  /// How many rows the last run inserted, updated or deleted, when it was stepped to its end.
  [[nodiscard]] virtual std::int64_t changes() const = 0;
};

}  // namespace renraku::storage
