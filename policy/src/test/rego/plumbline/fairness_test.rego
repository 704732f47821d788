package plumbline.fairness_test

import data.plumbline.fairness

group(value, selected, found) := {"values": [value], "n": 500, "rates": {
	"selectionRate": {"value": selected, "low": 0, "high": 1, "n": 500},
	"truePositiveRate": {"value": found, "low": 0, "high": 1, "n": 120},
}}

gap(rate, value, low, high) := {
	"value": value,
	"low": low,
	"high": high,
	"rate": rate,
	"lowest": ["female"],
	"highest": ["male"],
}

ratio(value, low, high) := gap("selectionRate", value, low, high)

opportunity(value, low, high) := gap("truePositiveRate", value, low, high)

alike := {
	"demographicParityRatio": ratio(0.95, 0.84, 1),
	"equalOpportunityDifference": opportunity(0.02, 0, 0.09),
}

gender := {
	"columns": ["gender"],
	"positive": "yes",
	"groups": [group("female", 0.4, 0.61), group("male", 0.42, 0.63)],
	"gaps": alike,
	"reversals": [],
}

plan := object.union(gender, {"columns": ["plan"]})

pair := object.union(gender, {
	"columns": ["gender", "plan"],
	"groups": [object.union(each, {"values": ["female", "basic"]}) | some each in gender.groups],
})

run(tier, sensitive, partitions) := {
	"riskTier": tier,
	"sensitive": sensitive,
	"fairness": {"attributes": sensitive, "partitions": partitions},
}

of_gender(tier, changed) := run(tier, ["gender"], [object.union(gender, changed)])

of_pair(tier, changed) := run(tier, ["gender", "plan"], [gender, plan, object.union(pair, changed)])

gaps(changed) := {"gaps": object.union(alike, changed)}

verdicts(document) := result if {
	result := {$"{found.id} {found.severity}" | some found in fairness.findings} with input as document
}

messages(document) := result if {
	result := {found.message | some found in fairness.findings} with input as document
}

by_tier(changed) := {tier: verdicts(of_gender(tier, changed)) | some tier in ["low", "medium", "high"]}

only(id, severities) := {tier: {$"{id} {severity}"} | some tier, severity in severities}

strict(id) := only(id, {"low": "warn", "medium": "deny", "high": "deny"})

lenient(id) := only(id, {"low": "warn", "medium": "warn", "high": "deny"})

passes := {"low": set(), "medium": set(), "high": set()}

unreadable := {"fairness-readable deny"}

test_groups_that_are_treated_alike_pass if by_tier({}) == passes

test_pairs_that_are_treated_alike_pass if verdicts(of_pair("high", {})) == set()

test_nothing_sensitive_passes_below_the_high_tier if {
	verdicts({"riskTier": "low", "sensitive": []}) == set()
	verdicts({"riskTier": "medium", "sensitive": []}) == set()
}

test_the_high_tier_must_name_sensitive_columns if {
	verdicts({"riskTier": "high", "sensitive": []}) == {"fairness-declared deny"}
}

test_a_tier_that_cannot_be_read_is_denied if {
	verdicts(json.remove(of_gender("low", {}), ["riskTier"])) == unreadable
	verdicts(of_gender("lowest", {})) == unreadable
	verdicts(of_gender(["low"], {})) == unreadable
}

test_sensitive_columns_that_cannot_be_read_are_denied if {
	verdicts({"riskTier": "low"}) == unreadable
	verdicts({"riskTier": "low", "sensitive": "gender"}) == unreadable
	verdicts({"riskTier": "low", "sensitive": {"a": "gender"}}) == unreadable
	verdicts({"riskTier": "low", "sensitive": [7]}) == unreadable
}

test_an_input_that_is_no_object_is_denied if verdicts("registration") == unreadable

test_evidence_that_cannot_be_read_is_denied if {
	verdicts(run("low", ["gender"], "gender")) == unreadable
	verdicts(run("low", ["gender"], {"a": gender})) == unreadable
	verdicts(run("low", ["gender"], ["gender"])) == unreadable
	every key in ["columns", "positive", "groups", "gaps"] {
		verdicts(run("low", ["gender"], [object.remove(gender, [key])])) == unreadable
		verdicts(of_gender("low", {key: 7})) == unreadable
	}
	verdicts(of_gender("low", {"columns": {"a": "gender"}})) == unreadable
	verdicts(of_gender("low", {"gaps": []})) == unreadable
	verdicts(of_gender("low", {"groups": [{"values": ["female"], "n": "many"}]})) == unreadable
	verdicts(of_gender("low", {"groups": [{"n": 500}]})) == unreadable
	verdicts(of_gender("low", {"groups": [{"values": [7], "n": 500}]})) == unreadable
}

test_a_gap_that_is_no_number_is_denied if {
	every key in ["value", "low", "high"] {
		broken := object.union(opportunity(0.02, 0, 0.09), {key: "NaN"})
		verdicts(of_gender("low", gaps({"equalOpportunityDifference": broken}))) == unreadable
	}
}

test_a_column_that_was_not_measured_is_denied if {
	missing := {tier: verdicts(run(tier, ["gender"], [])) | some tier in ["low", "medium", "high"]}
	missing == strict("fairness-measured")
	verdicts({"riskTier": "medium", "sensitive": ["gender"]}) == {"fairness-measured deny"}
	verdicts({"riskTier": "medium", "sensitive": ["gender"], "fairness": 7}) == {"fairness-measured deny"}
	verdicts(run("medium", ["gender"], [plan])) == {"fairness-measured deny"}
}

test_a_pair_that_was_not_measured_is_denied if {
	document := run("medium", ["gender", "plan"], [gender, plan])
	verdicts(document) == {"fairness-measured deny"}
	messages(document) == {"gender and plan: the run did not measure how its groups are treated"}
}

test_what_is_no_longer_sensitive_is_not_judged if {
	verdicts(run("high", ["plan"], [plan, object.union(gender, gaps({"equalOpportunityDifference": opportunity(
		0.4,
		0.3,
		0.5,
	)}))])) == set()
}

test_a_model_that_rates_do_not_apply_to_is_told_of if {
	every tier in ["low", "medium", "high"] {
		document := {
			"riskTier": tier,
			"sensitive": ["gender", "plan"],
			"fairness": {"notApplicable": "It predicts a number.", "partitions": []},
		}
		verdicts(document) == {"fairness-applicable warn"}
		messages(document) == {"gender and plan: no rule judges how groups are treated. It predicts a number."}
	}
}

test_a_reason_that_is_no_text_excuses_nothing if {
	document := {"riskTier": "medium", "sensitive": ["gender"], "fairness": {"notApplicable": true}}
	verdicts(document) == {"fairness-measured deny"}
}

test_a_model_without_sensitive_columns_is_not_told_of_rates if {
	verdicts({"riskTier": "low", "sensitive": [], "fairness": {"notApplicable": "It predicts a number."}}) == set()
}

test_too_many_groups_are_denied if {
	many := {"notMeasured": "There are 101 groups.", "groups": []}
	crowded := object.remove(gender, ["gaps"])
	{tier: verdicts(run(tier, ["gender"], [object.union(crowded, object.union(many, {"gaps": {}}))])) |
		some tier in ["low", "medium", "high"]
	} == strict("fairness-comparable")
}

test_too_many_groups_of_a_pair_are_told_of if {
	many := object.union(object.remove(pair, ["gaps"]), {"notMeasured": "There are 101.", "groups": [], "gaps": {}})
	document := run("high", ["gender", "plan"], [gender, plan, many])
	verdicts(document) == {"fairness-comparable warn"}
	messages(document) == {"gender and plan (of the class yes): its groups were not compared. There are 101."}
}

nobody := {"values": ["x"], "n": 0, "rates": {}}

few := {"values": ["x"], "n": 29, "rates": {}}

test_a_group_without_test_rows_is_denied if {
	by_tier({"groups": array.concat(gender.groups, [nobody])}) == strict("fairness-group-present")
	messages(of_gender("high", {"groups": array.concat(gender.groups, [nobody])})) == {concat("", [
		"gender (of the class yes): no test row belongs to x (0 rows), ",
		"so nothing is known of how it is treated",
	])}
}

test_a_small_group_is_named if {
	by_tier({"groups": array.concat(gender.groups, [few])}) == lenient("fairness-group-size")
	messages(of_gender("high", {"groups": array.concat(gender.groups, [few])})) == {concat("", [
		"gender (of the class yes): fewer than 30 test rows belong to x (29 rows)",
	])}
}

test_a_group_of_the_minimum_size_is_large_enough if {
	by_tier({"groups": array.concat(gender.groups, [object.union(few, {"n": 30})])}) == passes
}

test_a_small_group_of_a_pair_is_told_of if {
	document := of_pair("high", {"groups": array.concat(pair.groups, [few, nobody])})
	verdicts(document) == {"fairness-group-size warn"}
	messages(document) == {concat("", [
		"gender and plan (of the class yes): fewer than 30 test rows belong to x (29 rows); x (0 rows)",
	])}
}

test_a_gap_beyond_its_limit_is_denied if {
	apart := gaps({"equalOpportunityDifference": opportunity(0.21, 0.11, 0.31)})
	by_tier(apart) == strict("fairness-within-limit")
	messages(of_gender("medium", apart)) == {concat("", [
		"gender (of the class yes): the equal opportunity difference is 0.21 (95 % interval 0.11 to 0.31), ",
		"above the limit of 0.1; lowest true positive rate female with 0.61 of 120 rows, ",
		"highest male with 0.63 of 120 rows",
	])}
}

test_a_ratio_beyond_its_limit_is_denied if {
	apart := gaps({"demographicParityRatio": ratio(0.6, 0.5, 0.79)})
	by_tier(apart) == strict("fairness-within-limit")
	messages(of_gender("medium", apart)) == {concat("", [
		"gender (of the class yes): the demographic parity ratio is 0.6 (95 % interval 0.5 to 0.79), ",
		"below the limit of 0.8; lowest selection rate female with 0.4 of 500 rows, ",
		"highest male with 0.42 of 500 rows",
	])}
}

test_a_gap_of_a_pair_is_denied if {
	verdicts(of_pair("medium", gaps({"demographicParityRatio": ratio(0.6, 0.5, 0.79)}))) == {"fairness-within-limit deny"}
}

test_a_gap_at_its_limit_passes if {
	by_tier(gaps({"equalOpportunityDifference": opportunity(0.05, 0, 0.1)})) == passes
	by_tier(gaps({"demographicParityRatio": ratio(0.9, 0.8, 1)})) == passes
}

test_an_interval_around_the_limit_is_not_enough_data if {
	unsure := gaps({"equalOpportunityDifference": opportunity(0.04, 0.1, 0.17)})
	by_tier(unsure) == lenient("fairness-enough-data")
	by_tier(gaps({"demographicParityRatio": ratio(0.9, 0.79, 0.8)})) == lenient("fairness-enough-data")
	messages(of_gender("medium", unsure)) == {concat("", [
		"gender (of the class yes): there is not enough data to tell whether the equal opportunity difference keeps ",
		"the limit of at most 0.1: it is 0.04 (95 % interval 0.1 to 0.17); ",
		"lowest true positive rate female with 0.61 of 120 rows, highest male with 0.63 of 120 rows",
	])}
}

test_a_gap_that_is_undefined_is_not_enough_data if {
	undefined := run("medium", ["gender"], [object.union(
		object.remove(gender, ["gaps"]),
		{"gaps": {"equalOpportunityDifference": opportunity(0.02, 0, 0.09)}},
	)])
	verdicts(undefined) == {"fairness-enough-data warn"}
	messages(undefined) == {concat("", [
		"gender (of the class yes): there is not enough data to tell whether the demographic parity ratio keeps ",
		"the limit of at least 0.8: it is undefined, because no row is selected or fewer than two groups have rows ",
		"that it is a share of",
	])}
}

test_not_enough_data_of_a_pair_is_told_of if {
	verdicts(of_pair("high", gaps({"equalOpportunityDifference": opportunity(0.04, 0, 0.17)}))) == {"fairness-enough-data warn"}
}

test_a_gap_whose_groups_are_not_there_is_denied_all_the_same if {
	strange := {
		"equalOpportunityDifference": object.union(opportunity(0.21, 0.11, 0.31), {"lowest": [7], "rate": 7}),
	}
	verdicts(of_gender("medium", gaps(strange))) == {"fairness-within-limit deny"}
}

turned := {
	"column": "gender",
	"groups": ["female", "male"],
	"within": "plan",
	"rate": "selectionRate",
	"overall": {"value": -0.05},
	"stratified": {"value": 0.04},
}

test_a_reversal_is_told_of if {
	document := of_pair("high", {"reversals": [turned]})
	verdicts(document) == {"fairness-reversal warn"}
	messages(document) == {concat("", [
		"gender and plan (of the class yes): the selection rate of female less that of male is -0.05 over all rows ",
		"and 0.04 within the groups of plan",
	])}
}

test_a_reversal_that_cannot_be_read_is_not_told_of if {
	every key in ["overall", "stratified"] {
		verdicts(of_pair("high", {"reversals": [object.union(turned, {key: 7})]})) == set()
	}
	verdicts(of_pair("high", {"reversals": 7})) == set()
	verdicts(run("high", ["gender"], [object.remove(gender, ["reversals"])])) == set()
}

test_every_finding_says_what_it_is if {
	document := of_pair("medium", object.union(
		gaps({"equalOpportunityDifference": opportunity(0.21, 0.11, 0.31)}),
		{"groups": [few, nobody], "reversals": [turned]},
	))
	found := fairness.findings with input as document
	count(found) == 3
	every each in found {
		object.keys(each) == {"id", "controls", "severity", "message", "path", "remediation", "evidence"}
		count(each.controls) > 0
		each.path == "/spec/sensitive"
		count(each.remediation) > 20
	}
}
