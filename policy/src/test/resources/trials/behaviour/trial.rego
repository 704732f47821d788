# A policy that misbehaves as its input asks, for tests of the engine.
package plumbline

decision := {"gate": "admission", "allow": true, "findings": []} if input.mode == "allow"

decision := {"gate": "admission", "allow": true} if input.mode == "field missing"

decision := {"gate": "promotion", "allow": true, "findings": []} if input.mode == "other gate"

decision := true if input.mode == "bare"

decision := {"gate": "admission", "allow": true, "findings": [], "validUntil": input.until} if input.mode == "until"

decision := {"gate": "admission", "allow": true, "findings": [input.finding]} if input.mode == "echo"

decision := {"gate": "admission", "allow": true, "findings": found} if {
	input.mode == "endless"
	found := [a | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b < 0]
}

decision := {"gate": "admission", "allow": true, "findings": found} if {
	input.mode == "greedy"
	found := [numbers.range(a, a + 100000) | some a in numbers.range(1, 100000)]
}

# Two values for one document: the evaluation itself gives up.
decision := {"conflict": value} if {
	input.mode == "conflict"
	some value in [1, 2]
}
