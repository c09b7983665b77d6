package io.caravan.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** DECIMAL(p, s). COPY cuts what is too precise; ROUNDEC rounds it. */
record DecimalConverter(int precision, int scale, boolean rounds) implements FieldConverter {

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        int i = from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
        int digits = 0;
        boolean leading = true;
        int point = -1;
        for (; i < to; i++) {
            byte b = bytes[i];
            if (b == '.' && point < 0) {
                point = i;
            } else if (b >= '0' && b <= '9') {
                leading &= b == '0';
                digits += point < 0 && !leading ? 1 : 0;
            } else if (b == 'e' || b == 'E') {
                exact(bytes, from, to, out);
                return;
            } else {
                throw Blanks.invalidDigit(bytes, i, from, to, "Decimal");
            }
        }
        if (to - from == 0 || (point >= 0 && to - from == 1)) {
            throw Blanks.invalidDigit(bytes, from, from, to, "Decimal");
        }
        if (digits > precision - scale) {
            throw overflow();
        }
        if (point < 0 || to - point - 1 <= scale) {
            out.put(bytes, from, to);
        } else if (rounds) {
            exact(bytes, from, to, out);
        } else {
            int cut = scale == 0 ? point : point + 1 + scale;
            if (cut == from || (cut == from + 1 && bytes[from] < '.')) {
                out.put('0');
            } else {
                out.put(bytes, from, cut);
            }
        }
    }

    private void exact(byte[] bytes, int from, int to, CopyRows out) throws FieldException {
        BigDecimal value;
        try {
            value = new BigDecimal(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw new FieldException(1207, "Invalid digit, Type: Decimal");
        }
        if ((long) value.precision() - value.scale() > precision - scale && value.signum() != 0) {
            throw overflow();
        }
        BigDecimal fitted = value.setScale(scale, rounds ? RoundingMode.HALF_UP : RoundingMode.DOWN);
        if (fitted.precision() - fitted.scale() > precision - scale && fitted.signum() != 0) {
            throw overflow();
        }
        out.put(fitted.toPlainString());
    }

    private FieldException overflow() {
        return new FieldException(1209, "Numeric data overflow, Type: Decimal(" + precision + "," + scale + ")");
    }
}
