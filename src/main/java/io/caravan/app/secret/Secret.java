package io.caravan.app.secret;

import static java.util.Objects.requireNonNull;

/**
 * A value that must not reach a log. Only {@link #value()} shows it.
 *
 * @param value the value itself
 */
public record Secret(String value) {

    /** What is shown in its place. */
    public static final String MASK = "***";

    public Secret {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return MASK;
    }
}
