package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.csv.value.InferredType;
import io.caravan.csv.value.Names;
import io.caravan.csv.value.Utf8;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says of numbers that their columns refuse which type the column would have to be of, and how it becomes that, for feeds whose
 * tables evolve. Costs nothing as long as no value is refused.
 */
final class Widening {

    /** What a number is refused for that its column has no room for; a fraction in a whole number is another reason. */
    private static final Set<ErrorCode> NO_ROOM = Set.of(ErrorCode.VALUE_OUT_OF_RANGE, ErrorCode.VALUE_TOO_PRECISE);

    private static final Set<Kind> WHOLE = Set.of(Kind.SMALLINT, Kind.INTEGER, Kind.BIGINT);

    private static final int MOST_CHARS = 100;
    private static final int MOST_EXPONENT = 60;

    /** So many bytes of a dead letter's reason are for the statements; where they need more, the log alone has them. */
    private static final int MOST_BYTES = 1_000;

    private final @Nullable BiFunction<Column, ColumnType, String> statements;
    private final Set<Column> formatted;

    /** What each column would have to hold: all that it holds today, and the values that it has refused. */
    private final Map<Column, InferredType> needed = new LinkedHashMap<>();

    private final Map<Column, ColumnType> types = new LinkedHashMap<>();

    /**
     * Begins with no value.
     *
     * @param statements gives the statements by which a column becomes one of another type; null if nobody asks for them
     * @param formatted columns whose values are not written in the standard form, so that they cannot be read here
     */
    Widening(@Nullable BiFunction<Column, ColumnType, String> statements, Set<Column> formatted) {
        this.statements = statements;
        this.formatted = formatted;
    }

    /** Returns what is to be added to the reason for which a value is refused; empty if no other type of number helps. */
    String hint(Column column, String value, ErrorCode code) {
        boolean mayBeFraction =
                code == ErrorCode.VALUE_FORMAT && WHOLE.contains(column.type().kind());
        if (statements == null || formatted.contains(column) || !(NO_ROOM.contains(code) || mayBeFraction)) {
            return "";
        }
        Optional<ColumnType> type = number(value, mayBeFraction)
                .flatMap(number -> wider(column, number))
                .filter(found -> !found.equals(column.type()));
        if (type.isEmpty()) {
            return "";
        }
        types.put(column, type.get());
        return hint(column, type.get(), statements);
    }

    private static String hint(Column column, ColumnType type, BiFunction<Column, ColumnType, String> statements) {
        String ddl = statements.apply(column, type);
        return "; the column would have to be " + type.sql()
                + (Utf8.bytes(ddl) > MOST_BYTES ? "" : ", to which it comes by " + ddl);
    }

    /** Returns for people which columns would have to be of another type, and how they become that. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (statements != null) {
            for (Map.Entry<Column, ColumnType> each : types.entrySet()) {
                Column column = each.getKey();
                remarks.add(Names.quoted(column.name()) + " is " + column.type().sql() + " and refuses numbers that "
                        + each.getValue().sql() + " would hold; Redshift changes no such type in place: "
                        + statements.apply(column, each.getValue()));
            }
        }
        return remarks;
    }

    private static Optional<BigDecimal> number(String value, boolean isFractionOnly) {
        String text = value.strip();
        if (text.length() > MOST_CHARS || text.chars().anyMatch(c -> c >= 0x80)) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text).stripTrailingZeros();
            boolean isFraction = number.scale() > 0;
            return Math.abs((long) number.scale()) > MOST_EXPONENT || (isFractionOnly && !isFraction)
                    ? Optional.empty()
                    : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<ColumnType> wider(Column column, BigDecimal number) {
        if (column.type().kind() == Kind.REAL) {
            return Optional.of(ColumnType.of(Kind.DOUBLE));
        }
        Optional<String> widest = widest(column.type());
        if (widest.isEmpty()) {
            return Optional.empty();
        }
        InferredType all = needed.computeIfAbsent(column, of -> {
            InferredType today = new InferredType();
            today.add(widest.get());
            return today;
        });
        all.add(number.toPlainString());
        return Optional.of(all.type()).filter(type -> !type.kind().isText());
    }

    /** Returns the longest number that a column of a type holds; empty if its values are no numbers of so many digits. */
    private static Optional<String> widest(ColumnType type) {
        return switch (type.kind()) {
            case SMALLINT -> Optional.of(Short.toString(Short.MIN_VALUE));
            case INTEGER -> Optional.of(Integer.toString(Integer.MIN_VALUE));
            case BIGINT -> Optional.of(Long.toString(Long.MIN_VALUE));
            case DECIMAL ->
                Optional.of((type.length() == type.scale() ? "0" : "9".repeat(type.length() - type.scale()))
                        + (type.scale() == 0 ? "" : "." + "9".repeat(type.scale())));
            case REAL, DOUBLE, BOOLEAN, DATE, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ, SUPER, VARBYTE, CHAR, VARCHAR ->
                Optional.empty();
        };
    }
}
