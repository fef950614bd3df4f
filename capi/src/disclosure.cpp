#include <renraku/c/disclosure.h>

#include <renraku/disclosures.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"
#include "watch.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_roster_consent_record(renraku_session* session,
                                      const renraku_roster_consent* consent,
                                      renraku_roster_consent_page** recorded,
                                      renraku_error** error) {
  return deliver(error, recorded, [&] {
    return at(session).disclosures().record_consent(read_record<RosterConsent>(consent, "consent"));
  });
}

int32_t renraku_roster_consent_list(renraku_session* session, const char* person,
                                    const renraku_page_request* request,
                                    renraku_roster_consent_page** consents, renraku_error** error) {
  return deliver(error, consents, [&] {
    return at(session).disclosures().consents(read_id_of<Person>(person, "person"),
                                              read_page_request(request));
  });
}

int32_t renraku_disclosure_rule_list(renraku_session* session, const renraku_page_request* request,
                                     renraku_disclosure_rule_page** rules, renraku_error** error) {
  return deliver(error, rules,
                 [&] { return at(session).disclosures().rules(read_page_request(request)); });
}

int32_t renraku_disclosure_rule_preview(renraku_session* session,
                                        const renraku_disclosure_rule* rule,
                                        renraku_disclosure_preview_page** preview,
                                        renraku_error** error) {
  return deliver(error, preview, [&] {
    return at(session).disclosures().preview(read_record<DisclosureRule>(rule, "rule"));
  });
}

int32_t renraku_disclosure_rule_propose(renraku_session* session,
                                        const renraku_disclosure_rule* rule,
                                        renraku_disclosure_rule_page** proposed,
                                        renraku_error** error) {
  return deliver(error, proposed, [&] {
    return at(session).disclosures().propose(read_record<DisclosureRule>(rule, "rule"));
  });
}

int32_t renraku_disclosure_rule_decide(renraku_session* session, const char* id, int64_t revision,
                                       int32_t adopt, renraku_disclosure_rule_page** decided,
                                       renraku_error** error) {
  return deliver(error, decided, [&] {
    return at(session).disclosures().decide(read_id_of<DisclosureRule>(id, "id"), revision,
                                            adopt != 0);
  });
}

int32_t renraku_disclosure_make(renraku_session* session, const char* receiver, const char* purpose,
                                const char* file, const renraku_disclosure_options* options,
                                const renraku_watch* watch, renraku_disclosure_report_page** report,
                                renraku_error** error) {
  return deliver(error, report, [&] {
    return at(session).disclosures().make(
        read_id_of<Organisation>(receiver, "receiver"),
        read_word<DisclosurePurpose>(&need(purpose, "purpose"), "purpose"), read_text(file, "file"),
        read_or_default<DisclosureOptions>(options, "options"), read_watch(watch));
  });
}

int32_t renraku_disclosure_list(renraku_session* session, const renraku_disclosure_filter* filter,
                                const renraku_page_request* request,
                                renraku_disclosure_page** disclosures, renraku_error** error) {
  return deliver(error, disclosures, [&] {
    return at(session).disclosures().list(read_or_default<DisclosureFilter>(filter, "filter"),
                                          read_page_request(request));
  });
}

int32_t renraku_disclosure_record_receipt(renraku_session* session, const char* id,
                                          int64_t revision, const char* received_by,
                                          const char* received_on, renraku_disclosure_page** result,
                                          renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).disclosures().record_receipt(
        read_id_of<Disclosure>(id, "id"), revision, read_text(received_by, "received_by"),
        read_parsed<Date>(&need(received_on, "received_on"), "received_on"));
  });
}

int32_t renraku_disclosure_record_return(renraku_session* session, const char* id, int64_t revision,
                                         const char* returned_on, renraku_disclosure_page** result,
                                         renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).disclosures().record_return(
        read_id_of<Disclosure>(id, "id"), revision,
        read_parsed<Date>(&need(returned_on, "returned_on"), "returned_on"));
  });
}

int32_t renraku_disclosed_list(renraku_session* session, const renraku_disclosed_filter* filter,
                               const renraku_page_request* request,
                               renraku_disclosed_line_page** lines, renraku_error** error) {
  return deliver(error, lines, [&] {
    return at(session).disclosures().visible(read_or_default<DisclosedFilter>(filter, "filter"),
                                             read_page_request(request));
  });
}

int32_t renraku_disclosed_view(renraku_session* session, const char* person,
                               renraku_disclosed_evacuee_page** evacuee, renraku_error** error) {
  return deliver(error, evacuee, [&] {
    return at(session).disclosures().view(read_id_of<Person>(person, "person"));
  });
}
