# METADATA
# title: Exceptions
# description: |
#   An organisation may let one rule not hold for one resource for a while. What is excused warns instead of denying.
#   Who granted it, for how long at most and to whom is checked when the organisation's data is read; here only its days
#   count, as moments of the form of input.time, which compare as text.
package plumbline.exceptions

# METADATA
# title: Rules of which no exception is made
# description: They say what a version is, not how good it is; without them a verdict would speak of something else.
binding := {
	"digest-matches",
	"fairness-readable",
	"kind-known",
	"not-revoked",
	"parity-kept",
	"registered",
	"registration-valid",
	"requirements-readable",
	"tolerance-readable",
}

# METADATA
# title: The organisation's part of the question can be read
readable if {
	is_array(input.organisation.exceptions)
	is_array(input.organisation.revocations)
	every revocation in input.organisation.revocations {
		is_string(revocation.version)
		is_string(revocation.reason)
	}
	is_string(input.time)
}

# METADATA
# title: A finding as it counts
weighed(finding) := object.union(finding, {
	"severity": "warn",
	"message": $"{finding.message}; excepted until {exception.expires} by {exception.approver}: {exception.reason}",
	"evidence": object.union(finding.evidence, {"exception": exception}),
}) if {
	exception := longest(holding(finding))
} else := object.union(finding, {
	"message": $"{finding.message}; the exception that {exception.approver} granted expired on {exception.expires}",
	"evidence": object.union(finding.evidence, {"exception": exception}),
}) if {
	exception := longest(expired(finding))
} else := finding

# METADATA
# title: The next moment at which this finding counts otherwise
turn(finding) := longest(holding(finding)).until

turn(finding) := min({exception.from | some exception in pending(finding)}) if {
	count(holding(finding)) == 0
	count(pending(finding)) > 0
}

# METADATA
# title: Exceptions that concern the finding
concerned(finding) := {exception |
	finding.severity == "deny"
	not finding.id in binding
	some exception in input.organisation.exceptions
	exception.rule == finding.id
	exception.resource in resources
}

# METADATA
# title: Those that hold now
holding(finding) := {exception |
	some exception in concerned(finding)
	exception.from <= input.time
	input.time < exception.until
}

# METADATA
# title: Those that hold no more
expired(finding) := {exception |
	some exception in concerned(finding)
	exception.until <= input.time
}

# METADATA
# title: Those that do not hold yet
pending(finding) := {exception |
	some exception in concerned(finding)
	input.time < exception.from
}

# METADATA
# title: The one among them that holds longest
longest(exceptions) := exception if {
	latest := max({[each.until, each] | some each in exceptions})
	exception := latest[1]
}

# METADATA
# title: The resources that the question is about
resources contains $"{input.resource.kind}/{input.resource.metadata.name}" if input.gate == "admission"

resources contains $"Model/{input.model}" if input.gate == "registration"

resources contains $"Serving/{input.serving}" if input.gate == "promotion"

resources contains $"Model/{split(input.candidate.version, "/")[0]}" if input.gate == "promotion"
