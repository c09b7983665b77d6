package io.caravan.csv.detect;

import io.caravan.csv.guess.CellKind;
import io.caravan.model.feed.ColumnPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A header that takes several lines: groups stand above the names of their columns, or a long name goes on below. */
final class HeaderLines {

    private static final int LEAST_GROUPS = 2;

    private HeaderLines() {}

    /**
     * Returns the names that lines make together; empty if they are no such header. Names at the end may be empty.
     *
     * @param lines from the top, each of as many fields as a row
     * @param kinds of the rows below them
     */
    static Optional<List<String>> join(List<SampleRecord> lines, ColumnKinds kinds) {
        SampleRecord top = lines.get(0);
        boolean isOpen = top.filled() < top.size() || hasTwins(top.fields());
        SampleRecord bottom = lines.get(lines.size() - 1);
        boolean isEnough = bottom.filled() == bottom.size() && !hasTwins(bottom.fields());
        if (!isOpen
                || isEnough
                || top.filled() < LEAST_GROUPS
                || !lines.stream().skip(1).allMatch(line -> hasNames(line, kinds))) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (int column = 0; column < top.size(); column++) {
            names.add(name(lines, column));
        }
        int last = names.size();
        while (last > 0 && names.get(last - 1).isEmpty()) {
            last--;
        }
        boolean isComplete = names.subList(0, last).stream().noneMatch(String::isEmpty) && !hasTwins(names);
        return isComplete ? Optional.of(names) : Optional.empty();
    }

    /** Returns whether a line holds words, and no value, where the rows hold numbers, dates and the like. */
    private static boolean hasNames(SampleRecord line, ColumnKinds kinds) {
        boolean hasName = false;
        for (int column = 0; column < line.size(); column++) {
            String text = line.text(column);
            if (!text.isEmpty() && kinds.isTyped(column)) {
                if (CellKind.isTyped(text)) {
                    return false;
                }
                hasName = true;
            }
        }
        return hasName;
    }

    /** A group goes on over the empty fields to its right, as far as something stands below them. */
    private static String name(List<SampleRecord> lines, int column) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).text(column);
            for (int left = column; text.isEmpty() && left > 0 && hasBelow(lines, i, column); left--) {
                text = lines.get(i).text(left - 1);
            }
            if (!text.isEmpty() && !name.toString().equals(text)) {
                name.append(name.isEmpty() ? "" : " ").append(text);
            }
        }
        return name.toString();
    }

    private static boolean hasBelow(List<SampleRecord> lines, int above, int column) {
        return lines.stream().skip(above + 1L).anyMatch(line -> !line.text(column)
                .isEmpty());
    }

    private static boolean hasTwins(List<String> names) {
        Set<String> seen = new HashSet<>();
        return names.stream().filter(name -> !name.isBlank()).anyMatch(name -> !seen.add(ColumnPolicy.fold(name)));
    }
}
