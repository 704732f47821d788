package plumbline.thresholds_test

import data.plumbline.fairness
import data.plumbline.registration
import data.plumbline.thresholds

gap(rate, low, high) := {
	"value": low,
	"low": low,
	"high": high,
	"rate": rate,
	"lowest": ["female"],
	"highest": ["male"],
}

group(value, rows) := {"values": [value], "n": rows, "rates": {
	"selectionRate": {"value": 0.4, "low": 0, "high": 1, "n": 40},
	"truePositiveRate": {"value": 0.4, "low": 0, "high": 1, "n": 40},
	"positivePredictiveValue": {"value": 0.4, "low": 0, "high": 1, "n": 40},
}}

candidate := {
	"task": "binary-classification",
	"riskTier": "high",
	"sensitive": ["gender"],
	"fairness": {"partitions": [{
		"columns": ["gender"],
		"positive": "yes",
		"groups": [group("female", 40), group("male", 60)],
		"gaps": {
			"demographicParityRatio": gap("selectionRate", 0.85, 0.95),
			"equalOpportunityDifference": gap("truePositiveRate", 0.02, 0.08),
			"predictiveParityDifference": gap("positivePredictiveValue", 0.2, 0.3),
		},
		"reversals": [],
	}]},
	"require": {},
	"metrics": {"auc": {"value": 0.84, "low": 0.82, "high": 0.86, "n": 1409}, "f1": {"value": 0.6}},
	"parity": {"rows": 1409, "mismatches": 0},
}

with_gaps(gaps) := object.union(candidate, {"fairness": {"partitions": [object.union(partition, {"gaps": gaps}) |
	some partition in candidate.fairness.partitions
]}})

tier(metrics, fairness) := {"metrics": metrics, "fairness": object.union({"limits": {}}, fairness)}

under(document, said) := object.union(document, {"organisation": {"thresholds": said}})

judged(document, said) := result if {
	result := {$"{found.id} {found.severity}" |
		some found in (registration.findings | fairness.findings)
	} with input as under(document, said)
}

limiting(limits) := {"high": tier({}, {"limits": limits})}

bounding(metrics) := {"high": tier(metrics, {})}

test_what_nobody_says_is_usual if {
	judged(candidate, {}) == set()
	thresholds.limits == thresholds.usual_limits with input as candidate
	thresholds.minimum_group_size == 30 with input as candidate
	thresholds.bounds == {} with input as candidate
	thresholds.limits == {"demographicParityRatio": {"min": 0.8}, "equalOpportunityDifference": {"max": 0.1}} with input as 3
}

test_a_stricter_limit_denies if {
	judged(candidate, limiting({"demographicParityRatio": {"min": 0.96}})) == {"fairness-within-limit deny"}
	judged(candidate, limiting({"equalOpportunityDifference": {"max": 0.01}})) == {"fairness-within-limit deny"}
	judged(candidate, limiting({"equalOpportunityDifference": {"max": 0.05}})) == {"fairness-enough-data deny"}
}

test_a_looser_limit_allows if {
	apart := with_gaps({
		"demographicParityRatio": gap("selectionRate", 0.5, 0.6),
		"equalOpportunityDifference": gap("truePositiveRate", 0.2, 0.3),
	})
	judged(apart, {}) == {"fairness-within-limit deny"}
	judged(apart, limiting({"demographicParityRatio": {"min": 0.5}})) == {"fairness-within-limit deny"}
	judged(apart, limiting({
		"demographicParityRatio": {"min": 0.5},
		"equalOpportunityDifference": {"max": 1},
	})) == set()
}

test_another_gap_can_be_limited_too if {
	judged(candidate, limiting({"predictiveParityDifference": {"max": 0.1}})) == {"fairness-within-limit deny"}
	judged(candidate, limiting({"predictiveParityDifference": {"max": 0.3}})) == set()
	judged(candidate, limiting({"equalizedOddsDifference": {"max": 0.3}})) == {"fairness-enough-data deny"}
}

test_a_group_must_be_as_large_as_the_organisation_says if {
	judged(candidate, {"high": tier({}, {"minimumGroupSize": 41})}) == {"fairness-group-size deny"}
	judged(candidate, {"high": tier({}, {"minimumGroupSize": 40})}) == set()
}

test_thresholds_bind_their_tier_alone if {
	said := {
		"medium": tier({"auc": {"min": 0.9}}, {"minimumGroupSize": 41, "limits": {"demographicParityRatio": {"min": 0.96}}}),
		"high": tier({}, {}),
	}
	judged(candidate, said) == set()
	judged(object.union(candidate, {"riskTier": "medium"}), said) == {
		"fairness-group-size warn",
		"fairness-within-limit deny",
		"threshold-reached deny",
	}
	judged(json.remove(candidate, ["riskTier"]), said) == {"fairness-readable deny"}
	judged(object.union(candidate, {"riskTier": ["medium"]}), said) == {"fairness-readable deny"}
}

test_a_metric_below_the_minimum_is_denied if {
	judged(candidate, bounding({"auc": {"min": 0.85}})) == {"threshold-reached deny"}
	judged(candidate, bounding({"auc": {"min": 0.84}})) == set()
}

test_a_metric_above_the_maximum_is_denied if {
	judged(candidate, bounding({"auc": {"max": 0.83}})) == {"threshold-kept deny"}
	judged(candidate, bounding({"auc": {"max": 0.84}})) == set()
}

test_a_bounded_metric_that_was_not_measured_is_denied if {
	judged(candidate, bounding({"recall": {"min": 0}})) == {"threshold-measured deny"}
	judged(json.remove(candidate, ["metrics"]), bounding({"auc": {"min": 0}})) == {"threshold-measured deny"}
	judged(
		object.union(candidate, {"metrics": {"auc": {"value": "NaN"}}}),
		bounding({"auc": {"min": 0, "max": 1}}),
	) == {"threshold-measured deny"}
}

test_metrics_of_another_task_are_not_asked_for if {
	said := bounding({"auc": {"min": 0.85}, "recall": {"min": 0}, "r2": {"min": 0.5}, "mae": {"max": 1}, "rmse": {"max": 1}})
	judged(candidate, said) == {"threshold-reached deny", "threshold-measured deny"}
	measured(candidate, said) == {"recall"}
	measured(object.union(candidate, {"task": "multiclass-classification"}), said) == {"recall"}
	measured(object.union(candidate, {"task": "regression"}), said) == {"r2", "mae", "rmse"}
}

test_a_task_that_no_rule_knows_is_asked_for_everything if {
	said := bounding({"recall": {"min": 0}, "r2": {"min": 0.5}})
	measured(object.union(candidate, {"task": "ranking"}), said) == {"recall", "r2"}
	measured(json.remove(candidate, ["task"]), said) == {"recall", "r2"}
}

measured(document, said) := result if {
	result := {found.evidence.metric |
		some found in registration.findings
		found.id == "threshold-measured"
	} with input as under(document, said)
}

test_findings_say_what_was_asked if {
	found := {each.id: each | some each in registration.findings} with input as under(
		candidate,
		bounding({"auc": {"min": 0.85}, "f1": {"max": 0.5}, "recall": {"min": 0.1}}),
	)
	found["threshold-reached"] == {
		"id": "threshold-reached",
		"controls": ["PLB-REG-8", "AIA-15", "RMF-MS"],
		"severity": "deny",
		"message": concat("", [
			"auc is 0.84 (95 % interval 0.82 to 0.86, 1409 rows), below 0.85: ",
			"policies/data.yaml bounds auc for every model of the high tier",
		]),
		"path": "/spec/riskTier",
		"remediation": "train a model whose auc reaches 0.85; the number stands in policies/data.yaml",
		"evidence": {"metric": "auc", "measured": candidate.metrics.auc, "threshold": {"min": 0.85}},
	}
	found["threshold-kept"] == {
		"id": "threshold-kept",
		"controls": ["PLB-REG-9", "AIA-15", "RMF-MS"],
		"severity": "deny",
		"message": "f1 is 0.6, above 0.5: policies/data.yaml bounds f1 for every model of the high tier",
		"path": "/spec/riskTier",
		"remediation": "train a model whose f1 stays within 0.5; the number stands in policies/data.yaml",
		"evidence": {"metric": "f1", "measured": {"value": 0.6}, "threshold": {"max": 0.5}},
	}
	found["threshold-measured"] == {
		"id": "threshold-measured",
		"controls": ["PLB-REG-7", "AIA-15", "RMF-MS"],
		"severity": "deny",
		"message": "policies/data.yaml bounds recall for every model of the high tier, but the run did not measure it",
		"path": "/spec/riskTier",
		"remediation": "give the test rows what recall needs, such as rows of every class",
		"evidence": {"metric": "recall", "measured": null, "threshold": {"min": 0.1}},
	}
}

readable(said) if thresholds.readable with input as {"organisation": {"thresholds": said}}

test_what_the_rules_know_is_readable if {
	thresholds.readable with input as {"organisation": {}}
	readable({})
	readable({"low": tier({}, {})})
	readable({"high": tier({"auc": {"min": 0.5, "max": 1}}, {
		"limits": {"demographicParityRatio": {"min": 0}},
		"minimumGroupSize": 3,
	})})
}

test_what_no_rule_knows_is_not_readable if {
	every said in [
		[],
		"high",
		null,
		{"high": {}},
		{"high": "strict"},
		{"high": {"metrics": {}}},
		{"high": {"metrics": [], "fairness": {"limits": {}}}},
		{"high": {"metrics": {}, "fairness": {"limits": []}}},
		{"high": tier({"auc": 0.8}, {})},
		{"high": tier({"auc": {}}, {})},
		{"high": tier({"auc": {"atLeast": 0.8}}, {})},
		{"high": tier({"auc": {"min": "0.8"}}, {})},
		{"high": tier({}, {"limits": {"demographicParityRatio": {"max": null}}})},
		{"high": tier({}, {"minimumGroupSize": "30"})},
		{"low": tier({}, {}), "high": tier({"auc": 0.8}, {})},
	] {
		not readable(said)
	}
}
