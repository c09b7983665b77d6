package io.caravan.csv;

import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.Utf8;
import io.caravan.model.table.ColumnType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value is within bounds: numbers by what they amount to, dates and times by which is earlier, text by its bytes and
 * without blanks at its end, as Redshift compares it.
 *
 * @param <T> what is compared
 */
final class RangeCondition<T> implements Condition {

    private final Function<String, T> reader;
    private final Comparator<? super T> order;
    private final T low;
    private final T high;

    private RangeCondition(Function<String, T> reader, Comparator<? super T> order, T low, T high) {
        if (order.compare(low, high) > 0) {
            throw new IllegalArgumentException("no value is between two bounds of which the first is the greater");
        }
        this.reader = reader;
        this.order = order;
        this.low = low;
        this.high = high;
    }

    /**
     * Takes the bounds in the standard form of the type. Those of numbers may be beyond what the type holds.
     *
     * @throws IllegalArgumentException if they are none for the type
     */
    static Condition of(ColumnType type, String low, String high) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE ->
                new RangeCondition<>(BigDecimal::new, Comparator.<BigDecimal>naturalOrder(), number(low), number(high));
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ ->
                // Canonical times are in the order of their texts: '+' of an offset is before '.' of a fraction.
                new RangeCondition<>(
                        Function.identity(),
                        Comparator.<String>naturalOrder(),
                        OneOfCondition.canonical(type, low),
                        OneOfCondition.canonical(type, high));
            case CHAR, VARCHAR ->
                new RangeCondition<>(Blanks::stripEnd, Utf8::compare, Blanks.stripEnd(low), Blanks.stripEnd(high));
            case BOOLEAN, SUPER, VARBYTE ->
                throw new IllegalArgumentException(type.kind() + " has no order; use 'one of'");
        };
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a bound is not a number", e);
        }
    }

    @Override
    public Optional<String> look(String value) {
        T read = reader.apply(value);
        return Condition.of(order.compare(low, read) <= 0 && order.compare(read, high) <= 0);
    }
}
