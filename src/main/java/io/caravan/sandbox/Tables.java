package io.caravan.sandbox;

/**
 * Reads what stands behind FROM and USING: tables, subqueries and joins.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_FROM_clause30.html">FROM clause</a>
 */
final class Tables {

    private final TokenCursor in;
    private final Edits edits;

    Tables(TokenCursor in, Edits edits) {
        this.in = in;
        this.edits = edits;
    }

    void list() {
        do {
            joined();
        } while (in.acceptSymbol(","));
    }

    private void joined() {
        table();
        while (join()) {}
    }

    private boolean join() {
        if (in.accept("cross", "join")) {
            table();
            return true;
        }
        if (in.accept("natural")) {
            kind();
            in.expect("join");
            table();
            return true;
        }
        if (!kind() && !in.peek().isWord("join")) {
            return false;
        }
        in.expect("join");
        table();
        if (in.accept("using")) {
            in.nameList();
        } else {
            in.expect("on");
            new Expressions(in, edits).expression();
        }
        return true;
    }

    private boolean kind() {
        if (in.accept("inner")) {
            return true;
        }
        if (in.acceptAny("left", "right", "full")) {
            in.accept("outer");
            return true;
        }
        return false;
    }

    private void table() {
        if (in.acceptSymbol("(")) {
            if (in.peek().isWord("select")
                    || in.peek().isWord("with")
                    || in.peek().isSymbol("(")) {
                new Queries(in, edits).query();
            } else {
                joined();
            }
            in.expectSymbol(")");
        } else {
            Token first = in.peek();
            if (first.isWord("unnest")) {
                throw new RefusedException(SqlError.unsupported("UNNEST"));
            }
            if (first.isWord("lateral") || first.isWord("values")) {
                throw RefusedException.near(first);
            }
            in.qualifiedName();
            if (in.peek().isSymbol("(")) {
                throw RefusedException.near(in.peek());
            }
        }
        alias();
        if (in.peek().isWord("pivot") || in.peek().isWord("unpivot")) {
            throw new RefusedException(SqlError.unsupported(in.peek().text().toUpperCase(java.util.Locale.ROOT)));
        }
    }

    private void alias() {
        if (in.accept("as")) {
            in.expectName();
        } else if (ReservedWords.isAlias(in.peek())) {
            in.next();
        } else {
            return;
        }
        if (in.peek().isSymbol("(")) {
            in.nameList();
        }
    }
}
