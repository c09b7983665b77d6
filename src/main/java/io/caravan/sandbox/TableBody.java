package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parenthesis of CREATE TABLE, written anew. Keys are information to Redshift and are dropped, but the columns of a
 * primary key stay NOT NULL.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html">CREATE TABLE</a>
 */
final class TableBody {

    private final Statement statement;
    private final TokenCursor in;
    private final Edits edits;
    private final List<ColumnRules> columns = new ArrayList<>();
    private final List<String> likes = new ArrayList<>();
    private final Set<String> primaryKey = new HashSet<>();

    TableBody(Statement statement, TokenCursor in, Edits edits) {
        this.statement = statement;
        this.in = in;
        this.edits = edits;
    }

    void rewrite() {
        int start = in.peek().start();
        in.expectSymbol("(");
        do {
            item();
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
        List<String> items = new ArrayList<>(likes);
        columns.forEach(c -> items.add(c.text(primaryKey.contains(c.name()))));
        edits.replace(start, in.peek(-1).end(), "(" + String.join(", ", items) + ")");
    }

    private void item() {
        if (in.accept("like")) {
            like();
        } else if (in.accept("constraint")) {
            in.expectName();
            tableConstraint();
        } else if (in.peek().isWord("primary")
                || in.peek().isWord("unique")
                || in.peek().isWord("foreign")) {
            tableConstraint();
        } else {
            columns.add(ColumnRules.read(statement, in));
        }
    }

    private void like() {
        List<Token> name = in.qualifiedName();
        String defaults = in.accept("including", "defaults") ? " INCLUDING DEFAULTS" : "";
        in.accept("excluding", "defaults");
        likes.add("LIKE " + String.join(".", name.stream().map(Token::quoted).toList()) + defaults);
    }

    private void tableConstraint() {
        if (in.accept("primary", "key")) {
            in.nameList().forEach(name -> primaryKey.add(name.text()));
        } else if (in.accept("unique")) {
            in.nameList();
        } else if (in.accept("foreign", "key")) {
            in.nameList();
            in.expect("references");
            references(in);
        } else {
            throw RefusedException.near(in.peek());
        }
    }

    static void references(TokenCursor in) {
        in.qualifiedName();
        if (in.peek().isSymbol("(")) {
            in.nameList();
        }
    }
}
