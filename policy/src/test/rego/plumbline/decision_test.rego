package plumbline_test

import data.plumbline

asked(question) := decision if {
	decision := plumbline.decision with input as object.union(
		{"organisation": {"exceptions": [], "revocations": []}, "time": "2026-11-22T10:00:00Z"},
		question,
	)
}

test_an_admission_is_decided if {
	decision := asked({"gate": "admission", "resource": {"kind": "Dataset"}})
	decision == {"gate": "admission", "allow": true, "findings": set()}
}

test_a_registration_is_decided if {
	decision := asked({
		"gate": "registration",
		"riskTier": "low",
		"sensitive": [],
		"require": {},
		"parity": {"rows": 3, "mismatches": 0},
	})
	decision == {"gate": "registration", "allow": true, "findings": set()}
}

test_fairness_is_part_of_a_registration if {
	decision := asked({
		"gate": "registration",
		"riskTier": "high",
		"sensitive": [],
		"require": {},
		"parity": {"rows": 3, "mismatches": 0},
	})
	not decision.allow
	{finding.id | some finding in decision.findings} == {"fairness-declared"}
}

test_a_promotion_is_decided if {
	decision := asked({"gate": "promotion"})
	decision.gate == "promotion"
	not decision.allow
	count(decision.findings) == 4
}

test_a_warning_allows if {
	decision := asked({
		"gate": "promotion",
		"candidate": {"digest": "a", "registration": {
			"gate": "registration",
			"verdict": "b",
			"allowed": true,
			"model": "a",
		}},
		"current": "churn/v1",
		"comparison": {"status": "not-enough-data", "rows": 3},
		"tolerance": 0,
	})
	decision.allow
	{found.severity | some found in decision.findings} == {"warn"}
}

test_a_denial_denies_beside_a_warning if {
	decision := asked({
		"gate": "promotion",
		"current": "churn/v1",
		"comparison": {"status": "not-enough-data", "rows": 3},
		"tolerance": 0,
	})
	not decision.allow
	"warn" in {found.severity | some found in decision.findings}
}

test_every_finding_says_what_it_is if {
	decision := asked({"gate": "promotion"})
	every found in decision.findings {
		object.keys(found) == {"id", "controls", "severity", "message", "path", "remediation", "evidence"}
		count(found.controls) > 0
	}
}

test_an_unknown_gate_is_undefined if not asked({"gate": "archival"})

test_a_missing_gate_is_undefined if not asked({})

test_a_gate_of_another_type_is_undefined if not asked({"gate": ["admission"]})

test_thresholds_that_cannot_be_read_leave_it_undefined if {
	question := {
		"gate": "registration",
		"riskTier": "low",
		"sensitive": [],
		"require": {},
		"parity": {"rows": 3, "mismatches": 0},
	}
	thresholds := {"low": {"metrics": {}, "fairness": {"limits": {}}}}
	asked(object.union(question, {"organisation": {"thresholds": thresholds}})).allow
	not asked(object.union(question, {"organisation": {"thresholds": {"low": {}}}}))
}
