// A person who exists nowhere else, planted in every text field of every record.
#pragma once

#include <filesystem>
#include <renraku/time.hpp>
#include <string>
#include <vector>

#include "canary/words.hpp"
#include "fixture/city.hpp"

namespace renraku::canary {

inline const std::vector<std::string> words{"鳥居坂麗奈衛門", "トリイザカレナエモン", "0298765432",
                                            "架空郡鳥羽多町八百八番地九号", "カナリヤの備考です"};
inline constexpr Date birth_date{1931, 7, 29};
inline constexpr Date other_birth_date{1933, 10, 17};

/// What must be found nowhere afterwards.
[[nodiscard]] const Words& planted();

/// Does what can be done in the city, and what can't; the texts of all errors.
[[nodiscard]] std::string plant(fixture::City& city);

[[nodiscard]] std::string content(const std::filesystem::path& file);
/// Looks into every file of the folder, of which there are so many, and at its name.
void files_must_not_tell(const std::filesystem::path& folder, int at_least);

}  // namespace renraku::canary
