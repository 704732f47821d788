# METADATA
# title: The decision
# description: |
#   One question in, one object out. A gate that no rule knows leaves the decision undefined, and what is undefined
#   is denied by whoever asked.
package plumbline

import data.plumbline.admission
import data.plumbline.promotion
import data.plumbline.registration

# METADATA
# title: Decision of the gate that the input names
# description: allow is true exactly when no finding denies.
# entrypoint: true
decision := {"gate": input.gate, "allow": count(denials) == 0, "findings": findings}

# METADATA
# title: What the rules of the gate found
findings := admission.findings if input.gate == "admission"

findings := registration.findings if input.gate == "registration"

findings := promotion.findings if input.gate == "promotion"

# METADATA
# title: Findings that deny
# description: Whatever is not marked as a mere warning denies.
denials contains finding if {
	some finding in findings
	finding.severity != "warn"
}
