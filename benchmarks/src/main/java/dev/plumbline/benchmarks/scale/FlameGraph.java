package dev.plumbline.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Draws the execution samples of a flight recording as a flame graph: each box is a method, as wide as the share of the
 * samples that it and what it called were seen in, above its caller; boxes of one caller stand in alphabetical order.
 */
public final class FlameGraph {
    private static final int WIDTH = 1600;
    private static final int ROW = 16;
    private static final double NARROWEST = 0.6;
    private static final double LETTER = 6.6;
    private static final int DEEPEST = 120;

    private final StringBuilder boxes = new StringBuilder();
    private int rows;

    private FlameGraph() {}

    /** A method as it was called by those below it. */
    private static final class Frame {
        private final Map<String, Frame> callees = new TreeMap<>();
        private long samples;
    }

    /**
     * Draws.
     *
     * @param arguments the recording, the SVG to write, and a title
     */
    public static void main(String[] arguments) throws IOException {
        Frame root = read(Path.of(arguments[0]));
        Files.writeString(Path.of(arguments[1]), new FlameGraph().draw(root, arguments[2]));
    }

    private static Frame read(Path recording) throws IOException {
        Frame root = new Frame();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    add(root, event.getStackTrace().getFrames());
                }
            }
        }
        return root;
    }

    private static void add(Frame root, List<RecordedFrame> innermostFirst) {
        List<RecordedFrame> frames = new ArrayList<>(innermostFirst);
        Collections.reverse(frames);
        root.samples++;
        Frame at = root;
        for (RecordedFrame frame : frames.subList(0, Math.min(frames.size(), DEEPEST))) {
            at = at.callees.computeIfAbsent(name(frame.getMethod()), name -> new Frame());
            at.samples++;
        }
    }

    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }

    private String draw(Frame root, String title) {
        box(root, "all", 0, WIDTH, 0, root.samples);
        int height = (rows + 3) * ROW;
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 %d %d %d\" font-family=\"monospace\""
                        + " font-size=\"11\">%n<text x=\"4\" y=\"%d\">%s (%d samples)</text>%n%s</svg>%n",
                -height + ROW,
                WIDTH,
                height,
                -height + 2 * ROW,
                escaped(title),
                root.samples,
                boxes);
    }

    private void box(Frame frame, String name, double x, double width, int row, long all) {
        rows = Math.max(rows, row);
        String shown = width < 3 * LETTER ? "" : name.substring(0, Math.min(name.length(), (int) (width / LETTER)));
        boxes.append(String.format(
                Locale.ROOT,
                "<g><title>%s %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\""
                        + " stroke=\"#fff\" stroke-width=\"0.4\"/><text x=\"%.1f\" y=\"%d\">%s</text></g>%n",
                escaped(name),
                100.0 * frame.samples / Math.max(all, 1),
                x,
                -row * ROW,
                width,
                ROW,
                colour(name),
                x + 2,
                -row * ROW + ROW - 4,
                escaped(shown)));
        double left = x;
        for (Map.Entry<String, Frame> callee : frame.callees.entrySet()) {
            double share = width * callee.getValue().samples / Math.max(frame.samples, 1);
            if (share >= NARROWEST) {
                box(callee.getValue(), callee.getKey(), left, share, row + 1, all);
            }
            left += share;
        }
    }

    private static String colour(String name) {
        return String.format(
                Locale.ROOT, "hsl(%d,80%%,%d%%)", 15 + Math.floorMod(name.hashCode(), 40), 62 + name.length() % 10);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
