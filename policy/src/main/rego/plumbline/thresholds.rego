# METADATA
# title: Thresholds
# description: |
#   The numbers that rules go by for the risk tier of the question: those that an organisation says in its data, and of the
#   rest those that stand here. They are thresholds of an organisation, not of a law.
package plumbline.thresholds

import data.plumbline.finding

# METADATA
# title: How far groups may be apart where nothing else is said
# description: |
#   Four fifths is the screen of 29 CFR 1607.4(D) for selection rates; a tenth is the difference of true positive rates that
#   common tools alarm at. Every gap of the evidence may be limited.
usual_limits := {
	"demographicParityRatio": {"min": 0.8},
	"equalOpportunityDifference": {"max": 0.1},
}

# METADATA
# title: Test rows from which on a group is large enough where nothing else is said
usual_group_size := 30

# METADATA
# title: How far groups may be apart
limits := object.union(usual_limits, said(["fairness", "limits"], {}))

# METADATA
# title: Test rows from which on a group is large enough to be judged by itself
minimum_group_size := said(["fairness", "minimumGroupSize"], usual_group_size)

# METADATA
# title: What the metrics of every model of the tier must keep
bounds := said(["metrics"], {})

# METADATA
# title: What the organisation says of the tier, or else what is usual
said(path, usual) := object.get(
	{"input": input},
	array.concat(["input", "organisation", "thresholds", finding.given(["riskTier"])], path),
	usual,
)

# METADATA
# title: The thresholds can be read
# description: |
#   Checked when the organisation's data is read, too; a threshold that no rule understands must bind nobody by chance. There
#   are none in questions of before there were any.
readable if not "thresholds" in object.keys(input.organisation)

readable if {
	is_object(input.organisation.thresholds)
	every tier in input.organisation.thresholds {
		each_bounded(tier.metrics)
		each_bounded(tier.fairness.limits)
		is_number(object.get(tier.fairness, "minimumGroupSize", usual_group_size))
	}
}

# METADATA
# title: Each of them has a number at one end at least, and nothing else
each_bounded(all) if {
	is_object(all)
	every bound in all {
		is_object(bound)
		count(bound) > 0
		object.keys(bound) - {"min", "max"} == set()
		every limit in bound {
			is_number(limit)
		}
	}
}
