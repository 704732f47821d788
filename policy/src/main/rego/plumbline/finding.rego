# METADATA
# title: Findings
# description: The one shape in which every rule says what it found.
package plumbline.finding

# METADATA
# title: A finding of this severity, under the name of the rule that made it
# description: about holds message, path, remediation and evidence.
of(rule, severity, about) := object.union(about, {
	"id": rule.custom.id,
	"controls": rule.custom.controls,
	"severity": severity,
})

# METADATA
# title: A finding that blocks
deny(rule, about) := of(rule, "deny", about)

# METADATA
# title: A finding that is only said
warn(rule, about) := of(rule, "warn", about)

# METADATA
# title: A number as people read it, to four decimals
rounded(number) := round(number * 10000) / 10000
