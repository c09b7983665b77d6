package io.caravan.csv.guess;

import io.caravan.model.table.ColumnType.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The patterns of times without a date. None of them is certain: {@code 2:05} may be the time of a train or how long a runner took,
 * so that somebody has to choose.
 */
final class TimeFormats {

    private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?( ?[AaPp][Mm])?");

    private static final List<String> PATTERNS =
            List.of("H:mm", "H:mm:ss", "H:mm[:ss]", "H:mm:ss.SSS", "h:mm a", "h:mm:ss a", "h:mm[:ss] a", "h:mma");

    private TimeFormats() {}

    /** Returns what could be chosen; empty if the values are no times. */
    static Optional<FormatGuess> find(ColumnValues column) {
        if (column.values().isEmpty()
                || !column.values().stream()
                        .allMatch(value -> TIME.matcher(value).matches())) {
            return Optional.empty();
        }
        return PATTERNS.stream()
                .filter(pattern -> DateFormats.takes(column, Kind.TIME, pattern))
                .findFirst()
                .map(pattern -> FormatGuess.none(
                        "times of a day, or how long something took: it stays text until 'formats' says that it is TIME",
                        pattern));
    }
}
