package io.caravan.sandbox.query;

import static java.util.Map.entry;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names of the parts of a date or time, and their abbreviations.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Dateparts_for_datetime_functions.html">Date parts</a>
 */
final class DateParts {

    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            entry("millennium", "millennium millennia mil mils"),
            entry("century", "century centuries c cent cents"),
            entry("decade", "decade decades dec decs"),
            entry("epoch", "epoch"),
            entry("year", "year years y yr yrs"),
            entry("quarter", "quarter quarters qtr qtrs"),
            entry("month", "month months mon mons"),
            entry("week", "week weeks w"),
            entry("dow", "dayofweek dow dw weekday"),
            entry("doy", "dayofyear doy dy yearday"),
            entry("day", "day days d"),
            entry("hour", "hour hours h hr hrs"),
            entry("minute", "minute minutes m min mins"),
            entry("second", "second seconds s sec secs"),
            entry(
                    "millisecond",
                    "millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon"),
            entry("microsecond", "microsecond microseconds microsec microsecs usecond useconds us usec usecs"),
            entry("timezone", "timezone"),
            entry("timezone_hour", "timezone_hour"),
            entry("timezone_minute", "timezone_minute"));

    private static final Set<String> OF_A_ZONE = Set.of("timezone", "timezone_hour", "timezone_minute");
    private static final Set<String> NO_SPAN = Set.of("epoch", "dow", "doy");

    private static final Map<String, String> PARTS = byAbbreviation();

    private DateParts() {}

    private static Map<String, String> byAbbreviation() {
        Map<String, String> parts = new HashMap<>();
        ABBREVIATIONS.forEach((part, names) -> {
            for (String name : names.split(" ", -1)) {
                parts.put(name, part);
            }
        });
        return Map.copyOf(parts);
    }

    /** Returns the full name of a part that EXTRACT takes. */
    static String any(Token token) {
        String part = PARTS.get(token.text().toLowerCase(java.util.Locale.ROOT));
        if (part == null) {
            throw unknown(token);
        }
        return part;
    }

    /** Returns the full name of a part that DATE_PART takes: all but those of a zone. */
    static String ofAValue(Token token) {
        String part = any(token);
        if (OF_A_ZONE.contains(part)) {
            throw unknown(token);
        }
        return part;
    }

    /** Returns the full name of a part that values are counted or cut by: DATEADD, DATEDIFF and DATE_TRUNC. */
    static String span(Token token) {
        String part = ofAValue(token);
        if (NO_SPAN.contains(part)) {
            throw unknown(token);
        }
        return part;
    }

    private static RefusedException unknown(Token token) {
        return new RefusedException(new SqlError("22023", "timestamp units \"" + token.text() + "\" not recognized"));
    }
}
