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
# title: What the input holds there, null where it holds nothing
# description: Works on an input of any type, so that no rule falls silent because of what it wanted to show.
given(path) := object.get({"input": input}, array.concat(["input"], path), null)

# METADATA
# title: A number as people read it, to four decimals
# description: One that is too large or too small for that is shown as it is; no rule falls silent because of it.
rounded(number) := round(number * 10000) / 10000 if {
	roundable(number)
} else := number

# METADATA
# title: A number as people read it, never above the number itself
# description: Rounded to eight decimals first, because a decimal fraction may lie a hair below what was written.
rounded_down(number) := floor(round(number * 100000000) / 10000) / 10000 if {
	roundable(number)
} else := number

# METADATA
# title: A number as people read it, never below the number itself
rounded_up(number) := ceil(round(number * 100000000) / 10000) / 10000 if {
	roundable(number)
} else := number

# METADATA
# title: Four decimals say enough about the number
roundable(number) if {
	abs(number) >= 0.001
	abs(number) < 1000000000
}
