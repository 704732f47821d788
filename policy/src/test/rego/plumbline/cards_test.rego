package plumbline.cards_test

import data.plumbline.cards

section(title, text) := {"title": title, "paragraphs": [text], "tables": []}

risks := {"title": "Risks", "paragraphs": ["a risk"], "tables": [{
	"columns": ["Risk", "Treatment", "Residual"],
	"rows": [["a customer is called at night", "calls only by day", "low"]],
}]}

annex := {"title": "Annex IV", "paragraphs": ["parts"], "tables": [{
	"columns": ["Part", "Where"],
	"rows": [[$"{part}. part", "in this card"] | some part in numbers.range(1, 9)],
}]}

low := [
	section("Purpose", "Tells who may leave."),
	section("Out-of-scope uses", "Prices."),
	section("Training data", "Customers of 2025."),
]

medium := array.concat(low, [
	section("Slices", "Women and men."),
	section("Limitations", "No business customers."),
	section("Monitoring", "Requests and errors."),
	section("Rollback", "The version before."),
])

high := array.concat(medium, [
	section("Fairness", "Equal chances by Gender; by age we accept a tenth."),
	section("Human oversight", "The team lead stops it."),
	risks,
	annex,
])

head := {
	"model": "churn",
	"contact": "team@example.com",
	"license": "Apache-2.0",
	"validator": "risk@example.com",
	"overseer": "lead@example.com",
}

card(sections) := {"head": head, "introduction": ["What it is."], "sections": sections, "problems": []}

question(tier, card_given) := {
	"resource": {
		"kind": "Model",
		"metadata": {"name": "churn", "owner": "team@example.com"},
		"spec": {"riskTier": tier, "sensitive": ["gender", "age"]},
	},
	"card": card_given,
}

found(asked) := findings if {
	findings := cards.findings with input as asked
}

said(asked) := {[each.id, each.severity, each.path] | some each in found(asked)}

of_rule(id, asked) := {[each.severity, each.path] | some each in found(asked); each.id == id}

missing(asked) := {each.evidence.section | some each in found(asked); each.id == "card-section-present"}

with_head(fields) := object.union(card(high), {"head": object.union(head, fields)})

without_head(field) := json.remove(card(high), [$"head/{field}"])

with_section(tier, sections, changed) := question(tier, card([each |
	some given in sections
	each := replaced(given, changed)
]))

replaced(given, changed) := changed if {
	given.title == changed.title
} else := given

test_complete_cards_pass if {
	said(question("low", card(low))) == set()
	said(question("medium", card(medium))) == set()
	said(question("high", card(high))) == set()
}

test_only_models_have_cards if {
	said(object.union(question("high", {}), {"resource": {"kind": "Dataset"}})) == set()
	said({"resource": {"kind": "Model"}}) == set()
	said(question("high", "# Card")) == set()
	said("Model") == set()
}

test_an_empty_card_lacks_everything if {
	every tier, counted in {"low": 6, "medium": 10, "high": 16} {
		count(found(question(tier, {}))) == counted
	}
	{each.severity | some each in found(question("low", {}))} == {"warn"}
	{each.severity | some each in found(question("medium", {}))} == {"deny"}
	{each.severity | some each in found(question("high", {}))} == {"deny"}
}

test_what_cannot_be_read_is_found if {
	broken := object.union(card(medium), {"problems": [{"line": 3, "message": "no `x`", "hint": "drop it"}]})
	some each in found(question("medium", broken))
	each.id == "card-readable"
	each.severity == "deny"
	each.path == "/card/problems/0"
	each.message == "the card cannot be read whole: line 3: no `x`"
	each.remediation == "drop it"
	said(question("low", broken)) == {["card-readable", "warn", "/card/problems/0"]}
}

test_a_problem_without_a_hint_is_found if {
	every problem in [{"line": 3, "message": "wrong"}, {"line": 3, "message": "wrong", "hint": 7}, "wrong"] {
		some each in found(question("medium", object.union(card(medium), {"problems": [problem]})))
		each.id == "card-readable"
		each.remediation == "mend it"
	}
}

test_the_head_says_whom_to_ask_at_every_tier if {
	every tier, sections in {"low": low, "medium": medium, "high": high} {
		every field in ["model", "contact", "license"] {
			bare := json.remove(card(sections), [$"head/{field}"])
			{[each.id, each.path] | some each in found(question(tier, bare))} == {[
				"card-head-complete",
				$"/card/head/{field}",
			]}
		}
	}
}

test_the_head_says_who_examined_and_who_watches_at_the_high_tier if {
	every field in ["validator", "overseer"] {
		said(question("high", without_head(field))) == {["card-head-complete", "deny", $"/card/head/{field}"]}
		said(question("medium", without_head(field))) == set()
	}
}

test_blank_and_mistyped_fields_are_missing if {
	every given in ["  ", 7, ["team@example.com"], {"name": "team"}] {
		said(question("high", with_head({"overseer": given}))) == {["card-head-complete", "deny", "/card/head/overseer"]}
	}
}

test_a_card_is_about_its_model if {
	said(question("medium", with_head({"model": "other"}))) == {["card-of-model", "deny", "/card/head/model"]}
	said(question("low", with_head({"model": "other"}))) == {["card-of-model", "warn", "/card/head/model"]}
	nameless := json.remove(question("medium", card(medium)), ["resource/metadata/name"])
	said(nameless) == {["card-of-model", "deny", "/card/head/model"]}
	misnamed := object.union(question("medium", card(medium)), {"resource": {"metadata": {"name": 7}}})
	said(misnamed) == {["card-of-model", "deny", "/card/head/model"]}
}

test_every_section_is_asked_for_from_its_tier_on if {
	missing(question("high", card([]))) == {each.title | some each in high}
	missing(question("medium", card(low))) == {each.title | some each in medium} - {each.title | some each in low}
	said(question("low", card([]))) == {["card-section-present", "warn", "/card/sections"]}
}

test_what_is_missing_is_told if {
	some each in found(question("medium", card([each | some each in medium; each.title != "Limitations"])))
	each.message == "the card lacks the section Limitations"
	each.remediation == `write a heading "## Limitations" and below it where the model is known or likely to be wrong`
}

test_titles_are_compared_as_people_do if {
	renamed := array.concat(
		[section("1. INTENDED USE:", "Tells who may leave."), section("Out of scope", "Prices.")],
		[section("Training data description", "Customers.")],
	)
	said(question("low", card(renamed))) == set()
}

test_a_title_of_another_type_is_none if {
	mistyped := array.concat([section(7, "Tells who may leave.")], array.slice(low, 1, 3))
	said(question("low", card(mistyped))) == {["card-section-present", "warn", "/card/sections"]}
}

test_no_section_is_empty if {
	every empty in [[], ["  ", "\n"], [7]] {
		asked := with_section("medium", medium, {"title": "Rollback", "paragraphs": empty, "tables": []})
		said(asked) == {["card-section-written", "deny", "/card/sections/6"]}
	}
	bare := with_section("low", low, {"title": "Purpose"})
	said(bare) == {["card-section-written", "warn", "/card/sections/0"]}
	own := array.concat(medium, [{"title": "Notes", "paragraphs": [], "tables": []}])
	some each in found(question("medium", card(own)))
	each.id == "card-section-written"
	each.remediation == "write it, or take the heading out"
}

drafts := [
	"TODO: ask legal",
	"to be done (tbd)",
	"fixme",
	"Lorem ipsum dolor",
	"lorem ipsum dolor",
	"Predicts churn. <Who decides what by it?>",
	"<what must it not be used for>.",
	"[describe the data]",
	"[Your text here]",
	"Describe the training data here.",
	"- please describe who is missing",
	"Fill in before release",
	"...",
	"…",
	"A draft by `plumb init`.",
]

test_placeholders_are_found_in_sections if {
	asked := question("medium", card([{"title": "Purpose", "paragraphs": drafts, "tables": []}]))
	of_rule("card-placeholder", asked) == {["deny", path] |
		some number, _ in drafts
		path := $"/card/sections/0/paragraphs/{number}"
	}
}

test_placeholders_are_found_before_the_sections if {
	asked := question("low", object.union(card(low), {"introduction": ["What it is.", "TODO"]}))
	said(asked) == {["card-placeholder", "warn", "/card/introduction/1"]}
}

test_placeholders_are_found_in_the_head if {
	said(question("high", with_head({"overseer": "TODO"}))) == {["card-placeholder", "deny", "/card/head/overseer"]}
	said(question("low", with_head({"other": "TBD"}))) == {["card-placeholder", "warn", "/card/head/other"]}
}

test_what_is_found_is_told if {
	some each in found(with_section("medium", medium, section("Purpose", "Calls. <Who decides?>")))
	each.message == "the section Purpose of the card is still a draft: <Who decides?>"
	each.remediation == "write what is decided with the prediction, by whom, and whom it concerns"
}

test_prose_is_no_placeholder if {
	prose := [
		"Metrics describe the customers of 2025.",
		"Right for a < b and c > d.",
		"`GET /v1/models/<model>` answers.",
		"The todos of the team are in its tracker.",
		"Values between 0.1 ... 0.9",
		"See [the description](https://example.com).",
		"Drafts of contracts are no input.",
	]
	asked := question("medium", card([{"title": "Purpose", "paragraphs": prose, "tables": []}]))
	of_rule("card-placeholder", asked) == set()
}

test_text_of_another_type_is_no_placeholder if {
	mixed := {"title": "Purpose", "paragraphs": ["Tells who may leave.", 7], "tables": []}
	said(with_section("low", low, mixed)) == set()
	said(question("low", object.union(card(low), {"introduction": [7]}))) == set()
}

test_whoever_validates_did_not_build_it if {
	expected := {["card-validator-independent", "deny", "/card/head/validator"]}
	said(question("high", with_head({"validator": " Team@example.com"}))) == expected
	said(question("high", with_head({"validator": "a@example.com", "contact": "A@example.com "}))) == expected
	said(question("medium", with_head({"validator": "team@example.com"}))) == set()
	ownerless := json.remove(question("high", card(high)), ["resource/metadata/owner"])
	said(ownerless) == set()
	mistyped := object.union(question("high", card(high)), {"resource": {"metadata": {"owner": 7}}})
	said(mistyped) == set()
}

test_fairness_speaks_of_every_sensitive_column if {
	expected := {["card-fairness-named", "deny", "/card/sections/7"]}
	said(with_section("high", high, section("Fairness", "Equal chances by gender."))) == expected
	said(with_section("medium", high, section("Fairness", "Equal chances by gender."))) == set()
	undeclared := json.remove(question("high", card(high)), ["resource/spec/sensitive"])
	said(undeclared) == set()
	mistyped := object.union(question("high", card(high)), {"resource": {"spec": {"sensitive": [7]}}})
	said(mistyped) == expected
}

risks_with(table) := question("high", card([{"title": "Risks", "paragraphs": ["a"], "tables": [table]}]))

test_every_risk_is_treated if {
	every table in [
		{"columns": ["Risk", "Treatment", "Residual"], "rows": []},
		{"columns": ["Risk", "Treatment", "Residual"], "rows": [["a", "", "low"]]},
		{"columns": ["Risk", "Treatment"], "rows": [["a", "b"]]},
		{"columns": ["Risk", "Residual"], "rows": [["a", "b"]]},
	] {
		of_rule("card-risks-treated", risks_with(table)) == {["deny", "/card/sections/0"]}
	}
	of_rule("card-risks-treated", risks_with({
		"columns": ["Risk", "Mitigation", "Residual risk"],
		"rows": [["a", "b", "c"]],
	})) == set()
}

test_a_table_of_risks_of_another_form_is_none if {
	every table in [
		{"columns": ["Risk", "Treatment", "Residual"], "rows": [["a", 7, "low"]]},
		{"columns": [7], "rows": [["a"]]},
		{"rows": [["a", "b", "c"]]},
		{"columns": ["Risk", "Treatment", "Residual"]},
		"none",
	] {
		of_rule("card-risks-treated", risks_with(table)) == {["deny", "/card/sections/0"]}
	}
	tableless := question("high", card([{"title": "Risks", "paragraphs": ["a"]}]))
	of_rule("card-risks-treated", tableless) == {["deny", "/card/sections/0"]}
}

test_only_the_high_tier_needs_tables if {
	asked := question("medium", card(array.concat(medium, [section("Risks", "None."), section("Annex IV", "None.")])))
	said(asked) == set()
}

annex_with(rows) := question("high", card([{"title": "Annex IV", "paragraphs": ["a"], "tables": [{
	"columns": ["Part", "Where"],
	"rows": rows,
}]}]))

test_every_part_of_the_annex_is_placed if {
	every number in [0, 4, 8] {
		rest := [row | some index, row in annex.tables[0].rows; index != number]
		some each in found(annex_with(rest))
		each.id == "card-annex-complete"
		each.path == "/card/sections/0"
		each.severity == "deny"
		each.evidence.missing == [$"{number + 1}"]
	}
	of_rule("card-annex-complete", annex_with(annex.tables[0].rows)) == set()
}

test_a_part_of_the_annex_of_another_form_is_none if {
	every changed in [["1. part", " "], ["1. part", 7], ["1. part"], [1, "here"], ["12. part", "here"], ["one", "a"], "1"] {
		placed := array.concat([changed], array.slice(annex.tables[0].rows, 1, 9))
		of_rule("card-annex-complete", annex_with(placed)) == {["deny", "/card/sections/0"]}
	}
}

test_an_unknown_tier_blocks_what_is_found if {
	said(question("none", with_head({"model": "other"}))) == {["card-of-model", "deny", "/card/head/model"]}
	tierless := json.remove(question("low", with_head({"model": "other"})), ["resource/spec/riskTier"])
	said(tierless) == {["card-of-model", "deny", "/card/head/model"]}
}

stating(tier, metrics, measured) := object.union(
	question(tier, object.union(card(high), {"head": object.union(head, {"metrics": metrics})})),
	{"measured": measured},
)

test_a_number_is_what_was_measured if {
	of_v1 := {"v1": {"auc": 0.8513127}}
	every value in [0.8513127, 0.8513136, 0.8513118] {
		said(stating("medium", [{"name": "auc", "value": value, "version": "v1"}], of_v1)) == set()
	}
	every value in [0.9, 0.851314, 0.851311, 0.85] {
		wrong := [{"name": "auc", "value": value, "version": "v1"}]
		said(stating("medium", wrong, of_v1)) == {["card-number-true", "deny", "/card/head/metrics/0/value"]}
	}
}

test_a_wrong_number_is_told if {
	wrong := [{"name": "f1", "value": 0.7, "version": "v1"}, {"name": "auc", "value": 0.9, "version": "v1"}]
	asked := stating("medium", wrong, {"v1": {"auc": 0.85, "f1": 0.7}})
	some each in found(asked)
	each.message == "the card states auc 0.9 of v1, which measured 0.85"
	each.remediation == "write value: 0.85, or take the number out: the ledger has what was measured"
	each.path == "/card/head/metrics/1/value"
	{each_low.severity | some each_low in found(object.union(asked, {"resource": {"spec": {"riskTier": "low"}}}))} == {"warn"}
}

test_a_number_of_nothing_is_none if {
	stated := [{"name": "auc", "value": 0.9, "version": "v9"}]
	expected := {["card-number-measured", "deny", "/card/head/metrics/0"]}
	said(stating("high", stated, {"v9": "not-registered"})) == expected
	said(stating("high", stated, {"v9": {"f1": 0.7}})) == expected
	said(stating("high", stated, {"v9": {"auc": "NaN"}})) == expected
	said(stating("low", stated, {"v9": {}})) == {["card-number-measured", "warn", "/card/head/metrics/0"]}
}

test_why_there_is_no_number_is_told if {
	stated := [{"name": "auc", "value": 0.9, "version": "v9"}]
	{each.message | some each in found(stating("high", stated, {"v9": "not-registered"}))} == {concat("", [
		"the card states auc of v9, ",
		"but no version v9 is registered",
	])}
	{each.message | some each in found(stating("high", stated, {"v9": {}}))} == {concat("", [
		"the card states auc of v9, ",
		"but auc was not measured of it",
	])}
}

test_a_number_that_is_no_longer_at_hand_is_told if {
	stated := [{"name": "auc", "value": 0.9, "version": "v1"}]
	said(stating("high", stated, {"v1": "not-kept"})) == {["card-number-at-hand", "warn", "/card/head/metrics/0"]}
}

test_numbers_are_compared_where_there_is_a_ledger if {
	stated := [{"name": "auc", "value": 0.9, "version": "v1"}]
	said(stating("high", stated, {})) == set()
	said(stating("high", stated, 7)) == set()
}

test_numbers_of_another_form_are_left_to_the_schema if {
	every metrics in [7, "auc", [7], [{"name": "auc", "version": "v1"}], [{"value": 0.9, "version": "v1"}]] {
		of_rule("card-number-true", stating("high", metrics, {"v1": {"auc": 0.8}})) == set()
	}
	mistyped := [{"name": "auc", "value": "0.9", "version": "v1"}]
	said(stating("high", mistyped, {"v1": {"auc": 0.8}})) == set()
}
