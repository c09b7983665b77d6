package io.caravan.app.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time of the command line; one without an offset is in UTC, as all times that Caravan shows. */
final class InstantConverter implements ITypeConverter<Instant> {

    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

    @Override
    public Instant convert(String text) {
        String iso = text.strip().replace(' ', 'T');
        for (Function<String, Instant> form : FORMS) {
            try {
                return form.apply(iso);
            } catch (DateTimeParseException e) {
                // Perhaps another form.
            }
        }
        throw new TypeConversionException(
                "'" + text + "' is no time; write 2026-11-23, 2026-11-23T10:30 (UTC) or 2026-11-23T10:30:00+01:00");
    }
}
