package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * DECODE and NVL2, which become CASE.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_DECODE_expression.html">DECODE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_NVL2.html">NVL2</a>
 */
final class Conditional {

    private final TokenCursor in;
    private final Edits edits;

    Conditional(TokenCursor in, Edits edits) {
        this.in = in;
        this.edits = edits;
    }

    /** NULL is equal to NULL here. */
    void decode(Token name) {
        List<String> values = arguments();
        if (values.size() < 3) {
            throw RefusedException.near(in.peek(-1));
        }
        StringBuilder out = new StringBuilder("CASE");
        int i = 1;
        for (; i + 1 < values.size(); i += 2) {
            out.append(" WHEN ").append(values.get(0)).append(" IS NOT DISTINCT FROM ");
            out.append(values.get(i)).append(" THEN ").append(values.get(i + 1));
        }
        if (i < values.size()) {
            out.append(" ELSE ").append(values.get(i));
        }
        replace(name, out + " END");
    }

    void nvl2(Token name) {
        List<String> values = arguments();
        if (values.size() != 3) {
            throw RefusedException.near(in.peek(-1));
        }
        replace(
                name,
                "CASE WHEN " + values.get(0) + " IS NOT NULL THEN " + values.get(1) + " ELSE " + values.get(2)
                        + " END");
    }

    private void replace(Token name, String text) {
        edits.replace(name.start(), in.peek(-1).end(), '(' + text + ')');
    }

    /** Reads the arguments between parentheses, and returns each as PostgreSQL's text between parentheses. */
    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        in.expectSymbol("(");
        do {
            int from = in.index();
            Edits own = new Edits();
            new Expressions(in, own).expression();
            Statement part = new Statement(
                    in.statement().source(), in.statement().tokens().subList(from, in.index()));
            arguments.add('(' + rewritten(part, own) + ')');
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
        return arguments;
    }

    private static String rewritten(Statement part, Edits own) {
        Dialect.rewrite(part, own);
        return own.apply(part);
    }
}
