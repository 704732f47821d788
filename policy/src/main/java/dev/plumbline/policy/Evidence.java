package dev.plumbline.policy;

import tools.jackson.databind.node.ObjectNode;

/** What the rules of one gate see. The README of this module lists the fields. */
public sealed interface Evidence permits AdmissionEvidence, RegistrationEvidence, PromotionEvidence {
    /** The gate whose rules read it. */
    Gate gate();

    /** The evidence as the rules read it. */
    ObjectNode toInput();
}
