package io.caravan.csv.mask;

import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.RawText;
import java.util.Optional;

/** The place of a record whose text must not be seen. */
record LeftOutRecord(long lineNumber, Optional<Problem> problem) implements CsvRecord {

    @Override
    public int size() {
        return 0;
    }

    @Override
    public String field(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public boolean quoted(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    /** As a record that is cut, it cannot be replayed. */
    @Override
    public String raw() {
        return RawText.leftOut("left out, since its feed masks values");
    }
}
