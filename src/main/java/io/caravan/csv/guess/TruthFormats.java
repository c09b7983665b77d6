package io.caravan.csv.guess;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The two words of a column that say yes and no. */
final class TruthFormats {

    private static final List<String> PAIRS = List.of(
            "yes/no",
            "y/n",
            "ja/nein",
            "j/n",
            "oui/non",
            "sí/no",
            "si/no",
            "sim/não",
            "ja/nee",
            "tak/nie",
            "evet/hayır",
            "t/f",
            "on/off");

    private TruthFormats() {}

    /** Returns the words; empty if the values are others, or only one of the two is there. */
    static Optional<FormatGuess> find(ColumnValues column) {
        if (column.values().size() < 2 || column.values().size() > 6) {
            return Optional.empty();
        }
        Set<String> found = column.values().stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return PAIRS.stream()
                .filter(pair -> found.equals(Set.of(pair.split("/", -1))))
                .findFirst()
                .map(pair -> new FormatGuess(pair, Confidence.LIKELY, "both words are there, and no other"));
    }
}
