package dev.plumbline.schemas.policies;

import dev.plumbline.schemas.model.VersionName;

/** Somebody's word that a version must not serve, whatever a Serving names. */
public record Revocation(VersionName version, String reason) {}
