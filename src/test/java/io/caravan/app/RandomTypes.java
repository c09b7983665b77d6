package io.caravan.app;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Objects with a column of every type: most values plain, some odd but valid, some wrong. */
final class RandomTypes {

    static final String COLUMNS =
            "id INTEGER NOT NULL, small SMALLINT, big BIGINT, amount DECIMAL(8,2), units DECIMAL(19,0),"
                    + " share DECIMAL(4,4), weight REAL, height DOUBLE PRECISION, active BOOLEAN, day DATE, at TIMESTAMP,"
                    + " at_utc TIMESTAMPTZ, opens TIME, closes TIMETZ, doc SUPER, hash VARBYTE(4), code CHAR(3), note VARCHAR(12)";

    private static final Map<String, List<String>> PLAIN = Map.ofEntries(
            Map.entry("small", List.of("1", "-32", "0", "0007", "9999", "")),
            Map.entry("big", List.of("1", "-999999999999999999", "-0", "")),
            Map.entry("amount", List.of("1", "1.5", "-123456.78", "0.10", "00.1", "-0.00", "")),
            Map.entry("units", List.of("1", "999999999999999999", "")),
            Map.entry("share", List.of("0", "0.1234", "-0.5", "")),
            Map.entry("weight", List.of("1", "1.5", "0.1", "-3.25", "123456", "")),
            Map.entry("height", List.of("1", "0.1", "-123456.789", "99999999999999", "")),
            Map.entry("active", List.of("true", "T", "no", "0", "Y", "FALSE", "")),
            Map.entry("day", List.of("2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2023-04-30", "")),
            Map.entry("at", List.of("2024-02-29", "2024-01-31 23:59:59", "1999-12-31 00:00:00.120000", "")),
            Map.entry("at_utc", List.of("2024-02-29 12:00:00", "1970-01-01 00:00:00.5", "")),
            Map.entry("opens", List.of("08:30:00", "00:00:00", "23:59:59.123456", "12:00:00.500000", "")),
            Map.entry("closes", List.of("")),
            Map.entry("doc", List.of("")),
            Map.entry("hash", List.of("")),
            Map.entry("code", List.of("a", "abc", "x  ", "")),
            Map.entry("note", List.of("hello", " x ", "Grüße", "日本語", "it's", "back\\slash", "100%", "\\N", "")));

    private static final Map<String, List<String>> ODD = Map.ofEntries(
            Map.entry("small", List.of("+1", "32767", "32768", "1e3", " 5", "x")),
            Map.entry("big", List.of("9223372036854775807", "9223372036854775808", "00000000000000000001")),
            Map.entry("amount", List.of("1.505", "1e2", "1234567.00", ".5", "5.", "1,5")),
            Map.entry("units", List.of("9223372036854775807", "9999999999999999999", "1.0")),
            Map.entry("share", List.of("1", "0.12345", ".5")),
            Map.entry("weight", List.of("0.30000001", "-0", "1e40", "1e-50", "NaN")),
            Map.entry("height", List.of("0.12345678901234567", "-0.0", "1e400", "Infinity")),
            Map.entry("active", List.of("on", "yes ", "tru")),
            Map.entry("day", List.of("2023-02-29", "1900-02-29", "0000-01-01", "2023-04-31", "2023-4-1", "20230401")),
            Map.entry("at", List.of("2024-01-01T00:00:00", "2024-01-01 24:00:00", "2024-01-01 00:00", "2024-01-01Z")),
            Map.entry("at_utc", List.of("2024-01-01 00:00:00+01", "2024-01-01", "2024-01-01 00:00:00 Z")),
            Map.entry("opens", List.of("08:30", "24:00:00", "25:00:00", "8:30", "08:30:00+01", "08:30:00.1234567")),
            Map.entry("closes", List.of("08:30:00+02", "08:30", "24:00:00", "08:30:00 CET", "")),
            Map.entry("doc", List.of("17", "null", "\"[1, 2]\"", "\"{\"\"a\"\": 1.50}\"", "{", "NaN")),
            Map.entry("hash", List.of("61ff", "0xAB", "616", "0011223344", "zz")),
            Map.entry("code", List.of("abcd", "abc  ", "ä", "\"q\"")),
            Map.entry(
                    "note",
                    List.of("far too long for it", "\"\"", "\"a,b\"", "\"a\"\"b\"", "a\"b", "ends here      ")));

    private static final List<String> NAMES = List.of(
            "small", "big", "amount", "units", "share", "weight", "height", "active", "day", "at", "at_utc", "opens",
            "closes", "doc", "hash", "code", "note");

    private final Random random;

    RandomTypes(Random random) {
        this.random = random;
    }

    /** About half of them hold plain values only. */
    String object() {
        double oddShare = random.nextBoolean() ? 0 : 0.02;
        int first = random.nextInt(200);
        StringBuilder text = new StringBuilder("id," + String.join(",", NAMES) + "\n");
        for (int row = 0; row < 1 + random.nextInt(20); row++) {
            text.append(first + row).append(',').append(values(oddShare)).append('\n');
        }
        return text.toString();
    }

    private String values(double oddShare) {
        return NAMES.stream()
                .map(name -> (random.nextDouble() < oddShare ? ODD : PLAIN).getOrDefault(name, List.of("")))
                .map(values -> values.get(random.nextInt(values.size())))
                .collect(Collectors.joining(","));
    }
}
