package io.caravan.sandbox.grammar;

import static java.util.stream.Collectors.joining;

import io.caravan.sandbox.token.LongNames;
import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * Primary, unique and foreign keys, which inform and are never enforced. PostgreSQL has no such thing, so a key becomes a CHECK
 * that is not enforced and that tells the catalogue's views what it is: {@code ROW(kind, columns)}, for a foreign key with the
 * other table and its columns before its own.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/t_Defining_constraints.html">Table constraints</a>
 */
final class KeyRules {

    /** Between the names of columns. */
    private static final String SEPARATOR = "\u001f";

    private final TokenCursor in;
    private final Token table;
    private final List<Token> qualifiedTable;

    /** Reads keys of this table. */
    KeyRules(TokenCursor in, List<Token> table) {
        this.in = in;
        this.qualifiedTable = table;
        this.table = table.get(table.size() - 1);
    }

    /** Reads a table constraint; returns it and, for a primary key, the columns that may not be NULL. */
    Key tableConstraint() {
        String name = in.accept("constraint") ? in.expectName().text() : "";
        if (in.accept("primary", "key")) {
            return primary(name, in.nameList());
        }
        if (in.accept("unique")) {
            return unique(name, in.nameList());
        }
        in.expect("foreign");
        in.expect("key");
        List<Token> columns = in.nameList();
        in.expect("references");
        return references(name, columns);
    }

    Key primary(String name, List<Token> columns) {
        return new Key(check(name(name, List.of(), "pkey"), "'p'", columns), columns);
    }

    Key unique(String name, List<Token> columns) {
        return new Key(check(name(name, columns, "key"), "'u'", columns), List.of());
    }

    /** Reads what stands behind REFERENCES. */
    Key references(String name, List<Token> columns) {
        List<Token> other = in.qualifiedName();
        List<Token> otherColumns = in.peek().isSymbol("(") ? in.nameList() : List.of();
        boolean itself = Names.text(other).equals(Names.text(qualifiedTable));
        String kind = "'f', "
                + Names.literal(otherColumns.stream().map(Token::text).collect(joining(SEPARATOR)))
                + (itself ? "" : ", " + Names.literal(Names.text(other)) + "::regclass");
        return new Key(check(name(name, columns, "fkey"), kind, columns), List.of());
    }

    private String name(String given, List<Token> columns, String ending) {
        String middle = columns.stream().map(column -> column.inFull() + "_").collect(joining());
        return given.isEmpty() ? LongNames.cut(table.inFull() + "_" + middle + ending, 63) : given;
    }

    private static String check(String name, String kind, List<Token> columns) {
        return "CONSTRAINT " + Names.quoted(name) + " CHECK (ROW(" + kind + ", "
                + columns.stream().map(Token::quoted).collect(joining(", ")) + ") IS NOT NULL) NOT ENFORCED";
    }

    /**
     * A key in PostgreSQL's words.
     *
     * @param notNull the columns that it makes NOT NULL
     */
    record Key(String constraint, List<Token> notNull) {}
}
