package io.caravan.sandbox;

import java.util.List;

/** CREATE: tables lose their keys and their physical design, late-binding views lose that clause, the rest is refused. */
final class CreateRules {

    private CreateRules() {}

    static void rewrite(Statement statement, Edits edits) {
        TokenCursor in = new TokenCursor(statement);
        in.expect("create");
        if (in.accept("or", "replace")) {
            in.expect("view");
            view(statement, in, edits);
            return;
        }
        if (in.accept("view")) {
            view(statement, in, edits);
            return;
        }
        if (in.accept("schema") || in.accept("database") || in.accept("user")) {
            return;
        }
        in.accept("local");
        if (!in.accept("temp")) {
            in.accept("temporary");
        }
        in.expect("table");
        in.accept("if", "not", "exists");
        List<Token> name = in.qualifiedName();
        if (name.size() > 3) {
            throw RefusedException.near(name.get(3));
        }
        if (in.peek().isSymbol("(")) {
            if (columnNamesOnly(in)) {
                in.next();
                in.skipParentheses();
            } else {
                new TableBody(statement, in, edits).rewrite();
            }
        }
        attributes(in, edits);
        if (!in.atEnd() && !in.peek().isWord("as")) {
            throw RefusedException.near(in.peek());
        }
    }

    /** CREATE TABLE t (a, b) AS SELECT … */
    private static boolean columnNamesOnly(TokenCursor in) {
        return in.peek(2).isSymbol(",") || in.peek(2).isSymbol(")");
    }

    private static void view(Statement statement, TokenCursor in, Edits edits) {
        in.qualifiedName();
        int last = statement.tokens().size() - 1;
        if (last > 4
                && statement.token(last).isWord("binding")
                && statement.token(last - 1).isWord("schema")
                && statement.token(last - 2).isWord("no")
                && statement.token(last - 3).isWord("with")) {
            edits.delete(statement.token(last - 3).start(), statement.end());
        }
    }

    /** Table attributes of the physical design, which PostgreSQL does not know. */
    private static void attributes(TokenCursor in, Edits edits) {
        while (true) {
            int start = in.peek().start();
            if (in.accept("diststyle")) {
                in.expectKind(Token.Kind.WORD);
            } else if (in.accept("distkey")) {
                in.expectSymbol("(");
                in.skipParentheses();
            } else if (in.peek().isWord("sortkey")
                    || in.peek().isWord("compound")
                    || in.peek().isWord("interleaved")) {
                if (!in.accept("compound")) {
                    in.accept("interleaved");
                }
                in.expect("sortkey");
                if (!in.accept("auto")) {
                    in.expectSymbol("(");
                    in.skipParentheses();
                }
            } else if (in.accept("encode")) {
                in.expect("auto");
            } else if (in.accept("backup")) {
                in.expectKind(Token.Kind.WORD);
            } else {
                return;
            }
            edits.delete(start, in.peek(-1).end());
        }
    }
}
