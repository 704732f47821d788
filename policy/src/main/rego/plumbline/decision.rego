# METADATA
# title: The decision
# description: |
#   One question in, one object out. A gate that no rule knows leaves the decision undefined, and what is undefined
#   is denied by whoever asked.
package plumbline

import data.plumbline.admission
import data.plumbline.cards
import data.plumbline.exceptions
import data.plumbline.fairness
import data.plumbline.promotion
import data.plumbline.registration
import data.plumbline.thresholds

# METADATA
# title: Decision of the gate that the input names
# description: |
#   allow is true exactly when no finding denies. validUntil is the first moment at which an exception begins or ends
#   that concerns a finding.
# entrypoint: true
decision := object.union(answer, {"validUntil": min(turns)}) if {
	count(turns) > 0
} else := answer

# METADATA
# title: Decision without its end
answer := {"gate": input.gate, "allow": count(denials) == 0, "findings": findings}

# METADATA
# title: What the rules of the gate found, exceptions applied
# description: Undefined, and so denied, where the organisation's part of the question is not what it should be.
findings := {weighed | some finding in found; weighed := exceptions.weighed(finding)} if {
	is_set(found)
	exceptions.readable
	thresholds.readable
}

# METADATA
# title: What the rules of the gate found
found := admission.findings | cards.findings if input.gate == "admission"

found := registration.findings | fairness.findings if input.gate == "registration"

found := promotion.findings if input.gate == "promotion"

# METADATA
# title: The moments at which an exception begins or ends that concerns a finding
turns contains moment if {
	some finding in found
	moment := exceptions.turn(finding)
}

# METADATA
# title: Findings that deny
# description: Whatever is not marked as a mere warning denies.
denials contains finding if {
	some finding in findings
	finding.severity != "warn"
}
