package io.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code -Xlog:gc:file=…} has written. */
final class GarbageLog {

    /** Such as {@code Pause Young (Normal) (G1 Evacuation Pause) 119M->42M(256M) 3.1ms}. */
    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\((\\d+)M\\)");

    private long pauses;
    private long peakBeforeMebibytes;
    private long peakAfterMebibytes;
    private long lastAfterMebibytes;

    GarbageLog(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            lines.map(PAUSE::matcher).filter(Matcher::find).forEach(this::add);
        }
    }

    long pauses() {
        return pauses;
    }

    /** Returns the most that was in the heap, garbage too. */
    long peakBeforeMebibytes() {
        return peakBeforeMebibytes;
    }

    /** Returns the most that a collection left. */
    long peakAfterMebibytes() {
        return peakAfterMebibytes;
    }

    /** Returns what the last collection left. */
    long lastAfterMebibytes() {
        return lastAfterMebibytes;
    }

    private void add(Matcher pause) {
        pauses++;
        lastAfterMebibytes = Long.parseLong(pause.group(2));
        peakBeforeMebibytes = Math.max(peakBeforeMebibytes, Long.parseLong(pause.group(1)));
        peakAfterMebibytes = Math.max(peakAfterMebibytes, Long.parseLong(pause.group(2)));
    }
}
