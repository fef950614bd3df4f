// Who may see the roster before a disaster: consents, rules, what was handed out, what receivers
// see.
#include <renraku/described/disclosure.hpp>
#include <renraku/disclosures.hpp>

#include "api/api.hpp"
#include "api/search.hpp"

namespace renraku::server {
namespace {

struct RuleDecision {
  std::int64_t revision = 0;
  bool adopt = false;
};
RENRAKU_DESCRIBE(RuleDecision, revision, adopt)

struct Receipt {
  std::int64_t revision = 0;
  std::string received_by;
  Date received_on;
};
RENRAKU_DESCRIBE(Receipt, revision, received_by, received_on)

struct Return {
  std::int64_t revision = 0;
  Date returned_on;
};
RENRAKU_DESCRIBE(Return, revision, returned_on)

struct Order {
  Id<Organisation> receiver;
  DisclosurePurpose purpose = DisclosurePurpose::list;
  DisclosureOptions options;
};
RENRAKU_DESCRIBE(Order, receiver, purpose, options)

Answer make(Call& call) {
  const auto order = call.json<Order>();
  Answer answer;
  answer.file = call.app.scratch.fresh();
  const DisclosureReport report =
      call.session().disclosures().make(order.receiver, order.purpose, answer.file, order.options);
  answer.type =
      order.options.encoding == "cp932" ? "text/csv; charset=Shift_JIS" : "text/csv; charset=utf-8";
  answer.headers = {
      {"Content-Disposition", "attachment; filename=\"disclosure.csv\""},
      {"X-Renraku-Disclosure", report.disclosure.text()},
      {"X-Renraku-People", std::to_string(report.people)},
      {"X-Renraku-Unencodable", std::to_string(report.unencodable.size())},
  };
  return answer;
}

Answer list(Call& call) {
  DisclosureFilter filter;
  if (const std::string receiver = call.query("receiver"); !receiver.empty()) {
    filter.receiver = Id<Organisation>::parse(receiver);
  }
  filter.overdue = call.flag("overdue");
  return json_answer(call.session().disclosures().list(filter, call.page()));
}

Answer record_receipt(Call& call) {
  const auto input = call.json<Receipt>();
  return json_answer(call.session().disclosures().record_receipt(
      call.record<Disclosure>(), input.revision, input.received_by, input.received_on));
}

Answer record_return(Call& call) {
  const auto input = call.json<Return>();
  return json_answer(call.session().disclosures().record_return(call.record<Disclosure>(),
                                                                input.revision, input.returned_on));
}

Answer search_disclosed(Call& call) {
  const auto search = call.json<DisclosedSearch>();
  return json_answer(
      call.session().disclosures().visible(search.filter, {search.after, search.size}));
}

Answer decide(Call& call) {
  const auto input = call.json<RuleDecision>();
  return json_answer(call.session().disclosures().decide(call.record<DisclosureRule>(),
                                                         input.revision, input.adopt));
}

}  // namespace

std::vector<Route> disclosure_routes() {
  return {
      {"POST", "/roster/consents", Access::member,
       [](Call& call) {
         return json_answer(
             call.session().disclosures().record_consent(call.json<RosterConsent>()));
       }},
      {"GET", "/people/{id}/roster-consents", Access::member,
       [](Call& call) {
         return json_answer(
             call.session().disclosures().consents(call.record<Person>(), call.page()));
       }},
      {"GET", "/disclosure-rules", Access::member,
       [](Call& call) { return json_answer(call.session().disclosures().rules(call.page())); }},
      {"POST", "/disclosure-rules/preview", Access::member,
       [](Call& call) {
         return json_answer(call.session().disclosures().preview(call.json<DisclosureRule>()));
       }},
      {"POST", "/disclosure-rules", Access::member,
       [](Call& call) {
         return json_answer(call.session().disclosures().propose(call.json<DisclosureRule>()));
       }},
      {"PUT", "/disclosure-rules/{id}", Access::member, decide},
      {"POST", "/disclosures", Access::member, make},
      {"GET", "/disclosures", Access::member, list},
      {"PUT", "/disclosures/{id}/receipt", Access::member, record_receipt},
      {"PUT", "/disclosures/{id}/return", Access::member, record_return},
      {"POST", "/disclosed/search", Access::member, search_disclosed},
      {"GET", "/disclosed/{id}", Access::member,
       [](Call& call) {
         return json_answer(call.session().disclosures().view(call.record<Person>()));
       }},
  };
}

}  // namespace renraku::server
