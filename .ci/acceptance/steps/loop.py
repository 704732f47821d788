"""From a commit to a served model, and back: the whole loop on one repository."""

from steps.loop_crashes import crash_steps
from steps.loop_promotions import promotion_steps
from steps.loop_reverts import revert_steps
from steps.loop_start import Shop, start_steps


def steps(lab):
    shop = Shop(lab)
    return [*start_steps(shop), *promotion_steps(shop), *revert_steps(shop), *crash_steps(shop)]
