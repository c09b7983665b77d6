package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parenthesis of CREATE TABLE, written anew: columns, and keys, which only inform.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html">CREATE TABLE</a>
 */
final class TableBody {

    private final Statement statement;
    private final TokenCursor in;
    private final Edits edits;
    private final List<ColumnRules> columns = new ArrayList<>();
    private final List<String> likes = new ArrayList<>();
    private final List<KeyRules.Key> keys = new ArrayList<>();
    private final List<Token> table;

    TableBody(Statement statement, TokenCursor in, Edits edits, List<Token> table) {
        this.statement = statement;
        this.in = in;
        this.edits = edits;
        this.table = table;
    }

    void rewrite() {
        int start = in.peek().start();
        in.expectSymbol("(");
        do {
            item();
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
        columns.forEach(column -> keys.addAll(column.keys()));
        List<List<Token>> primary = keys.stream()
                .map(KeyRules.Key::notNull)
                .filter(key -> !key.isEmpty())
                .toList();
        if (primary.size() > 1) {
            throw new RefusedException(new SqlError(
                    "42P16",
                    "multiple primary keys for table \""
                            + table.get(table.size() - 1).text() + "\" are not allowed"));
        }
        Set<String> notNull = new HashSet<>();
        primary.forEach(key -> key.forEach(column -> notNull.add(column.text())));
        List<String> items = new ArrayList<>(likes);
        columns.forEach(c -> items.add(c.text(notNull.contains(c.name()))));
        keys.forEach(key -> items.add(key.constraint()));
        edits.replace(start, in.peek(-1).end(), "(" + String.join(", ", items) + ")");
    }

    private void item() {
        if (in.accept("like")) {
            like();
        } else if (in.peek().isWord("constraint")
                || in.peek().isWord("primary")
                || in.peek().isWord("unique")
                || in.peek().isWord("foreign")) {
            keys.add(new KeyRules(in, table).tableConstraint());
        } else {
            columns.add(ColumnRules.read(statement, in, table));
        }
    }

    private void like() {
        List<Token> name = in.qualifiedName();
        String defaults = in.accept("including", "defaults") ? " INCLUDING DEFAULTS" : "";
        in.accept("excluding", "defaults");
        likes.add("LIKE " + String.join(".", name.stream().map(Token::quoted).toList()) + defaults);
    }
}
