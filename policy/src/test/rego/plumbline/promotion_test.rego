package plumbline.promotion_test

import data.plumbline.promotion

step := {
	"serving": "churn",
	"candidate": {
		"version": "churn/v2",
		"digest": "sha256:aa",
		"registration": {"gate": "registration", "verdict": "sha256:bb", "allowed": true, "model": "sha256:aa"},
	},
	"current": "churn/v1",
	"comparison": {
		"status": "measured",
		"metric": "auc",
		"candidate": 0.85,
		"serving": 0.84,
		"difference": {"value": 0.01, "low": 0.002, "high": 0.018, "n": 700},
	},
	"tolerance": 0.01,
	"rollback": false,
}

differing(low, high) := object.union(step, {"comparison": {"difference": {"low": low, "high": high}}})

changed(change) := object.union(step, change)

without(path) := json.remove(step, [path])

judged(document) := result if {
	result := {{"id": found.id, "severity": found.severity} |
		some found in promotion.findings
	} with input as document
}

denies(id) := {{"id": id, "severity": "deny"}}

warns(id) := {{"id": id, "severity": "warn"}}

test_a_better_version_passes if judged(step) == set()

test_a_first_version_needs_no_comparison if {
	judged(object.union(without("comparison"), {"current": "none"})) == set()
}

test_what_a_first_version_is_compared_with_does_not_count if {
	judged(object.union(differing(-0.9, -0.8), {"current": "none"})) == set()
}

test_an_unregistered_version_is_denied if {
	judged(changed({"candidate": {"registration": {"allowed": false}}})) == denies("registered")
}

test_a_verdict_of_another_gate_is_no_registration if {
	judged(changed({"candidate": {"registration": {"gate": "admission"}}})) == denies("registered")
}

test_a_registration_without_a_verdict_is_denied if {
	judged(without("candidate/registration/verdict")) == denies("registered")
}

test_a_missing_registration_is_denied if {
	judged(without("candidate/registration")) == denies("registered") | denies("digest-matches")
}

test_a_registration_of_another_type_is_denied if {
	judged(changed({"candidate": {"registration": {"allowed": "true"}}})) == denies("registered")
	judged(changed({"candidate": {"registration": {"verdict": true}}})) == denies("registered")
}

test_another_model_than_the_registered_one_is_denied if {
	judged(changed({"candidate": {"digest": "sha256:cc"}})) == denies("digest-matches")
}

test_a_missing_digest_is_denied if judged(without("candidate/digest")) == denies("digest-matches")

test_a_digest_of_another_type_is_denied if {
	document := changed({"candidate": {"digest": 7, "registration": {"model": 7}}})
	judged(document) == denies("digest-matches")
}

test_a_tolerance_below_zero_is_denied if judged(changed({"tolerance": -0.1})) == denies("tolerance-readable")

test_a_missing_tolerance_is_denied if judged(without("tolerance")) == denies("tolerance-readable")

test_a_tolerance_of_another_type_is_denied if {
	judged(changed({"tolerance": "0.01"})) == denies("tolerance-readable")
}

test_a_missing_comparison_is_denied if judged(without("comparison")) == denies("compared")

test_an_unknown_current_version_needs_a_comparison if {
	judged(json.remove(step, ["comparison", "current"])) == denies("compared")
}

test_a_current_version_of_another_type_needs_a_comparison if {
	judged(object.union(without("comparison"), {"current": null})) == denies("compared")
}

test_a_comparison_of_another_type_is_denied if {
	judged(object.union(without("comparison"), {"comparison": "better"})) == denies("compared")
}

test_a_comparison_with_a_part_that_is_no_number_is_denied if {
	judged(changed({"comparison": {"difference": {"high": "NaN"}}})) == denies("compared")
	judged(changed({"comparison": {"candidate": null}})) == denies("compared")
}

test_an_interval_that_ends_before_it_begins_is_denied if judged(differing(0.2, 0.1)) == denies("compared")

test_a_version_that_is_worse_for_sure_is_denied if judged(differing(-0.05, -0.02)) == denies("not-worse")

test_a_version_that_may_be_worse_is_warned_about if {
	judged(differing(-0.05, -0.009)) == warns("shown-not-worse")
	judged(differing(-0.05, 0.05)) == warns("shown-not-worse")
}

test_an_interval_that_ends_at_the_tolerance_leaves_it_open if {
	judged(differing(-0.05, -0.01)) == warns("shown-not-worse")
}

test_an_interval_that_begins_at_the_tolerance_passes if judged(differing(-0.01, 0.05)) == set()

test_the_numbers_are_said if {
	messages := {found.message | some found in promotion.findings} with input as differing(-0.05, -0.02)
	messages == {concat("", [
		"auc is worse than the serving version's by more than 0.01: 0.85 against 0.84 on 700 rows; ",
		"the difference lies between -0.05 and -0.02 (paired 95 % interval, positive is better)",
	])}
}

too_few := object.union(without("comparison"), {"comparison": {"status": "not-enough-data", "rows": 12}})

test_too_few_rows_are_warned_about if judged(too_few) == warns("enough-data")

test_too_few_rows_of_another_type_are_denied if {
	judged(object.union(too_few, {"comparison": {"rows": "12"}})) == denies("compared")
}

test_a_missing_number_of_rows_is_denied if {
	judged(json.remove(too_few, ["comparison/rows"])) == denies("compared")
}

lost := object.union(without("comparison"), {"comparison": {"status": "serving-lost", "artifact": "sha256:ab"}})

test_a_lost_serving_version_is_warned_about if judged(lost) == warns("serving-at-hand")

test_a_lost_artifact_of_another_type_is_denied if {
	judged(object.union(lost, {"comparison": {"artifact": 12}})) == denies("compared")
}

test_a_lost_artifact_without_a_name_is_denied if {
	judged(json.remove(lost, ["comparison/artifact"])) == denies("compared")
}

test_a_rollback_to_a_worse_version_is_warned_about if {
	judged(object.union(differing(-0.05, -0.02), {"rollback": true})) == warns("not-worse")
}

test_a_rollback_without_a_comparison_is_warned_about if {
	judged(object.union(without("comparison"), {"rollback": true})) == warns("compared")
}

test_a_rollback_with_an_unreadable_tolerance_is_warned_about if {
	judged(changed({"tolerance": null, "rollback": true})) == warns("tolerance-readable")
}

test_a_rollback_still_needs_its_registration_and_its_digest if {
	document := object.union(without("candidate/registration"), {"rollback": true})
	judged(document) == denies("registered") | denies("digest-matches")
}

test_a_rollback_of_another_type_is_none if {
	judged(object.union(differing(-0.05, -0.02), {"rollback": "true"})) == denies("not-worse")
}

test_a_missing_rollback_is_none if {
	judged(json.remove(differing(-0.05, -0.02), ["rollback"])) == denies("not-worse")
}

test_an_input_of_another_type_is_denied if {
	judged(7) == ((denies("registered") | denies("digest-matches")) | denies("tolerance-readable")) | denies("compared")
}

on(day) := {"candidate": {"registration": {"validUntil": "2026-11-22T00:00:00Z"}}, "time": day}

test_a_registration_that_has_ended_is_denied if {
	judged(changed(on("2026-11-22T00:00:00Z"))) == denies("registration-valid")
	judged(changed(object.union(on("2026-11-23T00:00:00Z"), {"rollback": true}))) == warns("registration-valid")
}

test_a_registration_that_has_not_ended_passes if judged(changed(on("2026-11-21T23:59:59Z"))) == set()

revoking(version) := {"organisation": {"revocations": [{"version": version, "reason": "it leaks the label"}]}}

test_a_revoked_version_is_denied_even_in_a_rollback if {
	judged(changed(revoking("churn/v2"))) == denies("not-revoked")
	judged(changed(object.union(revoking("churn/v2"), {"rollback": true}))) == denies("not-revoked")
}

test_the_revocation_of_another_version_does_not_count if judged(changed(revoking("churn/v3"))) == set()
