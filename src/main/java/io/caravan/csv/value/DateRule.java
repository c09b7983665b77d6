package io.caravan.csv.value;

import io.caravan.model.row.ValuePacker;

/** DATE: {@code YYYY-MM-DD}, years 0001 to 9999. */
final class DateRule implements ValueRule {

    @Override
    public String canonical(String value) throws RefusedValueException {
        String text = Blanks.strip(value);
        if (text.length() != DateText.DATE_CHARS || !DateText.startsWithDate(text)) {
            throw RefusedValueException.format("not a date of the form YYYY-MM-DD");
        }
        DateText.checkDate(text);
        return text;
    }

    @Override
    public boolean pack(char[] text, int from, int to, ValuePacker packer, int place) {
        boolean isUsual = to - from == DateText.DATE_CHARS && DateText.isUsualDate(text, from);
        if (isUsual) {
            packer.putPlain(place, text, from, to, "");
        }
        return isUsual;
    }
}
