package io.caravan.csv.guess;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of a column that are numbers with money or per cent beside them, in brackets, or with the minus behind.
 *
 * @param numbers what is left of the values without these
 * @param before what stands before numbers; empty for nothing
 * @param behind what stands behind them, with a blank if one is between
 */
record Amounts(List<String> numbers, String before, String behind) {

    /** Any other letters may be those of a code. */
    private static final String MONEY =
            "(?:\\p{Sc}|US\\$|A\\$|C\\$|R\\$|AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HKD|HUF|ILS|INR|JPY|KRW|MXN|NOK"
                    + "|NZD|PLN|RUB|SEK|SGD|USD|ZAR)";

    private static final Pattern AMOUNT = Pattern.compile("(?<open>\\()?[-+]?(?<before>" + MONEY + ")?[ \\u00A0]?[-+]?"
            + "(?<number>\\d[\\d.,'\u2019 \\u00A0\\u202F]*?)"
            + "(?<behind>[ \\u00A0\\u202F]?(?:" + MONEY + "|%))?(?<minus>-)?(?<close>\\))?");

    private static final Pattern CODE = Pattern.compile("0\\d.*");

    private static final String PER_CENT = "%";

    /** Returns the parts of values; empty if they are other than such numbers, or plain numbers all. */
    static Optional<Amounts> of(Set<String> values) {
        List<String> numbers = new ArrayList<>();
        Set<String> before = new HashSet<>();
        Set<String> behind = new HashSet<>();
        int signed = 0;
        for (String value : values) {
            Matcher amount = AMOUNT.matcher(value);
            boolean isOne = amount.matches()
                    && (amount.group("open") == null) == (amount.group("close") == null)
                    && (amount.group("before") == null || amount.group("behind") == null)
                    && !CODE.matcher(amount.group("number")).matches();
            if (!isOne) {
                return Optional.empty();
            }
            numbers.add(amount.group("number").strip());
            before.add(text(amount.group("before")));
            behind.add(text(amount.group("behind")));
            signed += amount.group("open") != null || amount.group("minus") != null ? 1 : 0;
        }
        boolean hasFraction = numbers.stream().anyMatch(number -> number.matches(".*[.,]\\d{1,2}"));
        boolean hasUnit = before.size() + behind.size() > 2 || !before.contains("") || !behind.contains("");
        // Numbers in brackets alone may be notes, or the count of something.
        boolean areMeant = hasUnit || (hasFraction && signed > 0 && signed < values.size());
        Optional<String> first = unit(before);
        Optional<String> last = unit(behind);
        if (!areMeant
                || first.isEmpty()
                || last.isEmpty()
                || (!first.get().isEmpty() && !last.get().isEmpty())) {
            return Optional.empty();
        }
        boolean isShare = last.get().endsWith(PER_CENT);
        return isShare && behind.contains("")
                ? Optional.empty()
                : Optional.of(new Amounts(numbers, first.get(), last.get()));
    }

    private static String text(String group) {
        return group == null ? "" : group.replace('\u00A0', ' ').replace('\u202F', ' ');
    }

    /** Returns the only unit, which may be left out; empty if there are several. */
    private static Optional<String> unit(Set<String> found) {
        Set<String> units = new HashSet<>(found);
        units.remove("");
        return units.size() > 1
                ? Optional.empty()
                : Optional.of(units.stream().findFirst().orElse(""));
    }

    /** Returns an example of a plain number as one of these. */
    String example(String number) {
        return before + number + behind;
    }
}
