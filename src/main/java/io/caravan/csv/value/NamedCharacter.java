package io.caravan.csv.value;

import java.util.Locale;

/** Names characters that are not what they look like, or cannot be seen, for people who look for them. */
final class NamedCharacter {

    private NamedCharacter() {}

    /**
     * Returns what is to be said of a character that does not belong where it is: {@code character 2 is U+00A0, a no-break space}.
     * What is the value's own, letters, digits and the signs of keyboards, is not named.
     *
     * @param complaint what is said of one that is not named: {@code is not a digit}
     */
    static String at(String text, int index, String complaint) {
        int c = text.codePointAt(index);
        String place = "character " + (index + 1) + " ";
        if ((c >= ' ' && c <= '~') || Character.isLetter(c)) {
            return place + complaint;
        }
        return Character.isDigit(c)
                ? place + "is a digit other than 0 to 9"
                : place + String.format(Locale.ROOT, "is U+%04X, %s", c, name(c));
    }

    private static String name(int c) {
        return switch (c) {
            case '\0' -> "NUL";
            case '\t' -> "a tab";
            case '\n' -> "a line feed";
            case '\r' -> "a carriage return";
            case 0xA0 -> "a no-break space";
            case 0x202F -> "a narrow no-break space";
            case 0x2009 -> "a thin space";
            case 0x200B -> "a zero-width space";
            case 0xFEFF -> "a byte order mark";
            default -> {
                String name = Character.getName(c);
                yield name == null ? "not assigned" : name.toLowerCase(Locale.ROOT);
            }
        };
    }
}
