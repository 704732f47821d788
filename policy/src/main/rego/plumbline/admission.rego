# METADATA
# title: Admission
# description: May this spec become part of what should be? Judges one resource of a commit.
package plumbline.admission

import data.plumbline.finding

# METADATA
# title: Kinds that have been given a thought at this gate
kinds := {"Model", "Dataset", "Training", "Serving", "Monitoring"}

# METADATA
# title: Risk tiers whose models need a card
carded := {"medium", "high"}

# METADATA
# title: Risk tiers that exist
tiers := carded | {"low"}

# METADATA
# title: The kind is known
# description: A kind that no rule has thought about is denied, so that a new one cannot pass unjudged.
# custom:
#   id: kind-known
#   controls: [PLB-ADM-1]
findings contains found if {
	not kind_known
	found := finding.deny(rego.metadata.rule(), {
		"message": "no rule of this gate knows the kind of this spec",
		"path": "/kind",
		"remediation": "use one of Model, Dataset, Training, Serving and Monitoring",
		"evidence": {"kind": finding.given(["resource", "kind"])},
	})
}

# METADATA
# title: A model has an owner
# description: Somebody answers for every model.
# custom:
#   id: owner-present
#   controls: [PLB-ADM-2]
findings contains found if {
	input.resource.kind == "Model"
	not owned
	found := finding.deny(rego.metadata.rule(), {
		"message": "the model has no owner",
		"path": "/metadata/owner",
		"remediation": "name the person or team that answers for it, such as owner: team@example.com",
		"evidence": {"owner": finding.given(["resource", "metadata", "owner"])},
	})
}

# METADATA
# title: A model says how much harm it can do
# description: The risk tier decides which rules bind, so a model without one is bound by none.
# custom:
#   id: risk-tier-known
#   controls: [PLB-ADM-3]
findings contains found if {
	input.resource.kind == "Model"
	not tier_known
	found := finding.deny(rego.metadata.rule(), {
		"message": "the model has no known risk tier",
		"path": "/spec/riskTier",
		"remediation": "set riskTier to low, medium or high",
		"evidence": {"riskTier": finding.given(["resource", "spec", "riskTier"])},
	})
}

# METADATA
# title: A model that can do harm has a card
# description: Models of the medium and the high risk tier are described for the people whom they concern.
# custom:
#   id: card-present
#   controls: [PLB-ADM-4]
findings contains found if {
	input.resource.kind == "Model"
	input.resource.spec.riskTier in carded
	not described
	found := finding.deny(rego.metadata.rule(), {
		"message": $"a model of the {input.resource.spec.riskTier} risk tier needs a model card, and this one has none",
		"path": "/spec/card",
		"remediation": "write a model card, commit it, and name its path in card",
		"evidence": {
			"riskTier": input.resource.spec.riskTier,
			"card": finding.given(["resource", "spec", "card"]),
		},
	})
}

# METADATA
# title: The kind is one of ours
kind_known if input.resource.kind in kinds

# METADATA
# title: The risk tier is one of ours
tier_known if input.resource.spec.riskTier in tiers

# METADATA
# title: An owner is named
owned if {
	is_string(input.resource.metadata.owner)
	trim_space(input.resource.metadata.owner) != ""
}

# METADATA
# title: The card says something
described if is_object(input.card)
