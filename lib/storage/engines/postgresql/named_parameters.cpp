#include "storage/engines/postgresql/named_parameters.hpp"

#include <algorithm>

namespace renraku::storage::postgresql {
namespace {

bool begins_name(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

bool continues_name(char letter) {
  return begins_name(letter) || (letter >= '0' && letter <= '9');
}

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  NumberedSql run() {
    while (at_ < sql_.size()) {
      const char letter = sql_[at_];
      if (letter == '\'' || letter == '"') {
        copy_to(end_of_quoted(letter));
      } else if (sees("--")) {
        copy_to(std::min(sql_.find('\n', at_), sql_.size()));
      } else if (sees("/*")) {
        copy_to(end_of_comment());
      } else if (sees("::")) {
        copy_to(at_ + 2);
      } else if (letter == ':' && at_ + 1 < sql_.size() && begins_name(sql_[at_ + 1])) {
        number();
      } else {
        copy_to(at_ + 1);
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool sees(std::string_view what) const {
    return sql_.substr(at_).starts_with(what);
  }
  // Doubled quotes within need no care: they end one text and begin the next.
  [[nodiscard]] std::size_t end_of_quoted(char quote) const {
    const std::size_t end = sql_.find(quote, at_ + 1);
    return end == std::string_view::npos ? sql_.size() : end + 1;
  }
  // PostgreSQL's comments may hold comments.
  [[nodiscard]] std::size_t end_of_comment() const {
    int depth = 0;
    for (std::size_t i = at_; i + 1 < sql_.size(); ++i) {
      const std::string_view pair = sql_.substr(i, 2);
      if (pair == "/*") {
        ++depth, ++i;
      } else if (pair == "*/") {
        ++i;
        if (--depth == 0) return i + 1;
      }
    }
    return sql_.size();
  }
  void copy_to(std::size_t end) {
    out_.text += sql_.substr(at_, end - at_);
    at_ = end;
  }
  void number() {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && continues_name(sql_[end])) ++end;
    const std::string_view name = sql_.substr(at_ + 1, end - at_ - 1);
    at_ = end;
    const auto known = std::find(out_.names.begin(), out_.names.end(), name);
    out_.text += '$' + std::to_string(known - out_.names.begin() + 1);
    if (known == out_.names.end()) out_.names.emplace_back(name);
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  NumberedSql out_;
};

}  // namespace

NumberedSql number_parameters(std::string_view sql) {
  return Scanner(sql).run();
}

}  // namespace renraku::storage::postgresql
