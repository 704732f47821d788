package dev.plumbline.webhooks.receive;

import dev.plumbline.webhooks.Answer;
import dev.plumbline.webhooks.Outcome;
import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.proof.BodyCheck;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A delivery whose body arrives. Each part goes into the signature at once and is kept, within bounds, until the whole is
 * known to be authentic. Not thread-safe: one caller at a time. {@link #close} gives back what it holds, in any state.
 */
public final class Delivery implements AutoCloseable {
    private final BodyCheck check;
    private final Intake intake;
    private final int largest;
    private final Function<Delivery, Answer> reading;
    private final List<byte[]> parts = new ArrayList<>();
    private int size;
    private boolean open = true;

    Delivery(BodyCheck check, Intake intake, int largest, Function<Delivery, Answer> reading) {
        this.check = check;
        this.intake = intake;
        this.largest = largest;
        this.reading = reading;
    }

    /**
     * The next bytes of the body.
     *
     * @throws RefusedDelivery when it is too large, or too much arrives at once
     */
    public void take(byte[] part) throws RefusedDelivery {
        if (!open) {
            return;
        }
        if (part.length > largest - size) {
            throw tooLarge(largest);
        }
        if (!intake.hold(part.length)) {
            throw busy();
        }
        size += part.length;
        parts.add(part);
        check.take(part);
    }

    /** Judges the whole body and does what it asks for. Never throws for anything that a sender can send. */
    public Answer end() {
        return reading.apply(this);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            parts.clear();
            intake.release(size);
            intake.leave();
        }
    }

    BodyCheck check() {
        return check;
    }

    InputStream body() {
        return new SequenceInputStream(Collections.enumeration(
                parts.stream().<InputStream>map(ByteArrayInputStream::new).toList()));
    }

    static RefusedDelivery tooLarge(int largest) {
        return new RefusedDelivery(Answer.of(
                Outcome.TOO_LARGE, "the body is larger than " + largest + " bytes; the poll will see the push"));
    }

    static RefusedDelivery busy() {
        return new RefusedDelivery(
                Answer.of(Outcome.BUSY, "too many deliveries arrive at once; the poll will see the push"));
    }
}
