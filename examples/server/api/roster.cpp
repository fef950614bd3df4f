// Rosters from files and back, and what waits for an officer after an import.
#include <renraku/described/roster.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

struct Dismissal {
  std::int64_t revision = 0;
};
RENRAKU_DESCRIBE(Dismissal, revision)

template <class Choice>
struct Decision {
  std::int64_t revision = 0;
  Choice decision{};
};
RENRAKU_DESCRIBE(Decision<SuspectDecision>, revision, decision)
RENRAKU_DESCRIBE(Decision<MissingDecision>, revision, decision)
RENRAKU_DESCRIBE(Decision<ConflictDecision>, revision, decision)

struct Mending {
  std::int64_t revision = 0;
  std::vector<ExtraColumn> cells;
};
RENRAKU_DESCRIBE(Mending, revision, cells)

struct Mended {
  Id<Evacuee> evacuee;
};
RENRAKU_DESCRIBE(Mended, evacuee)

Answer import(Call& call) {
  ImportOptions options;
  options.dry_run = call.flag("dry_run");
  options.accept_large = call.flag("accept_large");
  options.encoding = call.query("encoding");
  options.district = call.query("district");
  options.profile = call.query("profile");
  ScratchFile file(call.app.scratch);
  call.stream_body(call.app.config.upload_max,
                   [&](const char* data, std::size_t size) { file.append(data, size); });
  return json_answer(call.session().roster().import_file(file.path(), options));
}

Answer export_roster(Call& call) {
  ExportOptions options;
  if (const std::string encoding = call.query("encoding"); !encoding.empty()) {
    options.encoding = encoding;
  }
  Answer answer;
  answer.file = call.app.scratch.fresh();
  const ExportReport report = call.session().roster().export_file(answer.file, options);
  answer.type =
      options.encoding == "cp932" ? "text/csv; charset=Shift_JIS" : "text/csv; charset=utf-8";
  answer.headers = {
      {"Content-Disposition", "attachment; filename=\"roster.csv\""},
      {"X-Renraku-Rows", std::to_string(report.rows)},
      {"X-Renraku-Open-Rows", std::to_string(report.open_rows)},
      {"X-Renraku-Withheld", std::to_string(report.withheld)},
      {"X-Renraku-Unencodable", std::to_string(report.unencodable.size())},
  };
  return answer;
}

Answer mend(Call& call) {
  auto input = call.json<Mending>();
  OpenRow row;
  row.id = call.record<OpenRow>();
  row.revision = input.revision;
  row.cells = std::move(input.cells);
  return json_answer(Mended{call.session().roster().mend_open_row(row)});
}

Answer dismiss(Call& call) {
  call.session().roster().dismiss_open_row(call.record<OpenRow>(), call.json<Dismissal>().revision);
  return nothing();
}

template <class Item, class Choice>
auto decide(Item (Roster::*method)(const Id<Item>&, std::int64_t, Choice) const) {
  return [method](Call& call) {
    const auto input = call.json<Decision<Choice>>();
    const Roster roster = call.session().roster();
    return json_answer((roster.*method)(call.record<Item>(), input.revision, input.decision));
  };
}

template <class Item>
auto list(Page<Item> (Roster::*method)(const PageRequest&) const) {
  return [method](Call& call) {
    const Roster roster = call.session().roster();
    return json_answer((roster.*method)(call.page()));
  };
}

}  // namespace

std::vector<Route> roster_routes() {
  return {
      {"GET", "/roster/summary", Access::member,
       [](Call& call) { return json_answer(call.session().roster().summary()); }},
      {"POST", "/roster/import", Access::member, import},
      {"GET", "/roster/export", Access::member, export_roster},
      {"GET", "/roster/open-rows", Access::member, list(&Roster::open_rows)},
      {"PUT", "/roster/open-rows/{id}", Access::member, mend},
      {"POST", "/roster/open-rows/{id}/dismiss", Access::member, dismiss},
      {"GET", "/roster/suspects", Access::member, list(&Roster::suspects)},
      {"GET", "/roster/suspects/decided", Access::member, list(&Roster::decided_suspects)},
      {"PUT", "/roster/suspects/{id}", Access::member, decide(&Roster::decide_suspect)},
      {"GET", "/roster/missing", Access::member, list(&Roster::missing)},
      {"PUT", "/roster/missing/{id}", Access::member, decide(&Roster::decide_missing)},
      {"GET", "/roster/conflicts", Access::member, list(&Roster::conflicts)},
      {"PUT", "/roster/conflicts/{id}", Access::member, decide(&Roster::decide_conflict)},
  };
}

}  // namespace renraku::server
