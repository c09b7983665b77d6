package io.caravan.csv.sample;

import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.FeedFormat;
import io.caravan.csv.value.InferredType;
import io.caravan.csv.value.NumberStyle;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type of a column whose values the objects write in a form of the feed's own. */
final class FormattedType {

    private static final int MAX_PRECISION = 38;

    /** <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_VARBYTE_type.html">Redshift's own default</a>. */
    private static final int USUAL_VARBYTE = 64_000;

    /** From narrow to wide; a format is of the first that takes it. */
    private static final List<ColumnType> FIXED = List.of(
            ColumnType.of(Kind.DATE),
            ColumnType.of(Kind.TIMESTAMP),
            ColumnType.of(Kind.TIMESTAMPTZ),
            ColumnType.of(Kind.TIME),
            ColumnType.of(Kind.TIMETZ),
            ColumnType.of(Kind.SUPER),
            ColumnType.varbyte(USUAL_VARBYTE),
            ColumnType.of(Kind.BOOLEAN));

    private final @Nullable ColumnType fixed;
    private final @Nullable NumberStyle style;
    private final InferredType numbers = new InferredType();

    /**
     * Takes a format.
     *
     * @throws IllegalArgumentException if no type has it
     */
    FormattedType(String format) {
        this.fixed =
                FIXED.stream().filter(type -> takes(type, format)).findFirst().orElse(null);
        this.style = fixed == null ? style(format) : null;
    }

    private static boolean takes(ColumnType type, String format) {
        try {
            FeedFormat.rule(type, format);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static NumberStyle style(String format) {
        try {
            return new NumberStyle(format);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "it is neither a pattern of a date, nor epochsecs, epochmillis or epochmicros, nor a number like"
                            + " 1.234,56, nor two words like J/N",
                    e);
        }
    }

    /** Adds a value that is not NULL as text; one that is not of the format says nothing. */
    void add(String value) {
        if (style != null && !Blanks.isBlank(value)) {
            try {
                // In this form it is a number whatever stands in front of it: the feed says so.
                numbers.add(new BigDecimal(style.plain(value)).toPlainString());
            } catch (RefusedValueException | NumberFormatException e) {
                // Its row is rejected by the load.
                return;
            }
        }
    }

    /** Adds all values that another of the same format has seen. */
    void add(FormattedType other) {
        numbers.add(other.numbers);
    }

    ColumnType type() {
        if (fixed != null) {
            return fixed;
        }
        ColumnType type = numbers.type();
        if (!type.kind().isText()) {
            return type;
        }
        boolean isWhole = style == null || !style.hasDecimalMark();
        return ColumnType.decimal(MAX_PRECISION, isWhole ? 0 : MAX_PRECISION / 4);
    }
}
