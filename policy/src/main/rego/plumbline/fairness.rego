# METADATA
# title: Fairness
# description: |
#   Does this trained candidate treat the groups of its sensitive columns alike? Part of the registration gate. A gap passes
#   when its whole interval keeps the limit, fails when its whole interval is beyond it, and otherwise there is not enough
#   data to tell.
package plumbline.fairness

import data.plumbline.finding
import data.plumbline.thresholds

# METADATA
# title: Risk tiers that exist
tiers := {"low", "medium", "high"}

# METADATA
# title: The evidence of fairness can be read
# description: Tier, sensitive columns and what was measured have the form that the rules know. What cannot be read is denied.
# custom:
#   id: fairness-readable
#   controls: [PLB-FAI-1]
#   severity: {low: deny, medium: deny, high: deny}
findings contains found if {
	not readable
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), []), {
		"message": "the risk tier, the sensitive columns or the measured fairness cannot be read",
		"path": "/spec/sensitive",
		"remediation": "set riskTier and sensitive in the Model; where both are right, report this as a bug",
		"evidence": {"riskTier": finding.given(["riskTier"]), "sensitive": finding.given(["sensitive"])},
	})
}

# METADATA
# title: A model of the high tier names its sensitive columns
# description: Without them nobody can tell how it treats groups of people.
# custom:
#   id: fairness-declared
#   controls: [PLB-FAI-2, AIA-10, RMF-MS]
#   severity: {high: deny}
#   references: ["EU AI Act, Art. 10(2)(f)", "NIST AI RMF 1.0, MEASURE 2.11"]
findings contains found if {
	readable
	input.riskTier == "high"
	count(input.sensitive) == 0
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), []), {
		"message": "a model of the high tier names no sensitive column, so nobody can tell how it treats groups of people",
		"path": "/spec/sensitive",
		"remediation": "name the columns in spec.sensitive of the Model, such as sensitive: [gender, age]",
		"evidence": {"riskTier": input.riskTier, "sensitive": input.sensitive},
	})
}

# METADATA
# title: Every sensitive column, and every pair of them, was measured
# description: What was not measured is not fair.
# custom:
#   id: fairness-measured
#   controls: [PLB-FAI-3, AIA-10, RMF-MS, LL144-4]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["NIST AI RMF 1.0, MEASURE 2.11", "NYC Local Law 144, 6 RCNY 5-301"]
findings contains found if {
	readable
	not inapplicable
	some columns in wanted
	count([partition | some partition in partitions; partition.columns == columns]) == 0
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), columns), {
		"message": $"{named(columns)}: the run did not measure how its groups are treated",
		"path": "/spec/sensitive",
		"remediation": "its rows or its model could not be read again: train a new run, for which another seed in the Training is enough",
		"evidence": {"columns": columns},
	})
}

# METADATA
# title: Fairness by rates applies to the model
# description: Says so where it does not. Every metric is reported by group then too.
# custom:
#   id: fairness-applicable
#   controls: [PLB-FAI-4]
#   severity: {low: warn, medium: warn, high: warn}
findings contains found if {
	readable
	count(input.sensitive) > 0
	inapplicable
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), []), {
		"message": $"{named(input.sensitive)}: no rule judges how groups are treated. {input.fairness.notApplicable}",
		"path": "/spec/sensitive",
		"remediation": "look at the metrics by group yourself: plumb describe training/NAME shows them",
		"evidence": {"notApplicable": input.fairness.notApplicable},
	})
}

# METADATA
# title: A sensitive column has few enough groups to be compared
# custom:
#   id: fairness-comparable
#   controls: [PLB-FAI-5, LL144-4]
#   severity: {low: warn, medium: deny, high: deny, intersections: warn}
findings contains found if {
	readable
	some partition in judged
	uncompared(partition)
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), partition.columns), {
		"message": $"{about(partition)}: its groups were not compared. {partition.notMeasured}",
		"path": "/spec/sensitive",
		"remediation": $"make {named(partition.columns)} coarser, such as regions in place of postal codes",
		"evidence": {"columns": partition.columns, "positive": partition.positive},
	})
}

# METADATA
# title: Every group has test rows
# description: A group that the Dataset declares, or that occurs in it, and that no test row belongs to was not measured.
# custom:
#   id: fairness-group-present
#   controls: [PLB-FAI-6, LL144-6]
#   severity: {low: warn, medium: deny, high: deny}
findings contains found if {
	readable
	some partition in judged
	count(partition.columns) == 1
	absent := [group | some group in partition.groups; group.n == 0]
	count(absent) > 0
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), partition.columns), {
		"message": $"{about(partition)}: no test row belongs to {listed(absent)}, so nothing is known of how it is treated",
		"path": "/spec/sensitive",
		"remediation": concat(", or ", [
			"add rows of the group, hold out more rows (spec.split.test of the Dataset)",
			"take a value that cannot occur out of spec.schema of the Dataset",
		]),
		"evidence": {"columns": partition.columns, "groups": [group.values | some group in absent]},
	})
}

# METADATA
# title: Every group is large enough to be judged by itself
# description: A smaller one is named, and counts in every gap with the interval that it has.
# custom:
#   id: fairness-group-size
#   controls: [PLB-FAI-7, LL144-6]
#   severity: {low: warn, medium: warn, high: deny, intersections: warn}
findings contains found if {
	readable
	some partition in judged
	small := [group | some group in partition.groups; group.n < thresholds.minimum_group_size; not told(partition, group)]
	count(small) > 0
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), partition.columns), {
		"message": $"{about(partition)}: fewer than {thresholds.minimum_group_size} test rows belong to {listed(small)}",
		"path": "/spec/sensitive",
		"remediation": "add rows of these groups, or hold out more rows (spec.split.test of the Dataset)",
		"evidence": {
			"columns": partition.columns,
			"groups": [{"values": group.values, "n": group.n} | some group in small],
			"minimum": thresholds.minimum_group_size,
		},
	})
}

# METADATA
# title: Groups are treated alike
# description: Denies a gap that is beyond its limit with all of its 95 % interval.
# custom:
#   id: fairness-within-limit
#   controls: [PLB-FAI-8, AIA-10, RMF-MS, LL144-5]
#   severity: {low: warn, medium: deny, high: deny}
#   references: ["29 CFR 1607.4(D)", "NIST AI RMF 1.0, MEASURE 2.11"]
findings contains found if {
	readable
	some partition in judged
	some gap, limit in thresholds.limits
	apart := partition.gaps[gap]
	beyond(apart, limit)
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), partition.columns), {
		"message": $"{about(partition)}: {words[gap]} is {interval(apart)}, {past(limit)}; {extremes(partition, apart)}",
		"path": "/spec/sensitive",
		"remediation": concat("; ", [
			"compare the rows of these groups: too few, labelled in another way, or told apart by another column",
			"then train again with more of them or without that column",
		]),
		"evidence": shown(partition, gap, limit),
	})
}

# METADATA
# title: There is enough data to tell
# description: The interval of a gap lies on both sides of its limit, or the gap is undefined.
# custom:
#   id: fairness-enough-data
#   controls: [PLB-FAI-9, RMF-MS]
#   severity: {low: warn, medium: warn, high: deny, intersections: warn}
findings contains found if {
	readable
	some partition in judged
	not uncompared(partition)
	some gap, limit in thresholds.limits
	apart := object.get(partition.gaps, gap, null)
	not beyond(apart, limit)
	not kept(apart, limit)
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), partition.columns), {
		"message": concat("", [
			$"{about(partition)}: there is not enough data to tell whether {words[gap]} keeps ",
			$"{bound(limit)}{reason(partition, apart)}",
		]),
		"path": "/spec/sensitive",
		"remediation": "add rows of these groups, or hold out more rows (spec.split.test of the Dataset)",
		"evidence": shown(partition, gap, limit),
	})
}

# METADATA
# title: No group is ahead overall and behind among its like
# description: Simpson's paradox. Warns only, since which view is right depends on what the other column means.
# custom:
#   id: fairness-reversal
#   controls: [PLB-FAI-10, RMF-MS]
#   severity: {low: warn, medium: warn, high: warn}
findings contains found if {
	readable
	some partition in judged
	some turned in partition.reversals
	overall := finding.rounded(turned.overall.value)
	stratified := finding.rounded(turned.stratified.value)
	found := finding.of(rego.metadata.rule(), severity(rego.metadata.rule(), partition.columns), {
		"message": concat("", [
			$"{about(partition)}: the {rates[turned.rate]} of {turned.groups[0]} less that of {turned.groups[1]} is ",
			$"{overall} over all rows and {stratified} within the groups of {turned.within}",
		]),
		"path": "/spec/sensitive",
		"remediation": $"judge {turned.column} within {turned.within}: plumb describe -o json shows each group of it",
		"evidence": {"reversal": turned},
	})
}

# METADATA
# title: How severe a finding of this rule is
# description: By the risk tier; of a pair of columns as the rule says of intersections, where it does; else it denies.
severity(rule, columns) := rule.custom.severity.intersections if {
	count(columns) > 1
} else := object.get(rule.custom.severity, finding.given(["riskTier"]), "deny")

# METADATA
# title: Tier, sensitive columns and evidence have the form that the rules know
readable if {
	input.riskTier in tiers
	is_array(input.sensitive)
	every column in input.sensitive {
		is_string(column)
	}
	is_array(partitions)
	every partition in partitions {
		partition_readable(partition)
	}
}

# METADATA
# title: What was measured of one column or of a pair
partition_readable(partition) if {
	is_array(partition.columns)
	is_string(partition.positive)
	every group in partition.groups {
		is_number(group.n)
		every value in group.values {
			is_string(value)
		}
	}
	is_object(partition.gaps)
	every apart in partition.gaps {
		is_number(apart.value)
		is_number(apart.low)
		is_number(apart.high)
	}
}

# METADATA
# title: What was measured; nothing where there is no evidence
partitions := object.get(finding.given(["fairness"]), "partitions", []) if {
	is_object(finding.given(["fairness"]))
} else := []

# METADATA
# title: What was measured of the columns that are sensitive now
judged contains partition if {
	some partition in partitions
	partition.columns in wanted
}

# METADATA
# title: The columns, and the pairs of them, that must have been measured
wanted contains [column] if some column in input.sensitive

wanted contains [one, other] if {
	some first, one in input.sensitive
	some second, other in input.sensitive
	first < second
}

# METADATA
# title: The run says why rates of groups do not apply
inapplicable if is_string(input.fairness.notApplicable)

# METADATA
# title: The run says why the groups were not compared
uncompared(partition) if is_string(partition.notMeasured)

# METADATA
# title: All of the interval is beyond the limit
beyond(apart, limit) if apart.low > limit.max

beyond(apart, limit) if apart.high < limit.min

# METADATA
# title: All of the interval keeps the limit
kept(apart, limit) if apart.high <= limit.max

kept(apart, limit) if apart.low >= limit.min

# METADATA
# title: The group has a finding of its own
told(partition, group) if {
	count(partition.columns) == 1
	group.n == 0
}

# METADATA
# title: The columns, as people read them
named(columns) := concat(" and ", columns)

# METADATA
# title: What a finding is about
about(partition) := $"{named(partition.columns)} (of the class {partition.positive})"

# METADATA
# title: Groups with their test rows, as people read them
listed(groups) := concat("; ", [$"{concat(", ", group.values)} ({group.n} rows)" | some group in groups])

# METADATA
# title: A value with its interval, as people read it
interval(apart) := text if {
	value := finding.rounded(apart.value)
	low := finding.rounded(apart.low)
	high := finding.rounded(apart.high)
	text := $"{value} (95 % interval {low} to {high})"
}

# METADATA
# title: How a limit is missed
past(limit) := $"above the limit of {limit.max}" if {
	is_number(limit.max)
} else := $"below the limit of {limit.min}"

# METADATA
# title: A limit
bound(limit) := $"the limit of at most {limit.max}" if {
	is_number(limit.max)
} else := $"the limit of at least {limit.min}"

# METADATA
# title: Why there is not enough data
reason(partition, apart) := $": it is {interval(apart)}; {extremes(partition, apart)}" if {
	is_object(apart)
} else := ": it is undefined, because no row is selected or fewer than two groups have rows that it is a share of"

# METADATA
# title: The two groups furthest apart
extremes(partition, apart) := concat(", ", [
	$"lowest {rates[apart.rate]} {one(partition, apart.lowest, apart.rate)}",
	$"highest {one(partition, apart.highest, apart.rate)}",
])

# METADATA
# title: One group with its rate
one(partition, values, rate) := text if {
	some group in partition.groups
	group.values == values
	part := finding.rounded(group.rates[rate].value)
	text := $"{concat(", ", values)} with {part} of {group.rates[rate].n} rows"
}

# METADATA
# title: What a finding about a gap shows
shown(partition, gap, limit) := {
	"columns": partition.columns,
	"positive": partition.positive,
	"measure": gap,
	"measured": object.get(partition.gaps, gap, null),
	"limit": limit,
}

# METADATA
# title: Gaps, as people read them
words := {
	"demographicParityDifference": "the demographic parity difference",
	"demographicParityRatio": "the demographic parity ratio",
	"equalizedOddsDifference": "the equalized odds difference",
	"equalOpportunityDifference": "the equal opportunity difference",
	"predictiveParityDifference": "the predictive parity difference",
}

# METADATA
# title: Rates, as people read them
rates := {
	"selectionRate": "selection rate",
	"truePositiveRate": "true positive rate",
	"falsePositiveRate": "false positive rate",
	"positivePredictiveValue": "positive predictive value",
}
