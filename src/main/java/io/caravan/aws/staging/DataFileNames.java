package io.caravan.aws.staging;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.caravan.spi.StagingTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the data files of one staging table go: {@code PREFIX/LOADID/TABLE/000001.csv.zst}.
 *
 * @param prefix what all keys begin with; may be empty or end in a slash
 * @param loadId the load they belong to
 * @param table the staging table they are meant for
 */
record DataFileNames(String prefix, String loadId, String table) {

    private static final String NUMBER = "(?:[0-9]{6}|[1-9][0-9]{6,})";

    private static final Pattern AFTER_START = Pattern.compile("([^/]+)/("
            + Arrays.stream(StagingTable.values()).map(StagingTable::tableName).collect(joining("|"))
            + ")/(" + NUMBER + "\\.csv\\.zst|manifest-" + NUMBER + "-" + NUMBER + "\\.json)");

    DataFileNames {
        requireNonNull(prefix, "prefix");
        requireFilled(loadId, "loadId");
        requireFilled(table, "table");
        if ((prefix + loadId + table).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name of a data file holds a control character");
        }
    }

    /** Returns the key of a data file, counted from 1. */
    String file(int number) {
        return folder() + digits(number) + ".csv.zst";
    }

    /** Returns the key of the manifest of some data files: the numbers of the first and the last of them. */
    String manifest(int first, int last) {
        return folder() + "manifest-" + digits(first) + "-" + digits(last) + ".json";
    }

    private static String digits(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }

    /** Returns what all keys begin with, and no other load's; ends in a slash. */
    String folder() {
        return start(prefix) + loadId + "/" + table + "/";
    }

    /** Returns what the keys of all loads begin with; empty, or ends in a slash. */
    static String start(String prefix) {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** Returns the load that a key belongs to, or empty if it is not exactly the key of a data file or a manifest. */
    static Optional<String> loadId(String prefix, String key) {
        String start = start(prefix);
        Matcher rest = AFTER_START.matcher(key.startsWith(start) ? key.substring(start.length()) : "");
        return rest.matches() ? Optional.of(rest.group(1)) : Optional.empty();
    }

    private static void requireFilled(String value, String name) {
        if (requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }
}
