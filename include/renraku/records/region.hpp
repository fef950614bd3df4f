// What a region says of the municipalities that it serves.
#pragma once

#include <string>

namespace renraku {

/// A municipality that a region's directory names.
struct ServedMunicipality {
  /// 全国地方公共団体コード, six digits.
  std::string code;
  /// What the directory calls it; empty where it does not say.
  std::string name;
};

}  // namespace renraku
