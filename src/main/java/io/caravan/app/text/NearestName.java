package io.caravan.app.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class NearestName {

    private NearestName() {}

    /** Returns the name with the fewest letters to change, or empty if that would be more than a third of them. */
    public static Optional<String> to(String written, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(written, name) <= name.length() / 3)
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    /** Levenshtein's distance, row by row, in which two letters that changed places count once. */
    private static int distance(String from, String to) {
        int[] aboveThat = new int[0];
        int[] above = new int[to.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], aboveThat[j - 2] + 1);
                }
            }
            aboveThat = above;
            above = row;
        }
        return above[to.length()];
    }
}
