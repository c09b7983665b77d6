package io.caravan.sandbox.grammar;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that a real Redshift does and Amazon's pages leave open, or that takes hours there. {@code SET caravan.NAME TO
 * 'value'} turns it for the database, {@code SET SESSION caravan.NAME TO 'value'} for the session alone.
 */
public enum Switch {
    /** Whether COPY without CSV cuts a field at a NUL byte and says nothing, in place of error 1218. */
    CUT_AT_NUL("off", "on|off"),
    /** Whether {@code svv_columns} hides the default of a column from who does not own the table. */
    HIDE_COLUMN_DEFAULT("on", "on|off"),
    /** How many milliseconds after a COPY its errors are to be seen in the error views. */
    ERROR_VIEW_LAG("0", "[0-9]{1,9}"),
    /** After how many milliseconds an idle session is ended, if it begins after this was set; 0 for the flavour's own time. */
    SESSION_TIMEOUT("0", "[0-9]{1,9}"),
    /** After how many milliseconds a session is ended that is idle in a transaction; the rest as above. */
    TRANSACTION_TIMEOUT("0", "[0-9]{1,9}"),
    /** Whether each query of {@code svv_} views fails, or for how many milliseconds it waits. */
    SVV_VIEWS("off", "off|fail|slow [0-9]{1,9}");

    private final String initial;
    private final Pattern values;

    Switch(String initial, String values) {
        this.initial = initial;
        this.values = Pattern.compile(values);
    }

    static Optional<Switch> named(String name) {
        return Arrays.stream(values())
                .filter(known -> known.parameter().equals(name))
                .findFirst();
    }

    /** Returns the name in SET, without {@code caravan}. */
    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the value as long as nobody sets it. */
    String initial() {
        return initial;
    }

    boolean takes(String value) {
        return values.matcher(value).matches();
    }
}
