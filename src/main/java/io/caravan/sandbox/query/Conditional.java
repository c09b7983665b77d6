package io.caravan.sandbox.query;

import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * DECODE and NVL2, which become CASE.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_DECODE_expression.html">DECODE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_NVL2.html">NVL2</a>
 */
final class Conditional {

    private final TokenCursor in;
    private final Edits edits;
    private final Expressions expressions;

    Conditional(TokenCursor in, Edits edits, Expressions expressions) {
        this.in = in;
        this.edits = edits;
        this.expressions = expressions;
    }

    /** NULL is equal to NULL here. */
    void decode(Token name) {
        List<Statement> arguments = arguments();
        if (arguments.size() < 3) {
            throw RefusedException.near(in.peek(-1));
        }
        replace(name, arguments, Conditional::decoded);
    }

    private static String decoded(List<String> values) {
        StringBuilder out = new StringBuilder("CASE");
        int i = 1;
        for (; i + 1 < values.size(); i += 2) {
            out.append(" WHEN ").append(values.get(0)).append(" IS NOT DISTINCT FROM ");
            out.append(values.get(i)).append(" THEN ").append(values.get(i + 1));
        }
        if (i < values.size()) {
            out.append(" ELSE ").append(values.get(i));
        }
        return out + " END";
    }

    void nvl2(Token name) {
        List<Statement> arguments = arguments();
        if (arguments.size() != 3) {
            throw RefusedException.near(in.peek(-1));
        }
        replace(
                name,
                arguments,
                values -> "CASE WHEN " + values.get(0) + " IS NOT NULL THEN " + values.get(1) + " ELSE " + values.get(2)
                        + " END");
    }

    /** Replaces the call by a text of its arguments, each in PostgreSQL's words and between parentheses. */
    private void replace(Token name, List<Statement> arguments, Function<List<String>, String> text) {
        edits.replace(name.start(), in.peek(-1).end(), () -> {
            List<String> values = arguments.stream()
                    .map(part -> '(' + edits.apply(part) + ')')
                    .toList();
            return '(' + text.apply(values) + ')';
        });
    }

    /** Reads the arguments between parentheses. */
    private List<Statement> arguments() {
        List<Statement> arguments = new ArrayList<>();
        in.expectSymbol("(");
        do {
            int from = in.index();
            expressions.expression();
            arguments.add(new Statement(
                    in.statement().source(), in.statement().tokens().subList(from, in.index())));
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
        return arguments;
    }
}
