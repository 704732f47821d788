package plumbline.admission_test

import data.plumbline.admission

model := {"kind": "Model", "metadata": {"owner": "team@example.com"}, "spec": {"riskTier": "low"}}

with_tier(tier) := object.union(model, {"spec": {"riskTier": tier}})

with_owner(owner) := object.union(model, {"metadata": {"owner": owner}})

ids(document) := result if {
	result := {found.id | some found in admission.findings} with input as document
}

test_a_complete_model_passes if ids({"resource": model}) == set()

test_every_kind_is_known if {
	every kind in ["Dataset", "Training", "Serving", "Monitoring"] {
		ids({"resource": {"kind": kind}}) == set()
	}
}

test_an_unknown_kind_is_denied if ids({"resource": {"kind": "Gateway"}}) == {"kind-known"}

test_a_missing_kind_is_denied if ids({"resource": {}}) == {"kind-known"}

test_a_kind_of_another_type_is_denied if ids({"resource": {"kind": 7}}) == {"kind-known"}

test_an_empty_input_is_denied if ids({}) == {"kind-known"}

test_an_input_of_another_type_is_denied if ids("Model") == {"kind-known"}

test_a_blank_owner_is_denied if ids({"resource": with_owner("  ")}) == {"owner-present"}

test_a_missing_owner_is_denied if {
	ids({"resource": json.remove(model, ["metadata/owner"])}) == {"owner-present"}
}

test_missing_metadata_are_denied if ids({"resource": json.remove(model, ["metadata"])}) == {"owner-present"}

test_an_owner_of_another_type_is_denied if {
	ids({"resource": with_owner(["team@example.com"])}) == {"owner-present"}
}

test_only_a_model_needs_an_owner if ids({"resource": {"kind": "Dataset", "metadata": {}}}) == set()

test_an_unknown_tier_is_denied if ids({"resource": with_tier("none")}) == {"risk-tier-known"}

test_a_missing_tier_is_denied if {
	ids({"resource": json.remove(model, ["spec/riskTier"])}) == {"risk-tier-known"}
}

test_a_tier_of_another_type_is_denied if ids({"resource": with_tier(3)}) == {"risk-tier-known"}

test_a_card_opens_the_higher_tiers if {
	every tier in ["medium", "high"] {
		ids({"resource": with_tier(tier), "card": {"head": {}}}) == set()
	}
}

test_only_a_model_needs_a_card if {
	ids({"resource": {"kind": "Dataset", "spec": {"riskTier": "high"}}}) == set()
}

test_a_missing_card_closes_the_higher_tiers if {
	every tier in ["medium", "high"] {
		ids({"resource": with_tier(tier)}) == {"card-present"}
	}
}

test_a_card_of_another_type_is_none if {
	ids({"resource": with_tier("high"), "card": "# Purpose"}) == {"card-present"}
}

test_everything_wrong_is_said_at_once if {
	ids({"resource": object.union(with_owner(""), {"spec": {"riskTier": "high"}})}) == {"owner-present", "card-present"}
}
