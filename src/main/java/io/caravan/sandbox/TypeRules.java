package io.caravan.sandbox;

import java.util.Set;

/**
 * Names of types. A length that is not written is Redshift's, not PostgreSQL's.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html">Character types</a>
 */
final class TypeRules {

    private static final Set<String> KNOWN = Set.of(
            "smallint",
            "int2",
            "integer",
            "int",
            "int4",
            "bigint",
            "int8",
            "decimal",
            "numeric",
            "real",
            "float4",
            "double",
            "float8",
            "float",
            "boolean",
            "bool",
            "char",
            "character",
            "nchar",
            "bpchar",
            "varchar",
            "nvarchar",
            "text",
            "date",
            "timestamp",
            "timestamptz",
            "time",
            "timetz");

    private TypeRules() {}

    static boolean known(Token token) {
        return token.kind() == Token.Kind.WORD && KNOWN.contains(token.text());
    }

    /** Rewrites the type whose name starts at the index. */
    static void rewrite(Statement statement, int index, Edits edits) {
        Token type = statement.token(index);
        if (type.kind() != Token.Kind.WORD) {
            return;
        }
        boolean varying = statement.token(index + 1).isWord("varying");
        int last = varying ? index + 1 : index;
        boolean sized = statement.token(last + 1).isSymbol("(");
        String name =
                switch (type.text()) {
                    case "varchar", "nvarchar" -> "varchar";
                    case "character", "nchar", "char" -> varying ? "varchar" : "char";
                    case "text" -> "text";
                    case "bpchar" -> "bpchar";
                    case "decimal", "numeric" -> "numeric";
                    default -> "";
                };
        if (name.isEmpty()) {
            return;
        }
        String text =
                switch (name) {
                    case "text" -> "varchar(256)";
                    case "bpchar" -> "char(256)";
                    case "varchar" -> sized ? "varchar" : "varchar(256)";
                    case "numeric" -> sized ? "numeric" : "numeric(18,0)";
                    default -> "char";
                };
        edits.replace(type.start(), statement.token(last).end(), text);
        if (sized) {
            size(statement, last + 2, name, edits);
        }
    }

    private static void size(Statement statement, int index, String name, Edits edits) {
        Token size = statement.token(index);
        if (size.isWord("max") && name.equals("varchar")) {
            edits.replace(size, "65535");
            return;
        }
        int limit =
                switch (name) {
                    case "varchar" -> 65_535;
                    case "char" -> 4_096;
                    default -> 38;
                };
        if (size.kind() == Token.Kind.NUMBER && (size.text().length() > 6 || Integer.parseInt(size.text()) > limit)) {
            throw new RefusedException(
                    new SqlError("42601", "length or precision for type " + name + " cannot exceed " + limit));
        }
    }
}
