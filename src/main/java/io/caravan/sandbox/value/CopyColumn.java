package io.caravan.sandbox.value;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that COPY fills.
 *
 * @param typeName PostgreSQL's name in the catalog, such as {@code int4}
 * @param length bytes of a character type, precision of a decimal, else 0
 * @param scale of a decimal, else 0
 * @param identity whether it is an IDENTITY that takes no value
 * @param hasDefault whether it gets a value where none is given
 * @param bySession whether what a text means to it depends on the session's encoding or zone
 */
public record CopyColumn(
        String name,
        String typeName,
        int length,
        int scale,
        boolean notNull,
        boolean identity,
        boolean hasDefault,
        boolean bySession) {

    public static CopyColumn of(List<@Nullable String> row) {
        String type = requireNonNull(row.get(1));
        int modifier = Integer.parseInt(requireNonNull(row.get(2)));
        int length = 0;
        int scale = 0;
        if (type.equals("numeric")) {
            length = modifier < 0 ? 38 : (modifier - 4) >> 16 & 0xffff;
            scale = modifier < 0 ? 37 : (modifier - 4) & 0x7ff;
        } else if (type.equals("varchar") || type.equals("bpchar") || type.equals("text")) {
            length = modifier < 0 ? 65_535 : modifier - 4;
        }
        return new CopyColumn(
                requireNonNull(row.get(0)),
                type,
                length,
                scale,
                "t".equals(row.get(3)),
                "a".equals(row.get(4)),
                "t".equals(row.get(8)),
                "t".equals(row.get(9)));
    }

    /** Returns whether PostgreSQL must get text, to read it by the session's settings or to put the default for NULL. */
    public boolean needsText() {
        return bySession || (notNull && hasDefault);
    }
}
