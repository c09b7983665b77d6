package io.caravan.s3;

import static java.util.Objects.requireNonNull;

/**
 * Where the data files of one staging table go: {@code PREFIX/LOADID/TABLE/000001.csv.zst}.
 *
 * @param prefix what all keys begin with; may be empty or end in a slash
 * @param loadId the load they belong to
 * @param table the staging table they are meant for
 */
record DataFileNames(String prefix, String loadId, String table) {

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
        String digits = Integer.toString(number);
        return folder() + "0".repeat(Math.max(0, 6 - digits.length())) + digits + ".csv.zst";
    }

    String manifest() {
        return folder() + "manifest.json";
    }

    /** Returns what all keys begin with, and no other load's; ends in a slash. */
    String folder() {
        String start = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        return start + loadId + "/" + table + "/";
    }

    private static void requireFilled(String value, String name) {
        if (requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }
}
