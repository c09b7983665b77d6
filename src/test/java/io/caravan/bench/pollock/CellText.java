package io.caravan.bench.pollock;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cell says, whatever the way of writing it: as the benchmark compares names and records. */
final class CellText {

    private static final Pattern WHOLE = Pattern.compile("\\s*[-+]?\\d+\\s*");
    private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(:\\d{2})?");
    private static final Pattern DATE = Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})");
    private static final Pattern MONEY = Pattern.compile("(\\p{Sc})\\s*(\\d+(\\.\\d+)?)");

    private static final int MONTHS = 12;

    private CellText() {}

    static String normal(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true") ? "1" : "0";
        }
        if (WHOLE.matcher(text).matches()) {
            String number = new BigDecimal(text.strip()).toPlainString();
            // Other ways of writing these two are truths.
            return (number.equals("0") || number.equals("1")) && !number.equals(text)
                    ? number.equals("1") ? "True" : "False"
                    : number;
        }
        if (NUMBER.matcher(text).matches()) {
            return Double.toString(Double.parseDouble(text.strip()));
        }
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            return String.format(
                    Locale.ROOT,
                    "%02d:%s%s",
                    Integer.valueOf(time.group(1)),
                    time.group(2),
                    time.group(3) == null ? ":00" : time.group(3));
        }
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            int first = Integer.parseInt(date.group(1));
            int second = Integer.parseInt(date.group(2));
            return String.format(
                    Locale.ROOT,
                    "%s-%02d-%02d 00:00:00",
                    date.group(3),
                    first > MONTHS ? second : first,
                    first > MONTHS ? first : second);
        }
        Matcher money = MONEY.matcher(text);
        if (money.matches()) {
            return money.group(1) + Double.parseDouble(money.group(2));
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
