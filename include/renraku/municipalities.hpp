// The session's municipality and its settings.
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/records/municipality.hpp>
#include <renraku/roster.hpp>

namespace renraku {

class RENRAKU_API Municipalities {
 public:
  /// The municipality of the session.
  [[nodiscard]] Municipality view() const;
  /// Changes name and label names. Error{conflict} when `changed.revision` is not the current one,
  /// Error{invalid} for another disclosure policy: see Disclosures::propose.
  Municipality change(const Municipality& changed) const;
  /// Switches what members have to prove at sign-in, at once for open sessions too.
  /// Error{reauthenticate}; Error{second_factor} for `required` by a session that has proved no
  /// second factor itself.
  Municipality require_two_factor(TwoFactor wanted) const;
  /// Switches whether a server keeps, under the municipality's own key, which pairs of characters
  /// names, readings, places and numbers have. With them somebody is found by part of a text
  /// without opening everybody; the server learns how often each pair occurs, and with which others
  /// (docs/security.md says what follows from that). A folder needs none and keeps none: there the
  /// switch says only what a copy of it on a server does.
  ///
  /// The pairs are written in small parts between which others work, or taken away. `progress` is
  /// told how many people are done, and again in place of bytes, and how many there are. Returning
  /// false ends the call with Error{cancelled}. However a call was ended, the next one goes on.
  /// Error{reauthenticate}; Error{conflict} (field "text_index") where somebody switched them off
  /// meanwhile.
  Municipality index_texts(bool wanted, const Progress& progress = {}) const;

 private:
  friend class Session;
  explicit Municipalities(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
