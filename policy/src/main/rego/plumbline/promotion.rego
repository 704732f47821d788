# METADATA
# title: Promotion
# description: May this version become what an endpoint serves? Judges a version against the one that serves.
package plumbline.promotion

import data.plumbline.finding

# METADATA
# title: The version was registered
# description: Nothing serves without a registration verdict that allowed it. Binds a rollback too.
# custom:
#   id: registered
#   controls: [PLB-PRO-1]
findings contains found if {
	not registered
	found := finding.deny(rego.metadata.rule(), {
		"message": "the version has no registration verdict that allows it",
		"path": "/spec/version",
		"remediation": "name a version that was registered; plumb versions lists them",
		"evidence": {
			"version": finding.given(["candidate", "version"]),
			"registration": finding.given(["candidate", "registration"]),
		},
	})
}

# METADATA
# title: The version is the model that was judged
# description: The digest of the model must be the one that the registration verdict names. Binds a rollback too.
# custom:
#   id: digest-matches
#   controls: [PLB-PRO-2]
findings contains found if {
	not digest_matches
	found := finding.deny(rego.metadata.rule(), {
		"message": "the digest of the version is not the one that its registration verdict names",
		"path": "/spec/version",
		"remediation": "serve another version and find out who changed the record of this one",
		"evidence": {
			"digest": finding.given(["candidate", "digest"]),
			"registered": finding.given(["candidate", "registration", "model"]),
		},
	})
}

# METADATA
# title: The registration still holds
# description: What an exception allowed is allowed as long as the exception holds. A rollback goes back to what served.
# custom:
#   id: registration-valid
#   controls: [PLB-PRO-8]
findings contains found if {
	input.candidate.registration.validUntil <= input.time
	found := finding.of(rego.metadata.rule(), severity, {
		"message": $"the registration of the version held until {input.candidate.registration.validUntil}",
		"path": "/spec/version",
		"remediation": "mend what the exception excused and train again, or have it granted again and register anew",
		"evidence": {"registration": input.candidate.registration, "time": input.time},
	})
}

# METADATA
# title: The version is not revoked
# description: Nothing that was revoked serves again, by whatever door. Binds a rollback too.
# custom:
#   id: not-revoked
#   controls: [PLB-PRO-9]
findings contains found if {
	some revocation in input.organisation.revocations
	revocation.version == input.candidate.version
	found := finding.deny(rego.metadata.rule(), {
		"message": $"{input.candidate.version} was revoked: {revocation.reason}",
		"path": "/spec/version",
		"remediation": "name another version, or take the revocation out of policies/data.yaml",
		"evidence": {"revocation": revocation},
	})
}

# METADATA
# title: The tolerance can be read
# description: A tolerance below zero would ask for proof of a better model; that is not what it is for.
# custom:
#   id: tolerance-readable
#   controls: [PLB-PRO-3]
findings contains found if {
	not tolerance_readable
	found := finding.of(rego.metadata.rule(), severity, {
		"message": "the tolerance is not a number of at least 0",
		"path": "/spec/promotion/tolerance",
		"remediation": "set promotion.tolerance to how much worse a version may be, such as 0.01",
		"evidence": {"tolerance": finding.given(["tolerance"])},
	})
}

# METADATA
# title: The version was compared with the one that serves
# description: Only the first version of an endpoint has nothing to be compared with.
# custom:
#   id: compared
#   controls: [PLB-PRO-4]
findings contains found if {
	not first
	not measured
	not too_few_rows
	not serving_lost
	found := finding.of(rego.metadata.rule(), severity, {
		"message": "the version was not compared with the one that serves",
		"path": "/spec/version",
		"remediation": "look in the events of the endpoint for what kept the comparison from being made",
		"evidence": {
			"current": finding.given(["current"]),
			"comparison": finding.given(["comparison"]),
		},
	})
}

# METADATA
# title: The version is not worse than the one that serves
# description: |
#   Denies what is shown to be worse: the whole paired 95 % interval of the difference lies below minus the
#   tolerance.
# custom:
#   id: not-worse
#   controls: [PLB-PRO-5]
findings contains found if {
	not first
	measured
	tolerance_readable
	input.comparison.difference.high < 0 - input.tolerance
	found := finding.of(rego.metadata.rule(), severity, {
		"message": concat(": ", [
			$"{input.comparison.metric} is worse than the serving version's by more than {input.tolerance}",
			measurement,
		]),
		"path": "/spec/promotion/tolerance",
		"remediation": "promote a better version, or raise promotion.tolerance if this loss is wanted",
		"evidence": {"comparison": input.comparison, "tolerance": input.tolerance},
	})
}

# METADATA
# title: The version is shown to be about as good as the one that serves
# description: |
#   Says where the paired 95 % interval leaves both open, worse by more than the tolerance and not.
# custom:
#   id: shown-not-worse
#   controls: [PLB-PRO-6]
findings contains found if {
	not first
	measured
	tolerance_readable
	input.comparison.difference.low < 0 - input.tolerance
	input.comparison.difference.high >= 0 - input.tolerance
	found := finding.warn(rego.metadata.rule(), {
		"message": concat(": ", [
			$"{input.comparison.metric} may be worse than the serving version's by more than {input.tolerance}",
			measurement,
		]),
		"path": "/spec/promotion/tolerance",
		"remediation": "more test rows would tell; watch the endpoint after the promotion",
		"evidence": {"comparison": input.comparison, "tolerance": input.tolerance},
	})
}

# METADATA
# title: There were enough rows to compare on
# custom:
#   id: enough-data
#   controls: [PLB-PRO-7]
findings contains found if {
	not first
	too_few_rows
	found := finding.warn(rego.metadata.rule(), {
		"message": $"too few rows that the serving version did not learn from to compare with it: {input.comparison.rows}",
		"path": "/spec/version",
		"remediation": "more test rows would tell; watch the endpoint after the promotion",
		"evidence": {"comparison": input.comparison},
	})
}

# METADATA
# title: What serves could be compared with
# description: |
#   What the serving version consists of is lost and was not made again: nothing can be compared with it, and holding a
#   sound version back for that would leave the endpoint with nothing.
# custom:
#   id: serving-at-hand
#   controls: [PLB-PRO-10]
findings contains found if {
	not first
	serving_lost
	found := finding.warn(rego.metadata.rule(), {
		"message": "nothing was compared: of the version that serves, an artifact is lost",
		"path": "/spec/version",
		"remediation": "watch the endpoint after the promotion, and restore the artifact if you can",
		"evidence": {"current": input.current, "comparison": input.comparison},
	})
}

# METADATA
# title: A rollback returns to what already served, so metrics only warn
default severity := "deny"

severity := "warn" if input.rollback == true

# METADATA
# title: A registration verdict allowed the version
registered if {
	input.candidate.registration.gate == "registration"
	is_string(input.candidate.registration.verdict)
	input.candidate.registration.allowed == true
}

# METADATA
# title: The model's digest is the registered one
digest_matches if {
	is_string(input.candidate.digest)
	input.candidate.digest == input.candidate.registration.model
}

# METADATA
# title: The endpoint has served nothing yet
first if input.current == "none"

# METADATA
# title: The tolerance is an amount
tolerance_readable if {
	is_number(input.tolerance)
	input.tolerance >= 0
}

# METADATA
# title: Both versions were measured on the same rows, and the interval is one
measured if {
	input.comparison.status == "measured"
	compared := input.comparison
	difference := compared.difference
	every part in [compared.candidate, compared.serving, difference.low, difference.high, difference.n] {
		is_number(part)
	}
	difference.low <= difference.high
}

# METADATA
# title: The comparison was tried, and the rows did not suffice
too_few_rows if {
	input.comparison.status == "not-enough-data"
	is_number(input.comparison.rows)
}

# METADATA
# title: The comparison was tried, and what serves is not stored whole
serving_lost if {
	input.comparison.status == "serving-lost"
	is_string(input.comparison.artifact)
}

# METADATA
# title: What was measured, as people read it
measurement := text if {
	compared := input.comparison
	candidate := finding.rounded(compared.candidate)
	serving := finding.rounded(compared.serving)
	low := finding.rounded(compared.difference.low)
	high := finding.rounded(compared.difference.high)
	text := concat("; ", [
		$"{candidate} against {serving} on {compared.difference.n} rows",
		$"the difference lies between {low} and {high} (paired 95 % interval, positive is better)",
	])
}
