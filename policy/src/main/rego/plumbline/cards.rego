# METADATA
# title: Model cards
# description: |
#   Does the card of a Model say what people need to know? Part of the admission gate. A low tier may keep a draft, so there
#   every finding only warns. What a run measures is no part of a card: it is filled in when the card is rendered.
package plumbline.cards

import data.plumbline.finding

# METADATA
# title: Every risk tier
every_tier := {"low", "medium", "high"}

# METADATA
# title: Risk tiers from the medium one on
raised := {"medium", "high"}

# METADATA
# title: Sections that a card has
# description: |
#   By the title in lower case: the risk tiers that ask for it, other titles that count, and what to write. They follow the
#   model card that the field knows (Mitchell et al. 2019, "Model Cards for Model Reporting") and Annex IV of the EU AI Act.
asked := {
	"purpose": {
		"title": "Purpose",
		"tiers": every_tier,
		"also": {"intended use", "intended uses"},
		"write": "what is decided with the prediction, by whom, and whom it concerns",
	},
	"out-of-scope uses": {
		"title": "Out-of-scope uses",
		"tiers": every_tier,
		"also": {"out-of-scope use", "out of scope"},
		"write": "what the model must not be used for",
	},
	"training data": {
		"title": "Training data",
		"tiers": every_tier,
		"also": {"training data description"},
		"write": "where the rows are from, of which time, who is in them and who is missing",
	},
	"slices": {
		"title": "Slices",
		"tiers": raised,
		"also": set(),
		"write": "for which groups it is measured separately, and why these",
	},
	"limitations": {
		"title": "Limitations",
		"tiers": raised,
		"also": {"limits"},
		"write": "where the model is known or likely to be wrong",
	},
	"monitoring": {
		"title": "Monitoring",
		"tiers": raised,
		"also": set(),
		"write": "what is watched while it serves, where it is seen, and who looks",
	},
	"rollback": {
		"title": "Rollback",
		"tiers": raised,
		"also": {"rollback target"},
		"write": "what serves instead when it is taken back, and who does that",
	},
	"fairness": {
		"title": "Fairness",
		"tiers": {"high"},
		"also": set(),
		"write": "for each sensitive column, what unequal treatment would mean and what is accepted",
	},
	"human oversight": {
		"title": "Human oversight",
		"tiers": {"high"},
		"also": {"oversight"},
		"write": "who watches over its use, what they see, and how they stop it",
	},
	"risks": {
		"title": "Risks",
		"tiers": {"high"},
		"also": {"risk management"},
		"write": "a table with the columns Risk, Treatment and Residual, one row a risk",
	},
	"annex iv": {
		"title": "Annex IV",
		"tiers": {"high"},
		"also": {"regulation map"},
		"write": "a table with the columns Part and Where: for each of the parts 1 to 9, where it is documented",
	},
}

# METADATA
# title: Fields that the head of a card has
fields := {
	"model": {"tiers": every_tier, "write": "the metadata.name of the Model that the card describes"},
	"contact": {"tiers": every_tier, "write": "an address at which people ask about the model"},
	"license": {"tiers": every_tier, "write": "the terms of its use as an SPDX expression, such as Apache-2.0"},
	"validator": {"tiers": {"high"}, "write": "who examined the model without having built it"},
	"overseer": {"tiers": {"high"}, "write": "the person who watches over its use and may stop it"},
}

# METADATA
# title: What stands for words that are still to be written
# description: |
#   Marks of editors, words in angle brackets or square ones as drafts have them, dots alone, and paragraphs that tell the
#   author what to describe.
placeholder := concat("|", [
	`(?i)\b(?:TODO|TBD|TBA|FIXME|XXX)\b`,
	`lorem ipsum`,
	`(?:^|\s)<[a-z][^<>]{2,}>(?:$|[\s.,;:)])`,
	`\[(?:describe|fill in|insert|your)\b[^\]]*\]`,
	`^\W*(?:please )?(?:describe|fill in|write here)\b`,
	`^(?:\.\.\.|…)$`,
	`\ba draft by .plumb init.`,
])

# METADATA
# title: The card can be read
# description: What cannot be read is not known. Its head follows the schema of card heads.
# custom:
#   id: card-readable
#   controls: [PLB-CRD-1]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["EU AI Act, Art. 11(1)"]
findings contains found if {
	carded
	some index, problem in input.card.problems
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the card cannot be read whole: line {problem.line}: {problem.message}",
		"path": $"/card/problems/{index}",
		"remediation": hint(problem),
		"evidence": {"problem": problem},
	})
}

# METADATA
# title: The head of the card is complete
# description: Whom to ask, under which terms it may be used, and at the high tier who examined it and who watches it.
# custom:
#   id: card-head-complete
#   controls: [AIA-11, AIA-14, PLB-CRD-2, RMF-GV]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["EU AI Act, Annex IV(1)", "EU AI Act, Art. 14", "NIST AI RMF 1.0, GOVERN 2.1"]
findings contains found if {
	carded
	some field, wanted in fields
	tier in wanted.tiers
	not filled(field)
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the head of the card lacks {field}",
		"path": $"/card/head/{field}",
		"remediation": $"write {field}: into the head between the lines of three hyphens: {wanted.write}",
		"evidence": {"field": field, "given": finding.given(["card", "head", field]), "riskTier": tier},
	})
}

# METADATA
# title: The card is about this model
# custom:
#   id: card-of-model
#   controls: [PLB-CRD-3]
#   severity: {low: warn, medium: deny, high: deny}
findings contains found if {
	carded
	filled("model")
	not about_this_model
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the card is about the model {input.card.head.model}, not about this one",
		"path": "/card/head/model",
		"remediation": "name this Model in the head of its card, or give it a card of its own",
		"evidence": {"model": input.card.head.model, "name": finding.given(["resource", "metadata", "name"])},
	})
}

# METADATA
# title: The card has the sections that the risk tier asks for
# custom:
#   id: card-section-present
#   controls: [AIA-11, AIA-13, PLB-CRD-4, RMF-MP]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["EU AI Act, Art. 13(3)", "EU AI Act, Annex IV", "NIST AI RMF 1.0, MAP 1.1"]
findings contains found if {
	carded
	some name, wanted in asked
	tier in wanted.tiers
	count(numbers(name)) == 0
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the card lacks the section {wanted.title}",
		"path": "/card/sections",
		"remediation": $"write a heading \"## {wanted.title}\" and below it {wanted.write}",
		"evidence": {"section": wanted.title, "riskTier": tier},
	})
}

# METADATA
# title: No section of the card is empty
# custom:
#   id: card-section-written
#   controls: [AIA-11, PLB-CRD-5]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["EU AI Act, Annex IV"]
findings contains found if {
	carded
	some index, section in input.card.sections
	count(said(section)) == 0
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the section {section.title} of the card is empty",
		"path": $"/card/sections/{index}",
		"remediation": $"write {wanted_of(section.title)}",
		"evidence": {"section": section.title},
	})
}

# METADATA
# title: Nothing in the card is still to be written
# description: Draft sentences, words in angle brackets and marks such as TODO say that somebody has not decided yet.
# custom:
#   id: card-placeholder
#   controls: [AIA-11, PLB-CRD-6]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["EU AI Act, Annex IV"]
findings contains found if {
	carded
	some text in texts
	some marks in regex.find_all_string_submatch_n(placeholder, text.text, 1)
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"{text.where} is still a draft: {trim_space(marks[0])}",
		"path": text.path,
		"remediation": $"write {text.write}",
		"evidence": {"placeholder": trim_space(marks[0])},
	})
}

# METADATA
# title: Somebody else examined the model
# description: Who validates a model of the high tier has not built it.
# custom:
#   id: card-validator-independent
#   controls: [MRM-2, PLB-CRD-7]
#   severity: {high: deny}
#   references: ["SR 26-2, effective challenge"]
findings contains found if {
	carded
	tier == "high"
	filled("validator")
	lower(trim_space(input.card.head.validator)) in builders
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"{input.card.head.validator} validates the model and also answers for it",
		"path": "/card/head/validator",
		"remediation": "name a validator who is neither the owner of the Model nor the contact of its card",
		"evidence": {"validator": input.card.head.validator, "builders": sort(builders)},
	})
}

# METADATA
# title: The card speaks of every sensitive column
# custom:
#   id: card-fairness-named
#   controls: [AIA-10, PLB-CRD-8, RMF-MS]
#   severity: {high: deny}
#   references: ["EU AI Act, Art. 10(2)(f)", "NIST AI RMF 1.0, MEASURE 2.11"]
findings contains found if {
	carded
	tier == "high"
	some index in numbers("fairness")
	some column in input.resource.spec.sensitive
	not mentioned(input.card.sections[index], column)
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the section Fairness of the card does not speak of the sensitive column {column}",
		"path": $"/card/sections/{index}",
		"remediation": $"write what unequal treatment by {column} would mean and what is accepted, and call it {column}",
		"evidence": {"column": column},
	})
}

# METADATA
# title: Every risk has its treatment and what is left of it
# custom:
#   id: card-risks-treated
#   controls: [AIA-9, PLB-CRD-9, RMF-MG]
#   severity: {high: deny}
#   references: ["EU AI Act, Art. 9", "EU AI Act, Annex IV(5)", "NIST AI RMF 1.0, MANAGE 1.4"]
findings contains found if {
	carded
	tier == "high"
	some index in numbers("risks")
	not treated(input.card.sections[index])
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": "the section Risks of the card has no table in which every risk has a treatment and a residual rating",
		"path": $"/card/sections/{index}",
		"remediation": $"write {asked.risks.write}, and leave no cell empty",
		"evidence": {"section": input.card.sections[index].title},
	})
}

# METADATA
# title: Every part of Annex IV is to be found
# custom:
#   id: card-annex-complete
#   controls: [AIA-11, PLB-CRD-10]
#   severity: {high: deny}
#   references: ["EU AI Act, Annex IV(1)-(9)"]
findings contains found if {
	carded
	tier == "high"
	some index in numbers("annex iv")
	missing := parts_of_annex - mapped(input.card.sections[index])
	count(missing) > 0
	listed := concat(", ", sort(missing))
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the section Annex IV of the card does not say where these parts are documented: {listed}",
		"path": $"/card/sections/{index}",
		"remediation": $"write {asked["annex iv"].write}",
		"evidence": {"missing": sort(missing)},
	})
}

# METADATA
# title: The card's numbers are those that were measured
# description: |
#   A number in the head names its version. What counts as measured is what the ledger has of that version's run, and nothing
#   that anybody wrote.
# custom:
#   id: card-number-true
#   controls: [AIA-15, PLB-CRD-11, RMF-MS]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["EU AI Act, Art. 15(3)", "NIST AI RMF 1.0, MEASURE 2.3"]
findings contains found if {
	carded
	some index, stated in input.card.head.metrics
	is_number(stated.value)
	measured := input.measured[stated.version][stated.name]
	is_number(measured)
	abs(stated.value - measured) > rounding
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the card states {stated.name} {stated.value} of {stated.version}, which measured {measured}",
		"path": $"/card/head/metrics/{index}/value",
		"remediation": $"write value: {measured}, or take the number out: the ledger has what was measured",
		"evidence": {"stated": stated, "measured": measured},
	})
}

# METADATA
# title: The card's numbers were measured at all
# custom:
#   id: card-number-measured
#   controls: [AIA-15, PLB-CRD-12, RMF-MS]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["EU AI Act, Art. 15(3)", "NIST AI RMF 1.0, MEASURE 2.3"]
findings contains found if {
	carded
	some index, stated in input.card.head.metrics
	version := input.measured[stated.version]
	why := unmeasured(version, stated)
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the card states {stated.name} of {stated.version}, but {why}",
		"path": $"/card/head/metrics/{index}",
		"remediation": "name a version and a metric that plumb versions lists, or take the number out",
		"evidence": {"stated": stated, "measured": version},
	})
}

# METADATA
# title: The card's numbers could be compared
# description: The ledger keeps the numbers of the latest versions at hand. Those of an older one were compared in their time.
# custom:
#   id: card-number-at-hand
#   controls: [PLB-CRD-13]
#   severity: {low: warn, medium: warn, high: warn}
findings contains found if {
	carded
	some index, stated in input.card.head.metrics
	input.measured[stated.version] == "not-kept"
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule()), {
		"message": $"the card states {stated.name} of {stated.version}, whose numbers are no longer at hand to compare",
		"path": $"/card/head/metrics/{index}",
		"remediation": "state numbers of a newer version, or none",
		"evidence": {"stated": stated},
	})
}

# METADATA
# title: By how much a number of a card may differ from the measured one
rounding := 0.000001

# METADATA
# title: Why there is no number of that version
unmeasured("not-registered", stated) := $"no version {stated.version} is registered"

unmeasured(version, stated) := $"{stated.name} was not measured of it" if {
	is_object(version)
	not numbered(version, stated.name)
}

# METADATA
# title: The version has a number of that name
numbered(version, name) if is_number(version[name])

# METADATA
# title: The parts of Annex IV
parts_of_annex := {"1", "2", "3", "4", "5", "6", "7", "8", "9"}

# METADATA
# title: There is a card of a model to judge
carded if {
	input.resource.kind == "Model"
	is_object(input.card)
}

# METADATA
# title: The risk tier of the model
tier := input.resource.spec.riskTier

# METADATA
# title: What a finding of this rule does at the model's tier
# description: Where the tier is not known it blocks.
severity(rule) := object.get(rule.custom.severity, finding.given(["resource", "spec", "riskTier"]), "deny")

# METADATA
# title: Everything that the card says, where, and what to write there
texts contains {"text": text, "where": where, "path": path, "write": write} if {
	some index, section in input.card.sections
	some number, text in section.paragraphs
	is_string(text)
	where := $"the section {section.title} of the card"
	path := $"/card/sections/{index}/paragraphs/{number}"
	write := wanted_of(section.title)
}

texts contains {"text": text, "where": where, "path": path, "write": write} if {
	some number, text in input.card.introduction
	is_string(text)
	where := "the introduction of the card"
	path := $"/card/introduction/{number}"
	write := "what the card is about, or take this out"
}

texts contains {"text": text, "where": where, "path": path, "write": write} if {
	some field, text in input.card.head
	is_string(text)
	where := $"{field} in the head of the card"
	path := $"/card/head/{field}"
	write := object.get(fields, [field, "write"], "it, or take the field out")
}

# METADATA
# title: What a section says
said(section) := [text |
	some text in section.paragraphs
	is_string(text)
	trim_space(text) != ""
]

# METADATA
# title: What to do about what cannot be read
hint(problem) := problem.hint if {
	is_string(problem.hint)
} else := "mend it"

# METADATA
# title: The head says something in this field
filled(field) if {
	is_string(input.card.head[field])
	trim_space(input.card.head[field]) != ""
}

# METADATA
# title: The head names the model that the card belongs to
about_this_model if input.card.head.model == input.resource.metadata.name

# METADATA
# title: Who answers for the model
builders contains lower(trim_space(person)) if {
	some person in [finding.given(["resource", "metadata", "owner"]), finding.given(["card", "head", "contact"])]
	is_string(person)
}

# METADATA
# title: The name of a section by each title that counts
titles[title] := name if {
	some name, wanted in asked
	some title in (wanted.also | {name})
}

# METADATA
# title: The names of the sections by their numbers
names := {index: name |
	some index, section in input.card.sections
	name := titles[normal(section.title)]
}

# METADATA
# title: The numbers of the sections with this name
numbers(name) := {index | some index, at in names; at == name}

# METADATA
# title: A title as it is compared
normal(title) := trim(lower(title), " .:#0123456789") if is_string(title)

# METADATA
# title: What to write into the section with this title
wanted_of(title) := write if {
	write := asked[titles[normal(title)]].write
} else := "it, or take the heading out"

# METADATA
# title: The section names the column
mentioned(section, column) if {
	is_string(column)
	some text in said(section)
	contains(lower(text), lower(column))
}

# METADATA
# title: The section has a table of risks, and no cell of it is empty
treated(section) if {
	some table in section.tables
	treatments := columns(table, {"treatment", "mitigation"})
	residuals := columns(table, {"residual", "residual rating", "residual risk"})
	count(treatments) > 0
	count(residuals) > 0
	count(table.rows) > 0
	cells := [cell | some row in table.rows; some cell in row]
	every cell in cells {
		is_string(cell)
		trim_space(cell) != ""
	}
}

# METADATA
# title: The numbers of the columns with one of these titles
columns(table, wanted) := {index | some index, title in table.columns; normal(title) in wanted}

# METADATA
# title: The parts of Annex IV for which a table of the section says where
mapped(section) := {found[1] |
	some table in section.tables
	some row in table.rows
	is_string(row[0])
	is_string(row[1])
	some found in regex.find_all_string_submatch_n(`^\D*(\d+)`, row[0], 1)
	trim_space(row[1]) != ""
}
