package dev.plumbline.webhooks;

/** A delivery is not taken. */
public final class RefusedDelivery extends Exception {
    private final Answer answer;

    public RefusedDelivery(Answer answer) {
        super(answer.message());
        this.answer = answer;
    }

    /** Why not. */
    public Answer answer() {
        return answer;
    }

    public static RefusedDelivery unauthentic(String message) {
        return new RefusedDelivery(Answer.of(Outcome.UNAUTHENTIC, message));
    }

    public static RefusedDelivery unauthentic(String message, String hint) {
        return new RefusedDelivery(Answer.of(Outcome.UNAUTHENTIC, message, hint));
    }

    public static RefusedDelivery malformed(String message) {
        return new RefusedDelivery(Answer.of(Outcome.MALFORMED, message));
    }
}
