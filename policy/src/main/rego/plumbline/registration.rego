# METADATA
# title: Registration
# description: May this trained candidate become a numbered version? Judges one succeeded run by what it measured.
package plumbline.registration

import data.plumbline.finding
import data.plumbline.thresholds

# METADATA
# title: The requirements can be read
# description: Requirements that cannot be read are not met.
# custom:
#   id: requirements-readable
#   controls: [PLB-REG-1]
findings contains found if {
	not requirements_readable
	found := finding.deny(rego.metadata.rule(), {
		"message": "the required bounds are not metric names with a numeric min or max",
		"path": "/spec/require",
		"remediation": "write each requirement as a metric with min or max, such as auc: {min: 0.8}",
		"evidence": {"require": finding.given(["require"])},
	})
}

# METADATA
# title: A required metric was measured
# description: A metric that is missing, or not a number, meets no requirement.
# custom:
#   id: metric-measured
#   controls: [PLB-REG-2]
findings contains found if {
	is_object(input.require)
	some metric, _ in input.require
	not measured(metric)
	found := finding.deny(rego.metadata.rule(), {
		"message": $"{metric} is required, but the run did not measure it",
		"path": $"/spec/require/{metric}",
		"remediation": $"require a metric that is measured for this task, or give the test rows what {metric} needs",
		"evidence": {"metric": metric, "measured": finding.given(["metrics", metric])},
	})
}

# METADATA
# title: A metric reaches its minimum
# custom:
#   id: minimum-reached
#   controls: [PLB-REG-3]
findings contains found if {
	some metric, bound in input.require
	measured(metric)
	is_number(bound.min)
	value := input.metrics[metric].value
	value < bound.min
	shown := finding.rounded_down(value)
	found := finding.deny(rego.metadata.rule(), {
		"message": $"{metric} is {shown}{interval(metric)}, below the required minimum of {bound.min}",
		"path": $"/spec/require/{metric}/min",
		"remediation": concat(", or ", [
			$"train a model whose {metric} reaches {bound.min}",
			$"lower the minimum to at most {shown}",
		]),
		"evidence": {"metric": metric, "measured": input.metrics[metric], "min": bound.min},
	})
}

# METADATA
# title: A metric stays within its maximum
# custom:
#   id: maximum-kept
#   controls: [PLB-REG-4]
findings contains found if {
	some metric, bound in input.require
	measured(metric)
	is_number(bound.max)
	value := input.metrics[metric].value
	value > bound.max
	shown := finding.rounded_up(value)
	found := finding.deny(rego.metadata.rule(), {
		"message": $"{metric} is {shown}{interval(metric)}, above the required maximum of {bound.max}",
		"path": $"/spec/require/{metric}/max",
		"remediation": concat(", or ", [
			$"train a model whose {metric} stays within {bound.max}",
			$"raise the maximum to at least {shown}",
		]),
		"evidence": {"metric": metric, "measured": input.metrics[metric], "max": bound.max},
	})
}

# METADATA
# title: What the organisation bounds was measured
# description: A metric that is missing, or not a number, keeps no bound. Only metrics of the model's task are asked for.
# custom:
#   id: threshold-measured
#   controls: [PLB-REG-7, AIA-15, RMF-MS]
findings contains found if {
	some metric, _ in asked
	not measured(metric)
	found := finding.deny(rego.metadata.rule(), {
		"message": $"{bounded(metric)}, but the run did not measure it",
		"path": "/spec/riskTier",
		"remediation": $"give the test rows what {metric} needs, such as rows of every class",
		"evidence": {"metric": metric, "measured": finding.given(["metrics", metric]), "threshold": asked[metric]},
	})
}

# METADATA
# title: A metric reaches the organisation's minimum
# custom:
#   id: threshold-reached
#   controls: [PLB-REG-8, AIA-15, RMF-MS]
findings contains found if {
	some metric, bound in asked
	measured(metric)
	input.metrics[metric].value < bound.min
	shown := finding.rounded_down(input.metrics[metric].value)
	found := finding.deny(rego.metadata.rule(), {
		"message": $"{metric} is {shown}{interval(metric)}, below {bound.min}: {bounded(metric)}",
		"path": "/spec/riskTier",
		"remediation": $"train a model whose {metric} reaches {bound.min}; the number stands in policies/data.yaml",
		"evidence": {"metric": metric, "measured": input.metrics[metric], "threshold": bound},
	})
}

# METADATA
# title: A metric stays within the organisation's maximum
# custom:
#   id: threshold-kept
#   controls: [PLB-REG-9, AIA-15, RMF-MS]
findings contains found if {
	some metric, bound in asked
	measured(metric)
	input.metrics[metric].value > bound.max
	shown := finding.rounded_up(input.metrics[metric].value)
	found := finding.deny(rego.metadata.rule(), {
		"message": $"{metric} is {shown}{interval(metric)}, above {bound.max}: {bounded(metric)}",
		"path": "/spec/riskTier",
		"remediation": $"train a model whose {metric} stays within {bound.max}; the number stands in policies/data.yaml",
		"evidence": {"metric": metric, "measured": input.metrics[metric], "threshold": bound},
	})
}

# METADATA
# title: What serves is what was trained
# description: The exported graph answers like the trained model on every test row.
# custom:
#   id: parity-kept
#   controls: [PLB-REG-5]
findings contains found if {
	not parity_kept
	found := finding.deny(rego.metadata.rule(), {
		"message": parity_said,
		"path": "/spec/trainer",
		"remediation": "report this as a bug of the export, and train with another algorithm meanwhile",
		"evidence": {"parity": finding.given(["parity"])},
	})
}

# METADATA
# title: A model knows more than chance
# description: Warns only, since what a model must reach is for its requirements to say.
# custom:
#   id: better-than-chance
#   controls: [PLB-REG-6]
findings contains found if {
	some metric, knowing_nothing in {"auc": 0.5, "r2": 0}
	measured(metric)
	low := input.metrics[metric].low
	is_number(low)
	low <= knowing_nothing
	shown := finding.rounded_down(input.metrics[metric].value)
	found := finding.warn(rego.metadata.rule(), {
		"message": concat("; ", [
			$"{metric} is {shown}{interval(metric)}",
			$"a model that knows nothing has {knowing_nothing}, so this one may know nothing either",
		]),
		"path": $"/spec/require/{metric}/min",
		"remediation": concat(", and ", [
			"look at the label, the columns and the number of rows",
			$"require {metric} so that such a model is not registered",
		]),
		"evidence": {"metric": metric, "measured": input.metrics[metric], "knowingNothing": knowing_nothing},
	})
}

# METADATA
# title: Every requirement is an object that bounds something, and bounds are numbers
requirements_readable if {
	is_object(input.require)
	every bound in input.require {
		is_object(bound)
		count(bound) > 0
		object.keys(bound) - {"min", "max"} == set()
		every limit in bound {
			is_number(limit)
		}
	}
}

# METADATA
# title: Metrics of models that predict a number
of_numbers := {"mae", "rmse", "r2"}

# METADATA
# title: What the organisation bounds of a model of this task; all of it where no rule knows the task
asked[metric] := bound if {
	some metric, bound in thresholds.bounds
	not of_another_task(metric)
}

# METADATA
# title: The metric says nothing of models of this task
of_another_task(metric) if {
	input.task == "regression"
	not metric in of_numbers
}

of_another_task(metric) if {
	input.task in {"binary-classification", "multiclass-classification"}
	metric in of_numbers
}

# METADATA
# title: Who asks for it
bounded(metric) := $"policies/data.yaml bounds {metric} for every model of the {input.riskTier} tier"

# METADATA
# title: The metric has a number
measured(metric) if is_number(input.metrics[metric].value)

# METADATA
# title: At least one row was compared, and none differs
parity_kept if {
	input.parity.rows > 0
	is_number(input.parity.rows)
	input.parity.mismatches == 0
}

# METADATA
# title: How the two compare, as people read it
parity_said := $"the exported graph differs from the trained model on {mismatches} of {rows} test rows" if {
	rows := input.parity.rows
	mismatches := input.parity.mismatches
	rows > 0
} else := "the exported graph was not compared with the trained model on any test row"

# METADATA
# title: How sure the measure is, where that is known
interval(metric) := text if {
	measure := input.metrics[metric]
	every part in [measure.low, measure.high, measure.n] {
		is_number(part)
	}
	low := finding.rounded(measure.low)
	high := finding.rounded(measure.high)
	text := $" (95 % interval {low} to {high}, {measure.n} rows)"
} else := ""
