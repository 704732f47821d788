# METADATA
# title: The admission rules, asked as conftest asks
# description: Conftest gives a whole document where the gate gives it as one field of its input.
package main

deny contains finding.message if {
	some finding in data.plumbline.admission.findings with input as {"gate": "admission", "resource": input, "card": {"head": {}}}
	finding.severity == "deny"
}
