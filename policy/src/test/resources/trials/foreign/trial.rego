# A policy that calls what the engine does not offer.
package plumbline

decision := {"gate": "admission", "allow": time.now_ns() > 0, "findings": []}
