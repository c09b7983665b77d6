package io.caravan.csv.value;

import io.caravan.model.table.ColumnType.Kind;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;

/** DATE, TIMESTAMP or TIMESTAMPTZ in a form of the feed's own. Canonical as in the standard form. */
final class PatternRule implements ValueRule {

    private final TemporalPattern pattern;
    private final Kind kind;

    /**
     * @throws IllegalArgumentException if the pattern does not fit the type
     */
    PatternRule(String pattern, Kind kind) {
        this.pattern = new TemporalPattern(pattern, kind);
        this.kind = kind;
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        return read(value, RoundingMode.UNNECESSARY);
    }

    @Override
    public String rounded(String value, RoundingMode mode) throws RefusedValueException {
        return read(value, mode);
    }

    private String read(String value, RoundingMode mode) throws RefusedValueException {
        TemporalAccessor parsed = pattern.parse(value);
        LocalDate date = pattern.date(parsed);
        if (kind == Kind.DATE) {
            return date.toString();
        }
        LocalDateTime local = date.atTime(pattern.time(parsed))
                .minusSeconds(TemporalPattern.offset(parsed).getTotalSeconds());
        return TimestampText.of(TimestampText.toMicros(local, mode), kind == Kind.TIMESTAMPTZ);
    }
}
