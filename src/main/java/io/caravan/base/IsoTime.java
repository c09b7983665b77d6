package io.caravan.base;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;

/** Times as people write them: with a zone, or without, and then of UTC. */
public final class IsoTime {

    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

    private IsoTime() {}

    /**
     * Reads a time.
     *
     * @throws IllegalArgumentException saying how times are written
     */
    public static Instant parse(String text) {
        String iso = text.strip().replace(' ', 'T');
        for (Function<String, Instant> form : FORMS) {
            try {
                return form.apply(iso);
            } catch (DateTimeParseException e) {
                // Perhaps another form.
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no time; write 2026-11-23, 2026-11-23T10:30 (UTC) or 2026-11-23T10:30:00+01:00");
    }
}
