#include "storage/engines/postgresql/named_parameters.hpp"

#include <boost/test/unit_test.hpp>

using renraku::storage::postgresql::number_parameters;
using Names = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(named_parameters)

BOOST_AUTO_TEST_CASE(each_name_has_one_number_in_the_order_in_which_it_first_stands) {
  const auto sql = number_parameters("SELECT :b, :a, :b WHERE x=:a_1 AND y<:A");
  BOOST_TEST(sql.text == "SELECT $1, $2, $1 WHERE x=$3 AND y<$4");
  BOOST_TEST((sql.names == Names{"b", "a", "a_1", "A"}));
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_a_name_stays) {
  for (const std::string same : {
           "SELECT 'at 12:b'",
           "SELECT 'it''s :b'",
           "SELECT ''':b'",
           "SELECT \":b\" FROM \"a\"\":b\"",
           "SELECT x::text",
           "SELECT 1 -- :b",
           "SELECT /* :b */ 1",
           "SELECT /* /* :b */ :b */ 1",
           "SELECT a[1:2]",
           "SELECT ':b",
           "SELECT /* :b",
           "SELECT :",
           "SELECT : b",
           "",
       }) {
    const auto sql = number_parameters(same);
    BOOST_TEST(sql.text == same);
    BOOST_TEST(sql.names.empty());
  }
}

BOOST_AUTO_TEST_CASE(names_beside_such_things_are_found) {
  const auto check = [](const std::string& from, const std::string& to, const Names& names) {
    const auto sql = number_parameters(from);
    BOOST_TEST(sql.text == to);
    BOOST_TEST((sql.names == names));
  };
  check("'x':a", "'x'$1", {"a"});
  check("''||:a||''", "''||$1||''", {"a"});
  check(":a::text", "$1::text", {"a"});
  check(":a:::b", "$1::$2", {"a", "b"});
  check("-- it's\n:a", "-- it's\n$1", {"a"});
  check("/* it's */:a", "/* it's */$1", {"a"});
  check("/*/*/ */ :b */:a", "/*/*/ */ :b */$1", {"a"});
  check("1 - :a / :b", "1 - $1 / $2", {"a", "b"});
  check(":一:a", ":一$1", {"a"});
}

BOOST_AUTO_TEST_CASE(the_tenth_is_not_the_first) {
  BOOST_TEST(number_parameters(":a:b:c:d:e:f:g:h:i:j:a").text == "$1$2$3$4$5$6$7$8$9$10$1");
}

BOOST_AUTO_TEST_SUITE_END()
