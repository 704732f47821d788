package dev.plumbline.reconciler.cli.session;

import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;

/**
 * A spec that asks for something else than when a card was written.
 *
 * @param written the commit that changed the card last
 * @param changed the later commit that changed what the spec asks for last
 */
public record SpecChange(ResourceId spec, Revision written, Revision changed) {}
