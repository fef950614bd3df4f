#include "casters.hpp"

#include <datetime.h>
#include <descrobject.h>
#include <structmember.h>

#include <chrono>

#include "classes.hpp"

namespace renraku::python {
namespace {

using std::chrono::days;
using std::chrono::microseconds;
using std::chrono::sys_days;

void need_datetime() {
  if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
  if (PyDateTimeAPI == nullptr) throw py::error_already_set();
}

py::handle checked(PyObject* made) {
  if (made == nullptr) throw py::error_already_set();
  return made;
}

int as_int(std::integral auto number) {
  return static_cast<int>(number);
}

}  // namespace

Py_ssize_t slot_offset(py::handle type, const std::string& name) {
  const py::object descriptor = py::getattr(type, name.c_str(), py::none());
  const bool is_slot = Py_IS_TYPE(descriptor.ptr(), &PyMemberDescr_Type) != 0;
  if (!is_slot) {
    throw Error(ErrorCode::internal, "records.py is of another version: no slot " + name, name);
  }
  return reinterpret_cast<PyMemberDescrObject*>(descriptor.ptr())->d_member->offset;
}

py::handle date_to_python(const Date& date) {
  need_datetime();
  if (date.day != 0) return checked(PyDate_FromDate(date.year, date.month, date.day));
  const py::object month = date.month != 0 ? py::object(py::int_(date.month)) : py::none();
  return classes().partial_date(date.year, month).release();
}

bool date_from_python(py::handle value, Date& date) {
  need_datetime();
  if (PyUnicode_Check(value.ptr())) {
    date = Date::parse(value.cast<std::string>());
    return true;
  }
  if (py::isinstance(value, classes().partial_date)) {
    date = Date::parse(py::str(value).cast<std::string>());
    return true;
  }
  // A datetime is a date too, but its day depends on the time zone: the caller has to say which.
  if (!PyDate_Check(value.ptr()) || PyDateTime_Check(value.ptr())) return false;
  date.year = static_cast<std::int16_t>(PyDateTime_GET_YEAR(value.ptr()));
  date.month = static_cast<std::uint8_t>(PyDateTime_GET_MONTH(value.ptr()));
  date.day = static_cast<std::uint8_t>(PyDateTime_GET_DAY(value.ptr()));
  return true;
}

py::handle instant_to_python(const Instant& time) {
  need_datetime();
  const std::chrono::sys_time<microseconds> at{microseconds(time.micros)};
  const sys_days day = std::chrono::floor<days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(at - day);
  return checked(PyDateTimeAPI->DateTime_FromDateAndTime(
      int(date.year()), as_int(unsigned(date.month())), as_int(unsigned(date.day())),
      as_int(clock.hours().count()), as_int(clock.minutes().count()),
      as_int(clock.seconds().count()), as_int(clock.subseconds().count()), PyDateTime_TimeZone_UTC,
      PyDateTimeAPI->DateTimeType));
}

bool instant_from_python(py::handle value, Instant& time) {
  need_datetime();
  if (!PyDateTime_Check(value.ptr()) || value.attr("tzinfo").is_none()) return false;
  const py::object utc =
      value.attr("astimezone")(py::reinterpret_borrow<py::object>(PyDateTime_TimeZone_UTC));
  PyObject* at = utc.ptr();
  const std::chrono::year_month_day date(
      std::chrono::year(PyDateTime_GET_YEAR(at)),
      std::chrono::month(static_cast<unsigned>(PyDateTime_GET_MONTH(at))),
      std::chrono::day(static_cast<unsigned>(PyDateTime_GET_DAY(at))));
  const auto clock = std::chrono::hours(PyDateTime_DATE_GET_HOUR(at)) +
                     std::chrono::minutes(PyDateTime_DATE_GET_MINUTE(at)) +
                     std::chrono::seconds(PyDateTime_DATE_GET_SECOND(at)) +
                     microseconds(PyDateTime_DATE_GET_MICROSECOND(at));
  time.micros = microseconds(sys_days(date).time_since_epoch() + clock).count();
  return true;
}

py::object make_page(const py::list& items, const std::string& next) {
  return classes().page(items, next);
}

}  // namespace renraku::python
