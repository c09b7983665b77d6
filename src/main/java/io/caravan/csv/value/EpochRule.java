package io.caravan.csv.value;

import io.caravan.model.table.ColumnType.Kind;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** TIMESTAMP or TIMESTAMPTZ as the whole number of seconds or milliseconds since 1970, in UTC. */
final class EpochRule implements ValueRule {

    private static final long MIN_SECOND =
            LocalDateTime.of(TimestampText.MIN_YEAR, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long MAX_SECOND =
            LocalDateTime.of(TimestampText.MAX_YEAR, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);
    private static final IntegerRule NUMBER = new IntegerRule(Kind.BIGINT);

    private final int unitsPerSecond;
    private final boolean zoned;

    EpochRule(int unitsPerSecond, boolean zoned) {
        this.unitsPerSecond = unitsPerSecond;
        this.zoned = zoned;
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        long units = Long.parseLong(NUMBER.canonical(value));
        long seconds = Math.floorDiv(units, (long) unitsPerSecond);
        if (seconds < MIN_SECOND || seconds > MAX_SECOND) {
            throw RefusedValueException.outOfRange("the year is not between 0001 and 9999");
        }
        int nanos = Math.floorMod(units, unitsPerSecond) * (1_000_000_000 / unitsPerSecond);
        return TimestampText.of(LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC), zoned);
    }
}
