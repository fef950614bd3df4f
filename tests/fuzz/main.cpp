#define BOOST_TEST_MODULE fuzz
#include <boost/test/unit_test.hpp>
