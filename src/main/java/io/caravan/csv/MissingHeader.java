package io.caravan.csv;

import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.ValueShape;
import io.caravan.csv.value.Names;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the first record of an object is a row like those below and no header. Tables whose columns are years, numbers or
 * dates beside a column with a name have headers; so names are compared with the values below them.
 */
final class MissingHeader {

    private static final int SHOWN = 5;

    /** A number of so many digits is hardly a year or the number of a question. */
    private static final int ID_DIGITS = 5;

    private final List<String> names;
    private final List<ValueShape> shapes;

    /** Of the values below each name. */
    private final List<Set<ValueShape>> below = new ArrayList<>();

    private boolean goesOn;
    private boolean hasIdsBelow = true;
    private long previous;
    private long step;
    private int records;

    /**
     * Begins with the header.
     *
     * @param names as they stand there
     */
    MissingHeader(List<String> names) {
        this.names = names;
        this.shapes = names.stream().map(ValueShape::of).toList();
        names.forEach(name -> below.add(EnumSet.noneOf(ValueShape.class)));
        this.goesOn = isSmallInteger(names.get(0));
        this.previous = goesOn ? Long.parseLong(names.get(0).strip()) : 0;
    }

    /** Adds a record with as many fields as there are names. */
    void add(CsvRecord record) {
        for (int i = 0; i < names.size(); i++) {
            ValueShape shape = ValueShape.of(record.field(i));
            if (shape != ValueShape.EMPTY) {
                below.get(i).add(shape);
            }
        }
        String first = record.field(0).strip();
        hasIdsBelow &= first.length() == names.get(0).strip().length();
        goesOn &= isSmallInteger(first);
        if (goesOn) {
            long value = Long.parseLong(first);
            goesOn = Math.abs(value - previous) == 1 && (records == 0 || value - previous == step);
            step = value - previous;
            previous = value;
        }
        records++;
    }

    /** Returns what is wrong, and the parameter that helps; empty without evidence. */
    Optional<String> finding() {
        boolean noneIsAName = shapes.stream().noneMatch(shape -> shape == ValueShape.TEXT)
                && shapes.stream().anyMatch(shape -> shape != ValueShape.EMPTY);
        if (!noneIsAName && !looksLikeTheRowsBelow()) {
            return Optional.empty();
        }
        String shown = Names.list(names.stream().limit(SHOWN).toList()) + (names.size() > SHOWN ? ", …" : "");
        return Optional.of("the names in the header look like values" + (noneIsAName ? "" : ", like those below")
                + ": " + shown
                + "; if the object has no header, set header: false and create the table by hand; if they"
                + " are names, name one of them in 'columns'");
    }

    private boolean looksLikeTheRowsBelow() {
        boolean hasEvidence = (goesOn && records > 0) || (hasIdsBelow && isId(names.get(0)) && isOneShape(0));
        for (int i = 0; i < names.size(); i++) {
            if (isOneShape(i)) {
                if (!shapes.get(i).isLike(shape(i))) {
                    return false;
                }
                hasEvidence |= shapes.get(i).isHardlyAName();
            }
        }
        return hasEvidence;
    }

    /** Returns whether all values below a name are of one kind, and not of any. */
    private boolean isOneShape(int index) {
        Set<ValueShape> found = below.get(index);
        return !found.isEmpty()
                && !found.contains(ValueShape.TEXT)
                && found.stream().allMatch(shape -> shape.isLike(shape(index)));
    }

    private ValueShape shape(int index) {
        return below.get(index).iterator().next();
    }

    private static boolean isId(String name) {
        String text = name.strip();
        return text.length() >= ID_DIGITS && ValueShape.of(text) == ValueShape.INTEGER;
    }

    private static boolean isSmallInteger(String text) {
        String value = text.strip();
        return value.length() <= 18 && ValueShape.of(value) == ValueShape.INTEGER;
    }
}
