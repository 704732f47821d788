package plumbline.exceptions_test

import data.plumbline
import data.plumbline.exceptions

now := "2026-11-22T10:00:00Z"

grant := {
	"rule": "card-present",
	"resource": "Model/churn",
	"reason": "it is being written",
	"owner": "ann@example.com",
	"approver": "bob@example.com",
	"from": "2026-11-01T00:00:00Z",
	"until": "2026-12-02T00:00:00Z",
	"expires": "2026-12-01",
}

granted(change) := object.union(grant, change)

admission := {
	"gate": "admission",
	"resource": {
		"kind": "Model",
		"metadata": {"name": "churn", "owner": "ann@example.com"},
		"spec": {"riskTier": "high"},
	},
}

registration := {
	"gate": "registration",
	"riskTier": "low",
	"sensitive": [],
	"model": "churn",
	"require": {"auc": {"min": 0.9}},
	"metrics": {"auc": {"value": 0.8}},
	"parity": {"rows": 3, "mismatches": 0},
}

promotion := {
	"gate": "promotion",
	"serving": "churn-api",
	"candidate": {
		"version": "churn/v2",
		"digest": "a",
		"registration": {"gate": "registration", "verdict": "b", "allowed": true, "model": "a"},
	},
	"current": "churn/v1",
	"tolerance": 0,
}

under(question, excused) := object.union(
	question,
	{"organisation": {"exceptions": excused, "revocations": []}, "time": now},
)

decided(question, excused) := decision if {
	decision := plumbline.decision with input as under(question, excused)
}

words(question, excused) := {found.message |
	some found in decided(question, excused).findings
}

test_without_an_exception_it_denies if {
	decision := decided(admission, [])
	not decision.allow
	not "validUntil" in object.keys(decision)
}

test_what_is_excused_warns_until_the_exception_ends if {
	decision := decided(admission, [grant])
	decision.allow
	decision.validUntil == grant.until
	some found in decision.findings
	found.severity == "warn"
	found.evidence.exception == grant
	endswith(found.message, "; excepted until 2026-12-01 by bob@example.com: it is being written")
}

test_the_last_moment_is_before_the_end if {
	decided(admission, [granted({"until": "2026-11-22T10:00:01Z"})]).allow
	not decided(admission, [granted({"until": now})]).allow
}

test_the_first_moment_is_the_beginning if {
	decided(admission, [granted({"from": now})]).allow
	not decided(admission, [granted({"from": "2026-11-22T10:00:01Z"})]).allow
}

test_an_expired_one_excuses_nothing_and_is_named if {
	decision := decided(admission, [granted({"until": "2026-11-20T00:00:00Z", "expires": "2026-11-19"})])
	not decision.allow
	not "validUntil" in object.keys(decision)
	some found in decision.findings
	found.severity == "deny"
	endswith(found.message, "; the exception that bob@example.com granted expired on 2026-11-19")
}

test_one_that_begins_later_ends_the_denial if {
	decision := decided(admission, [granted({"from": "2026-11-25T00:00:00Z"})])
	not decision.allow
	decision.validUntil == "2026-11-25T00:00:00Z"
}

test_the_longest_of_several_counts if {
	longer := granted({"until": "2026-12-24T00:00:00Z", "expires": "2026-12-23"})
	decided(admission, [grant, longer]).validUntil == longer.until
	decided(admission, [granted({"until": "2026-11-20T00:00:00Z"}), grant]).validUntil == grant.until
}

test_an_exception_of_another_rule_or_resource_excuses_nothing if {
	not decided(admission, [granted({"rule": "owner-present"})]).allow
	not decided(admission, [granted({"resource": "Model/other"})]).allow
	not decided(admission, [granted({"resource": "Serving/churn"})]).allow
}

test_a_warning_needs_no_exception if {
	warned := object.union(promotion, {"comparison": {"status": "not-enough-data", "rows": 3}})
	decision := decided(warned, [granted({"rule": "enough-data"})])
	decision.allow
	not "validUntil" in object.keys(decision)
}

test_a_model_is_excused_at_registration if {
	not decided(registration, []).allow
	decided(registration, [granted({"rule": "minimum-reached"})]).allow
}

test_a_model_or_an_endpoint_is_excused_at_promotion if {
	not decided(promotion, []).allow
	decided(promotion, [granted({"rule": "compared"})]).allow
	decided(promotion, [granted({"rule": "compared", "resource": "Serving/churn-api"})]).allow
}

test_rules_that_say_what_a_version_is_know_no_exception if {
	every rule in exceptions.binding {
		count(exceptions.concerned({"id": rule, "severity": "deny"})) == 0 with input as under(
			admission,
			[granted({"rule": rule})],
		)
	}
	not decided(
		object.union(promotion, {"current": "none", "candidate": {"digest": "other"}}),
		[granted({"rule": "digest-matches"})],
	).allow
}

test_what_cannot_be_read_leaves_it_undefined if {
	sound := under(promotion, [])
	plumbline.decision with input as sound
	every path in ["organisation", "organisation/exceptions", "organisation/revocations", "time"] {
		not plumbline.decision with input as json.remove(sound, [path])
	}
	every odd in [
		{"time": 3},
		{"organisation": {"exceptions": {}}},
		{"organisation": {"revocations": "none"}},
		{"organisation": {"revocations": [{"version": 3, "reason": "odd"}]}},
		{"organisation": {"revocations": [{"version": "churn/v3"}]}},
	] {
		not plumbline.decision with input as object.union(sound, odd)
	}
}

test_an_exception_of_another_form_excuses_nothing if {
	every odd in ["all", {}, granted({"from": null, "until": 3}), json.remove(grant, ["until"])] {
		not decided(admission, [odd]).allow
	}
}

test_words_of_what_was_never_excused_stay if {
	words(admission, []) == words(admission, [granted({"rule": "owner-present"})])
}
