package io.caravan.csv.detect;

import io.caravan.model.feed.ColumnNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Names that {@code names: snake} makes plain. */
final class SnakeNames {

    /** What SQL takes without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private SnakeNames() {}

    /** Returns whether some names are not plain, and all would be, and would still differ. */
    static boolean help(List<String> names, List<String> snakes) {
        return names.stream().anyMatch(name -> !PLAIN.matcher(name).matches())
                && snakes.stream().allMatch(name -> PLAIN.matcher(name).matches())
                && new HashSet<>(snakes).size() == snakes.size();
    }

    /**
     * Returns the names that columns would have.
     *
     * @param names those without the parameter; one that is not the header's is given by another, and stays
     * @param written those of the header
     */
    static List<String> of(List<String> names, List<String> written) {
        List<String> snakes = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            boolean isHeaders =
                    i < written.size() && ColumnNames.fold(written.get(i)).equals(names.get(i));
            snakes.add(isHeaders ? ColumnNames.snake(written.get(i)) : names.get(i));
        }
        return snakes;
    }
}
