// The roster as a list: filtered, by reading, in pages.
#include <renraku/described/evacuee.hpp>

#include "domain/absent.hpp"
#include "domain/evacuees/evacuees.hpp"
#include "domain/paging.hpp"
#include "domain/table.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

/// What a line is made of, beside what it shows.
struct LineRow {
  Id<Evacuee> id;
  Id<Person> person;
  /// Of the person's own row.
  Id<Person> p_id;
  std::string reference;
  std::string municipal_number;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::optional<Sex> sex;
  std::vector<Phone> phones;
  Consent consent{};
  Label label{};
  std::string district;
  std::string reason;
  std::string care_level;
};
RENRAKU_DESCRIBE(LineRow, id, person, p_id, reference, municipal_number, name, kana, birth_date,
                 sex, phones, consent, label, district, reason, care_level)

ReadingList roster_where(const std::string& where, bool is_kept) {
  return ReadingList({
      .columns =
          "e.id AS id, e.person AS person, e.reference AS reference, "
          "p.municipal_number AS municipal_number, p.name AS name, p.kana AS kana, "
          "p.birth_date AS birth_date, p.sex AS sex, p.phones AS phones, e.consent AS consent, "
          "e.label AS label, e.district AS district, e.reason AS reason, e.care_level AS "
          "care_level, e.listed AS listed, e.consent_date AS consent_date, "
          "e.revision AS e_revision, e.municipality AS e_municipality, " +
          storage::identity("p"),
      .tables = "person_search s JOIN evacuee e ON e.person_pk = s.person",
      .where = "e.listed = 1 AND " + where,
      .joins = " JOIN person p ON p.pk = s.person",
      .own_texts = "e.reference AS written, e.reason_key AS own, e.person AS person, e.listed AS "
                   "listed, e.consent AS consent, e.consent_date AS consent_date, " +
                   storage::identity("e"),
      .written_in_entries = true,
      .is_kept = is_kept,
  });
}

/// All of it has a statement of its own: it is what everybody looks at, and filters that are not
/// given would mislead a planner that plans once for all values.
const ReadingList all = roster_where("1 = 1", true);
const ReadingList filtered =
    roster_where(unless_absent("label", "e.label = :label") + " AND " +
                     unless_absent("consent", "e.consent = :consent") + " AND " +
                     unless_all("care_level", "e.care_level_key = :care_level") + " AND " +
                     unless_all("district", "e.district_key = :district"),
                 false);

std::optional<std::string> key_of(const std::optional<std::string>& written) {
  if (!written) return std::nullopt;
  return text::search_text(*written);
}

EvacueeLine line_of(LineRow row) {
  EvacueeLine line;
  line.id = row.id;
  line.person = row.person;
  line.reference = std::move(row.reference);
  line.municipal_number = std::move(row.municipal_number);
  line.name = std::move(row.name);
  line.kana = std::move(row.kana);
  line.birth_date = row.birth_date;
  line.sex = row.sex;
  line.consent = row.consent;
  line.label = row.label;
  line.reason = std::move(row.reason);
  line.care_level = std::move(row.care_level);
  line.district = std::move(row.district);
  if (!row.phones.empty()) line.phone = std::move(row.phones.front().digits);
  return line;
}

void withhold(EvacueeLine& line) {
  line.withheld = true;
  line.district.clear();
  line.phone.clear();
}

}  // namespace

Page<EvacueeLine> list_evacuees(access::Permit& permit, const EvacueeFilter& filter,
                                const PageRequest& request) {
  SearchNeedles needles;
  needles.text = filter.text;
  needles.own = filter.reason;
  needles.places_only_seen = filter.district.has_value();
  const auto care_level = key_of(filter.care_level);
  const auto district = key_of(filter.district);
  const auto bind = [&](storage::Query& query) {
    const std::string& municipality = permit.scope().municipality;
    query.bind("label", filter.label).bind("consent", filter.consent);
    bind_key_filter(query, "care_level", municipality, care_level);
    bind_key_filter(query, "district", municipality, district);
  };
  const auto take = [](storage::Query& row) {
    auto line = row.read<LineRow>();
    // What is shown is both rows'.
    need_same(line.p_id, line.person, "person");
    const Uuid person = line.person;
    return ReadRow<EvacueeLine>{line_of(std::move(line)), person};
  };
  const auto settle = [](std::span<ReadRow<EvacueeLine>> rows, const Protections& protections) {
    for (ReadRow<EvacueeLine>& row : rows) {
      row.item.is_protected = protections.stands(row.person);
      if (protections.hides(row.person)) withhold(row.item);
    }
  };
  const bool is_filtered = filter.label || filter.consent || care_level || district;
  if (!is_filtered) return all.page<EvacueeLine>(permit, needles, request, {}, take, settle);
  return filtered.page<EvacueeLine>(permit, needles, request, {.where = bind, .shown_where = {}},
                                    take, settle);
}

}  // namespace renraku::domain
