package io.caravan.csv;

import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.ValueRule;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.NullTexts;
import io.caravan.model.table.Column;

/**
 * What becomes of a field of each record.
 *
 * @param column the column that it goes into
 * @param position where the column is among the loaded columns, from 0
 * @param key whether the column is a matching key
 * @param identifies whether a row that only deletes needs the value
 * @param text whether the column holds text
 * @param rule what the column asks of a value
 * @param onInvalid what becomes of a value that the column refuses
 */
record LoadedField(
        Column column,
        int position,
        boolean key,
        boolean identifies,
        boolean text,
        ValueRule rule,
        OnInvalid onInvalid) {

    /** Returns whether a record's field is NULL: an empty one is, for every type but text, quoted or not, as Redshift's COPY has it. */
    boolean isNull(String value, CsvRecord record, int index, NullTexts nulls) {
        return record.isNull(index, nulls) || (!text && Blanks.isBlank(value));
    }
}
