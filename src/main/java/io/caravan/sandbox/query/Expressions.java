package io.caravan.sandbox.query;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression or a condition, and refuses what Redshift's grammar has not. Precedence is left to PostgreSQL.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_expressions.html">Expressions</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_conditions.html">Conditions</a>
 */
public final class Expressions {

    private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "<>", "!=", "~", "!~");
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "^", "||", "&", "|", "#", "<<", ">>");
    private static final Set<String> CONSTANTS =
            Set.of("null", "true", "false", "current_date", "current_user", "session_user", "user");
    private static final Set<String> TYPED_LITERALS = Set.of("date", "time", "timetz", "timestamp", "timestamptz");
    private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

    private final TokenCursor in;
    private final Edits edits;
    private final boolean subqueries;
    private final @Nullable SelectAliases aliases;

    public Expressions(TokenCursor in, Edits edits) {
        this(in, edits, true, null);
    }

    private Expressions(TokenCursor in, Edits edits, boolean subqueries, @Nullable SelectAliases aliases) {
        this.in = in;
        this.edits = edits;
        this.subqueries = subqueries;
        this.aliases = aliases;
    }

    /** Returns the same, but for places where a subquery may not stand. */
    public Expressions withoutSubqueries() {
        return new Expressions(in, edits, false, aliases);
    }

    /** Returns the same, but for places where an alias of the select list may stand. */
    Expressions naming(@Nullable SelectAliases selected) {
        return new Expressions(in, edits, subqueries, selected);
    }

    public void expression() {
        do {
            while (in.accept("not")) {}
            predicate();
        } while (in.acceptAny("and", "or"));
    }

    /** Reads expressions between commas. */
    public void list() {
        do {
            expression();
        } while (in.acceptSymbol(","));
    }

    /** Reads the two operands of POSITION, whose IN is not the condition. */
    void position() {
        operand();
        in.expect("in");
        operand();
    }

    private void predicate() {
        operand();
        while (suffix()) {}
    }

    private boolean suffix() {
        Token token = in.peek();
        if (token.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(token.text())) {
            in.next();
            comparedWith();
            return true;
        }
        if (in.leaderNode() && in.accept("operator")) {
            in.expectSymbol("(");
            in.expectName();
            in.expectSymbol(".");
            while (!in.acceptSymbol(")")) {
                in.expectKind(Token.Kind.SYMBOL);
            }
            comparedWith();
            return true;
        }
        if (in.accept("is")) {
            in.accept("not");
            in.expectAny("null", "true", "false", "unknown");
            return true;
        }
        if (in.acceptAny("isnull", "notnull")) {
            return true;
        }
        if (token.isWord("not") && !isMatch(in.peek(1))) {
            return false;
        }
        in.accept("not");
        return match();
    }

    private void comparedWith() {
        if (!in.acceptAny("any", "some", "all")) {
            operand();
        } else if (in.leaderNode() && !startsQuery(in.peek(1))) {
            in.expectSymbol("(");
            expression();
            in.expectSymbol(")");
        } else {
            subquery();
        }
    }

    private static boolean isMatch(Token token) {
        return token.kind() == Token.Kind.WORD
                && Set.of("in", "between", "like", "ilike", "similar").contains(token.text());
    }

    private boolean match() {
        if (in.accept("in")) {
            if (startsQuery(in.peek(1))) {
                subquery();
            } else {
                in.expectSymbol("(");
                list();
                in.expectSymbol(")");
            }
        } else if (in.accept("between")) {
            operand();
            in.expect("and");
            operand();
        } else if (in.acceptAny("like", "ilike") || in.accept("similar", "to")) {
            operand();
            if (in.accept("escape")) {
                operand();
            }
        } else {
            return false;
        }
        return true;
    }

    private void operand() {
        term();
        while (in.peek().kind() == Token.Kind.SYMBOL
                && ARITHMETIC.contains(in.peek().text())) {
            in.next();
            term();
        }
    }

    private void term() {
        while (in.acceptSymbol("-") || in.acceptSymbol("+")) {}
        primary();
        while (true) {
            if (in.acceptSymbol("::")) {
                TypeRules.read(in, edits);
            } else if (in.leaderNode() && in.acceptSymbol("[")) {
                subscript();
            } else if (in.leaderNode() && in.accept("collate")) {
                in.qualifiedName();
            } else if (in.accept("at", "time", "zone")) {
                primary();
            } else {
                return;
            }
        }
    }

    private void subscript() {
        expression();
        if (in.acceptSymbol(":")) {
            expression();
        }
        in.expectSymbol("]");
    }

    private void array() {
        in.next();
        if (in.acceptSymbol("[")) {
            list();
            in.expectSymbol("]");
        } else {
            subquery();
        }
    }

    private void primary() {
        Token token = in.peek();
        switch (token.kind()) {
            case NUMBER, STRING, PARAMETER -> in.next();
            case QUOTED -> name();
            case WORD -> word(token);
            default -> {
                if (!token.isSymbol("(")) {
                    throw RefusedException.near(token);
                }
                parenthesis();
            }
        }
    }

    private void parenthesis() {
        if (startsQuery(in.peek(1))) {
            subquery();
            return;
        }
        in.expectSymbol("(");
        expression();
        new Queries(in, edits).moreOfASet();
        in.expectSymbol(")");
    }

    private void word(Token token) {
        Token next = in.peek(1);
        if (token.isWord("array") && in.leaderNode()) {
            array();
        } else if (token.isWord("case")) {
            caseWhen();
        } else if (token.isWord("cast") && next.isSymbol("(")) {
            in.next();
            in.next();
            expression();
            in.expect("as");
            TypeRules.read(in, edits);
            in.expectSymbol(")");
        } else if (token.isWord("exists") && next.isSymbol("(")) {
            in.next();
            subquery();
        } else if (token.isWord("interval") && next.kind() == Token.Kind.STRING) {
            in.next();
            in.next();
            interval();
        } else if (TYPED_LITERALS.contains(token.text()) && next.kind() == Token.Kind.STRING) {
            in.next();
            in.next();
        } else if (token.isWord("approximate") && next.isName() && in.peek(2).isSymbol("(")) {
            throw new RefusedException(
                    SqlError.unsupported("APPROXIMATE " + next.text().toUpperCase(java.util.Locale.ROOT)));
        } else if (token.isWord("sysdate")) {
            edits.replace(in.next(), "pg_catalog.sysdate()");
        } else if (next.isSymbol("(")) {
            new FunctionCall(in, edits, this).read();
        } else if (CONSTANTS.contains(token.text())) {
            in.next();
        } else {
            name();
        }
    }

    private void interval() {
        String[] fields = {"year", "month", "day", "hour", "minute", "second"};
        if (in.acceptAny(fields) && in.accept("to")) {
            in.expectAny(fields);
        }
    }

    private void caseWhen() {
        in.expect("case");
        if (!in.peek().isWord("when")) {
            expression();
        }
        in.expect("when");
        do {
            expression();
            in.expect("then");
            expression();
        } while (in.accept("when"));
        if (in.accept("else")) {
            expression();
        }
        in.expect("end");
    }

    private void name() {
        List<Token> name = in.qualifiedName();
        if (aliases != null && name.size() == 1 && !in.peek().isSymbol("(")) {
            aliases.reference(name.get(0));
        }
        for (Token part : name) {
            if (part.kind() == Token.Kind.WORD && SYSTEM_COLUMNS.contains(part.text())) {
                throw RefusedException.near(part);
            }
        }
        if (in.peek().isSymbol("(")) {
            new FunctionCall(in, edits, this).behind(name);
        }
    }

    private static boolean startsQuery(Token token) {
        return token.isWord("select") || token.isWord("with");
    }

    private void subquery() {
        in.expectSymbol("(");
        if (!subqueries) {
            throw RefusedException.near(in.peek());
        }
        new Queries(in, edits).query();
        in.expectSymbol(")");
    }
}
