#include "description.hpp"

#include <renraku/described/account.hpp>
#include <renraku/described/application.hpp>
#include <renraku/described/backup.hpp>
#include <renraku/described/copying.hpp>
#include <renraku/described/disclosure.hpp>
#include <renraku/described/erasure.hpp>
#include <renraku/described/evacuee.hpp>
#include <renraku/described/factor.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/notice.hpp>
#include <renraku/described/organisation.hpp>
#include <renraku/described/patient.hpp>
#include <renraku/described/person.hpp>
#include <renraku/described/place_grant.hpp>
#include <renraku/described/region.hpp>
#include <renraku/described/roster.hpp>
#include <renraku/described/rotation.hpp>
#include <renraku/described/store.hpp>
#include <renraku/described/witness.hpp>

#include "classes.hpp"
#include "method.hpp"

namespace renraku::python {
namespace {

/// In the order in which they need each other.
using Enums = boost::mp11::mp_list<
    Sex, AddressKind, PhoneKind, Profession, Role, MemberStatus, DisclosurePolicy, TwoFactor,
    TextIndex, FactorState, AssertedFactor, Consent, Label, WithdrawalReason, Outcome, JournalState,
    SlotKind, OrganisationKind, SuspectDecision, MissingDecision, ConflictDecision, SharingScope,
    RequestAnswer, NoticeKind, DisclosurePurpose, RosterConsentState, RosterConsentCapacity,
    RosterConsentForm, DisclosureRuleState, ErasureReason, RemovalKind>;
using Records = boost::mp11::mp_list<
    Municipality, ServedMunicipality, Member, NewMember, Colleague, ColleagueFilter,
    AccountImportOptions, AccountRejection, IssuedPassword, AccountImportReport, FactorStatus,
    TotpEnrolment, ClientCertificate, Certificate, LoginSession, SignIn, AccessRecovery,
    Application, Assertion, ApplicationKey, Organisation, Address, Phone, Protection, Person,
    PersonFilter, PlaceGrant, ExtraColumn, Withdrawal, Evacuee, EvacueeLine, EvacueeFilter,
    FieldChange, JournalEntry, JournalFilter, JournalReport, JournalSegment, SignedHead,
    SignedRemoval, KeySlot, BackupKey, BackupReport, RestoreReport, Erasure, Finding, CheckReport,
    KeyRotation, CopyReport, TableComparison, StoreComparison, ImportOptions, RowRejection,
    RowDuplicate, RowWarning, RowSuspect, RowConflict, CodeMeaning, ImportReport, OpenRow, Suspect,
    MissingEvacuee, ImportConflict, RosterSummary, ExportOptions, UnencodableCell, ExportReport,
    Patient, PatientConsent, TeamMember, TeamLine, TeamRequest, PatientSheet, PatientLine,
    PatientFilter, TeamOverview, Notice, NoticeFilter, RosterConsent, DisclosureRule,
    DisclosurePreview, Disclosure, DisclosureOptions, DisclosureReport, DisclosureFilter,
    DisclosedLine, DisclosedFilter, DisclosedEvacuee>;

template <class List, class Visit>
void for_each_type(Visit&& visit) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, List>>(visit);
}

std::string comment(std::string_view name) {
  return std::string(header_comment(name));
}

/// The default as Python writes it; empty where a value has to be given, or is made anew each time
/// (lists and records).
template <class Value>
std::string default_text(const Value& value) {
  if constexpr (is_vector<Value> || DescribedRecord<Value> || std::same_as<Value, Date>) {
    return "";
  } else if constexpr (std::same_as<Value, Instant>) {
    return "EPOCH";
  } else {
    return py::repr(py::cast(value)).template cast<std::string>();
  }
}

template <DescribedRecord Record>
py::tuple describe_record() {
  const Record empty{};
  const std::string name(type_name<Record>());
  py::list fields;
  for_each_field<Record>([&](auto field) {
    using Value = std::remove_cvref_t<decltype(empty.*field.pointer)>;
    const std::string field_name(field.name);
    fields.append(py::make_tuple(field_in_python(field.name), type_in_python<Value>(),
                                 default_text(empty.*field.pointer),
                                 comment(name + "." + field_name)));
  });
  return py::make_tuple(name, comment(name), fields);
}

template <DescribedEnum Enum>
py::tuple describe_enum() {
  const std::string name(type_name<Enum>());
  py::list values;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&](auto one) { values.append(py::make_tuple(one.name, comment(name + "." + one.name))); });
  return py::make_tuple(name, comment(name), values);
}

}  // namespace

void bind_records(const py::module_& records) {
  for_each_type<Records>(
      [&](auto type) { RecordClass<typename decltype(type)::type>::bind(records); });
}

py::dict describe() {
  py::list enums;
  for_each_type<Enums>(
      [&](auto type) { enums.append(describe_enum<typename decltype(type)::type>()); });
  py::list records;
  for_each_type<Records>(
      [&](auto type) { records.append(describe_record<typename decltype(type)::type>()); });
  py::list errors;
  for_each_error([&](ErrorCode code) {
    errors.append(py::make_tuple(static_cast<int>(code), error_name(code), error_message_ja(code)));
  });
  py::list functions;
  for (const Signature& bound : signatures()) {
    functions.append(py::make_tuple(bound.class_name, bound.name, bound.text));
  }
  py::dict all;
  all["enums"] = enums;
  all["records"] = records;
  all["errors"] = errors;
  all["functions"] = functions;
  return all;
}

}  // namespace renraku::python
