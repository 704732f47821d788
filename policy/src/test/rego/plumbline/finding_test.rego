package plumbline.finding_test

import data.plumbline.finding

test_a_number_is_rounded_to_four_decimals if {
	finding.rounded(0.84312751) == 0.8431
	finding.rounded(-0.84316) == -0.8432
	finding.rounded(999999999.12345) == 999999999.1235
}

test_a_number_is_rounded_towards_one_side if {
	finding.rounded_down(0.84316) == 0.8431
	finding.rounded_up(0.84311) == 0.8432
	finding.rounded_down(0.8431) == 0.8431
	finding.rounded_up(0.8431) == 0.8431
}

test_a_number_that_is_too_small_or_too_large_stays_as_it_is if {
	every number in [0.00099999, -0.00012345, 0, 1000000000.12345, -5000000000.98765] {
		finding.rounded(number) == number
		finding.rounded_down(number) == number
		finding.rounded_up(number) == number
	}
	finding.rounded(0.00123456) == 0.0012
}

test_what_the_input_does_not_hold_is_null if {
	finding.given(["a", "b"]) == 1 with input as {"a": {"b": 1}}
	finding.given(["a", "b"]) == null with input as {"a": 3}
	finding.given(["a"]) == null with input as "text"
}

test_a_finding_has_the_name_of_its_rule if {
	rule := {"custom": {"id": "some-rule", "controls": ["PLB-1"]}}
	about := {"message": "m", "path": "/p", "remediation": "r", "evidence": {}}
	named := object.union(about, {"id": "some-rule", "controls": ["PLB-1"]})
	finding.deny(rule, about) == object.union(named, {"severity": "deny"})
	finding.warn(rule, about) == object.union(named, {"severity": "warn"})
}
