package io.caravan.sandbox.query;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.Map;

/**
 * Names of types. A length that is not written is Redshift's, not PostgreSQL's.
 *
 * <p>Trailing blanks mean nothing when VARCHARs are compared: the catalogue gives VARCHAR operators and operator classes of
 * its own for that. They do not reach results of functions, which are TEXT to PostgreSQL: there trailing blanks count.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html">Data types</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html">Character types</a>
 */
public final class TypeRules {

    /** Every name, and what PostgreSQL is told if no length is written. */
    private static final Map<String, String> UNSIZED = Map.ofEntries(
            Map.entry("smallint", "smallint"),
            Map.entry("int2", "int2"),
            Map.entry("integer", "integer"),
            Map.entry("int", "int"),
            Map.entry("int4", "int4"),
            Map.entry("bigint", "bigint"),
            Map.entry("int8", "int8"),
            Map.entry("decimal", "numeric(18,0)"),
            Map.entry("numeric", "numeric(18,0)"),
            Map.entry("real", "real"),
            Map.entry("float4", "float4"),
            Map.entry("double", "double"),
            Map.entry("float8", "float8"),
            Map.entry("float", "float"),
            Map.entry("boolean", "boolean"),
            Map.entry("bool", "bool"),
            Map.entry("char", "char"),
            Map.entry("character", "char"),
            Map.entry("nchar", "char"),
            Map.entry("bpchar", "char(256)"),
            Map.entry("varchar", "varchar(256)"),
            Map.entry("nvarchar", "varchar(256)"),
            Map.entry("text", "varchar(256)"),
            Map.entry("date", "date"),
            Map.entry("timestamp", "timestamp"),
            Map.entry("timestamptz", "timestamptz"),
            Map.entry("time", "time"),
            Map.entry("timetz", "timetz"),
            Map.entry("super", "super"),
            Map.entry("varbyte", "varbyte"),
            Map.entry("varbinary", "varbyte"),
            Map.entry("binary", "varbyte"),
            Map.entry("geometry", "geometry"),
            Map.entry("geography", "geography"),
            Map.entry("hllsketch", "hllsketch"));

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_interval_data_types.html */
    private static final String[] INTERVAL_FIELDS = {"year", "month", "day", "hour", "minute", "second"};

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_VARBYTE_type.html */
    private static final int MAX_VARBYTE = 1_024_000;

    private TypeRules() {}

    /** Reads a type and puts it into PostgreSQL's words. */
    public static void read(TokenCursor in, Edits edits) {
        Token type = in.peek();
        if (!type.isName()) {
            throw RefusedException.near(type);
        }
        if (in.leaderNode() && !UNSIZED.containsKey(type.text())) {
            catalogueType(in);
            return;
        }
        String unsized = type.kind() == Token.Kind.WORD ? UNSIZED.get(type.text()) : null;
        if (type.isWord("interval")) {
            interval(in);
            return;
        }
        if (unsized == null) {
            throw new RefusedException(new SqlError("42704", "type \"" + type.text() + "\" does not exist"));
        }
        in.next();
        if (unsized.equals("varbyte")) {
            bytes(type, in, edits);
            return;
        }
        if (type.isWord("double")) {
            in.expect("precision");
        } else if (type.text().startsWith("time")) {
            zone(in);
        } else if ((type.isWord("character") || type.isWord("char")) && in.accept("varying")) {
            unsized = "varchar(256)";
        }
        boolean takesSize =
                unsized.startsWith("varchar") || unsized.startsWith("char") || unsized.startsWith("numeric");
        boolean sized = takesSize && in.peek().isSymbol("(");
        String name = sized && unsized.indexOf('(') > 0 ? unsized.substring(0, unsized.indexOf('(')) : unsized;
        if (takesSize) {
            edits.replace(type.start(), in.peek(-1).end(), sized && type.isWord("text") ? "varchar(256)" : name);
        }
        if (sized) {
            int size = in.peek().start();
            size(in, name, edits);
            if (type.isWord("text") || type.isWord("bpchar")) {
                // A length behind TEXT and BPCHAR has no meaning.
                edits.replace(size, in.peek(-1).end(), type.isWord("text") ? "" : "(256)");
            }
        } else if (type.isWord("float") && in.acceptSymbol("(")) {
            in.expectKind(Token.Kind.NUMBER);
            in.expectSymbol(")");
        }
    }

    /** BINARY alone is no type. */
    private static void bytes(Token type, TokenCursor in, Edits edits) {
        if (type.isWord("binary")) {
            in.expect("varying");
        }
        if (in.acceptSymbol("(")) {
            Token size = in.expectKind(Token.Kind.NUMBER);
            if (size.text().length() > 7 || Integer.parseInt(size.text()) > MAX_VARBYTE) {
                throw tooLong("varbyte", MAX_VARBYTE);
            }
            in.expectSymbol(")");
        }
        edits.replace(type.start(), in.peek(-1).end(), "varbyte");
    }

    /** An interval is of months or of seconds, and says so. */
    private static void interval(TokenCursor in) {
        in.expect("interval");
        in.expectAny(INTERVAL_FIELDS);
        if (in.accept("to")) {
            in.expectAny(INTERVAL_FIELDS);
        }
        if (in.acceptSymbol("(")) {
            in.expectKind(Token.Kind.NUMBER);
            in.expectSymbol(")");
        }
    }

    private static RefusedException tooLong(String name, int limit) {
        return new RefusedException(
                new SqlError("42601", "length or precision for type " + name + " cannot exceed " + limit));
    }

    /** The catalogue has types that tables have not: name, oid, regclass and arrays. */
    private static void catalogueType(TokenCursor in) {
        in.qualifiedName();
        while (in.acceptSymbol("[")) {
            in.expectSymbol("]");
        }
    }

    private static void zone(TokenCursor in) {
        boolean with = in.peek().isWord("with") || in.peek().isWord("without");
        if (with && in.peek(1).isWord("time")) {
            in.next();
            in.expect("time");
            in.expect("zone");
        }
    }

    private static void size(TokenCursor in, String name, Edits edits) {
        in.expectSymbol("(");
        Token size = in.next();
        if (size.isWord("max") && name.equals("varchar")) {
            edits.replace(size, "65535");
        } else if (size.kind() != Token.Kind.NUMBER) {
            throw RefusedException.near(size);
        } else {
            check(size, name);
        }
        if (name.equals("numeric") && in.acceptSymbol(",")) {
            in.expectKind(Token.Kind.NUMBER);
        }
        in.expectSymbol(")");
    }

    private static void check(Token size, String name) {
        int limit =
                switch (name) {
                    case "varchar" -> 65_535;
                    case "char" -> 4_096;
                    default -> 38;
                };
        if (size.text().length() > 6 || Integer.parseInt(size.text()) > limit) {
            throw tooLong(name, limit);
        }
    }
}
