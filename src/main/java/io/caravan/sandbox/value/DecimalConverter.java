package io.caravan.sandbox.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** DECIMAL(p, s). COPY cuts what is too precise; ROUNDEC rounds it. */
record DecimalConverter(int precision, int scale, boolean rounds) implements FieldConverter {

    private static final byte[] ZERO = {'0'};

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        int first = from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
        int digits = 0;
        boolean leading = true;
        int point = -1;
        for (int i = first; i < to; i++) {
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
        if (to - first == (point < 0 ? 0 : 1)) {
            throw first == from ? Blanks.invalidDigit(bytes, from, from, to, "Decimal") : invalid(bytes, from, to);
        }
        if (digits > precision - scale) {
            throw overflow();
        }
        if (point < 0 || to - point - 1 <= scale) {
            out.decimal(bytes, from, to);
        } else if (rounds) {
            exact(bytes, from, to, out);
        } else {
            int cut = scale == 0 ? point : point + 1 + scale;
            if (cut == first) {
                out.decimal(ZERO, 0, 1);
            } else {
                out.decimal(bytes, from, cut);
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
        byte[] plain = fitted.toPlainString().getBytes(StandardCharsets.US_ASCII);
        out.decimal(plain, 0, plain.length);
    }

    private static FieldException invalid(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        return FieldException.ofPostgres("invalid input syntax for type numeric: \"" + text + '"');
    }

    private FieldException overflow() {
        return new FieldException(1209, "Numeric data overflow, Type: Decimal(" + precision + "," + scale + ")");
    }
}
