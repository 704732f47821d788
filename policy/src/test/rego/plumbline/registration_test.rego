package plumbline.registration_test

import data.plumbline.registration

run := {
	"metrics": {
		"auc": {"value": 0.84, "low": 0.82, "high": 0.86, "n": 1409},
		"logLoss": {"value": 0.41, "low": 0.39, "high": 0.43, "n": 1409},
	},
	"require": {"auc": {"min": 0.82}, "logLoss": {"max": 0.5}},
	"parity": {"rows": 1409, "mismatches": 0},
}

requiring(require) := object.union(json.remove(run, ["require"]), {"require": require})

ids(document) := result if {
	result := {found.id | some found in registration.findings} with input as document
}

texts(document) := result if {
	result := {text |
		some found in registration.findings
		some text in [found.message, found.remediation]
	} with input as document
}

test_a_run_that_meets_every_requirement_passes if ids(run) == set()

test_a_run_without_requirements_passes if ids(requiring({})) == set()

test_a_value_at_the_bound_passes if {
	ids(requiring({"auc": {"min": 0.84, "max": 0.84}})) == set()
}

test_missing_requirements_are_denied if ids(json.remove(run, ["require"])) == {"requirements-readable"}

test_requirements_of_another_type_are_denied if {
	ids(requiring("auc")) == {"requirements-readable"}
	ids(requiring(["f1"])) == {"requirements-readable"}
}

test_a_bound_that_is_no_object_is_denied if ids(requiring({"auc": 0.8})) == {"requirements-readable"}

test_a_bound_that_bounds_nothing_is_denied if ids(requiring({"auc": {}})) == {"requirements-readable"}

test_an_unknown_bound_is_denied if {
	ids(requiring({"auc": {"atLeast": 0.8}})) == {"requirements-readable"}
}

test_a_limit_that_is_no_number_is_denied if {
	ids(requiring({"auc": {"min": "NaN"}})) == {"requirements-readable"}
	ids(requiring({"auc": {"max": "NaN"}})) == {"requirements-readable"}
	ids(requiring({"auc": {"max": null}})) == {"requirements-readable"}
}

test_a_metric_that_was_not_measured_is_denied if ids(requiring({"f1": {"min": 0}})) == {"metric-measured"}

test_missing_metrics_are_denied if ids(json.remove(run, ["metrics"])) == {"metric-measured"}

test_a_metric_that_is_not_a_number_is_denied if {
	ids(object.union(run, {"metrics": {"auc": {"value": "NaN"}}})) == {"metric-measured"}
}

test_a_metric_without_a_value_is_denied if {
	ids(json.remove(run, ["metrics/auc/value"])) == {"metric-measured"}
}

test_too_little_is_denied if ids(requiring({"auc": {"min": 0.9}})) == {"minimum-reached"}

test_too_little_is_said_with_its_numbers if {
	texts(requiring({"auc": {"min": 0.9}})) == {
		"auc is 0.84 (95 % interval 0.82 to 0.86, 1409 rows), below the required minimum of 0.9",
		"train a model whose auc reaches 0.9, or lower the minimum to at most 0.84",
	}
}

test_a_value_just_below_its_minimum_is_not_shown_as_the_minimum if {
	document := object.union(run, {"metrics": {"auc": {"value": 0.81998}}})
	"train a model whose auc reaches 0.82, or lower the minimum to at most 0.8199" in texts(document)
}

test_a_value_just_above_its_maximum_is_not_shown_as_the_maximum if {
	document := object.union(run, {"metrics": {"logLoss": {"value": 0.50002}}})
	"train a model whose logLoss stays within 0.5, or raise the maximum to at least 0.5001" in texts(document)
}

test_an_unknown_interval_is_not_said if {
	document := json.remove(requiring({"auc": {"min": 0.9}}), ["metrics/auc/low"])
	"auc is 0.84, below the required minimum of 0.9" in texts(document)
}

test_too_much_is_denied if ids(requiring({"logLoss": {"max": 0.3}})) == {"maximum-kept"}

test_too_much_is_said_with_its_numbers if {
	texts(requiring({"logLoss": {"max": 0.3}})) == {
		"logLoss is 0.41 (95 % interval 0.39 to 0.43, 1409 rows), above the required maximum of 0.3",
		"train a model whose logLoss stays within 0.3, or raise the maximum to at least 0.41",
	}
}

test_both_ends_of_a_bound_bind if {
	ids(requiring({"auc": {"min": 0.9, "max": 0.8}})) == {"minimum-reached", "maximum-kept"}
}

test_a_graph_that_answers_otherwise_is_denied if {
	ids(object.union(run, {"parity": {"mismatches": 1}})) == {"parity-kept"}
}

test_differing_rows_are_said_with_their_number if {
	message := "the exported graph differs from the trained model on 7 of 1409 test rows"
	message in texts(object.union(run, {"parity": {"mismatches": 7}}))
}

test_a_comparison_that_was_not_made_is_said if {
	message := "the exported graph was not compared with the trained model on any test row"
	message in texts(json.remove(run, ["parity"]))
}

test_a_small_number_is_said_in_full if {
	document := object.union(run, {"metrics": {"mae": {"value": 0.00002}}, "require": {"mae": {"max": 0.00001}}})
	"train a model whose mae stays within 0.00001, or raise the maximum to at least 0.00002" in texts(document)
}

test_a_number_that_cannot_be_rounded_is_denied_all_the_same if {
	document := object.union(run, {
		"metrics": {"r2": {"value": -1e300, "low": -1e308, "high": 0.1, "n": 9}},
		"require": {"r2": {"min": 0}},
	})
	ids(document) == {"minimum-reached", "better-than-chance"}
	some message in texts(document)
	startswith(message, "r2 is -1")
}

test_a_model_that_may_know_nothing_is_warned_of if {
	auc := {"auc": {"value": 0.43, "low": 0.318, "high": 0.534, "n": 100}}
	document := object.union(requiring({}), {"metrics": auc})
	ids(document) == {"better-than-chance"}
	{found.severity | some found in registration.findings} == {"warn"} with input as document
	r2 := {"r2": {"value": 0.02, "low": 0, "high": 0.05, "n": 100}}
	ids(object.union(requiring({}), {"metrics": r2})) == {"better-than-chance"}
}

test_a_model_that_knows_something_is_not_warned_of if {
	auc := {"auc": {"value": 0.56, "low": 0.51, "high": 0.61, "n": 900}}
	ids(object.union(requiring({}), {"metrics": auc})) == set()
}

test_a_measure_without_an_interval_is_not_warned_of if {
	ids(object.union(requiring({}), {"metrics": {"auc": {"value": 0.4, "low": "0.3"}}})) == set()
	ids(object.union(requiring({}), {"metrics": {"auc": 0.4}})) == set()
	ids(json.remove(requiring({}), ["metrics"])) == set()
}

test_a_parity_that_was_not_checked_is_denied if ids(json.remove(run, ["parity"])) == {"parity-kept"}

test_a_parity_over_no_rows_is_denied if ids(object.union(run, {"parity": {"rows": 0}})) == {"parity-kept"}

test_a_parity_of_another_type_is_denied if {
	ids(object.union(run, {"parity": {"rows": "1409"}})) == {"parity-kept"}
	ids(object.union(run, {"parity": {"mismatches": "0"}})) == {"parity-kept"}
}

test_an_input_of_another_type_is_denied if ids([]) == {"requirements-readable", "parity-kept"}
