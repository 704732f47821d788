package dev.plumbline.policy.opa;

/** An evaluation that ended without a result, in words for people. */
final class OpaFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OpaFailure(String message) {
        super(message);
    }
}
