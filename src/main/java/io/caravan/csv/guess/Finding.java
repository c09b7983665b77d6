package io.caravan.csv.guess;

import static java.util.Objects.requireNonNull;

/**
 * What was found out about objects, for people.
 *
 * @param subject a parameter of feeds, or another word for what it is about
 * @param value how it is
 * @param reason why; never holds a value of a row
 */
public record Finding(String subject, String value, Confidence confidence, String reason) {

    public Finding {
        requireNonNull(subject, "subject");
        requireNonNull(value, "value");
        requireNonNull(confidence, "confidence");
        requireNonNull(reason, "reason");
    }
}
