package io.caravan.sandbox.query;

import static java.util.Objects.requireNonNull;

import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function of dates and times. Its part is checked, and what it takes a part of becomes one of three types: DATE,
 * TIMESTAMPTZ and text become TIMESTAMP, TIME and TIMETZ stay.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/Date_functions_header.html">Date and time functions</a>
 */
final class DateCall {

    private static final String MOMENT = " sandbox_internal.moment(";

    /**
     * What becomes of a function.
     *
     * @param name PostgreSQL's name for it, which is also the name of the column it makes
     * @param part what reads the first argument, if that is a part
     * @param moments arguments that are dates or times, counted from 0
     */
    private record Rule(String name, @Nullable Function<Token, String> part, Set<Integer> moments) {}

    private static final Map<String, Rule> RULES = Map.of(
            "dateadd", new Rule("date_add", DateParts::span, Set.of(2)),
            "datediff", new Rule("date_diff", DateParts::span, Set.of(1, 2)),
            "date_trunc", new Rule("date_trunc", DateParts::span, Set.of(1)),
            "date_part", new Rule("pgdate_part", DateParts::ofAValue, Set.of(1)),
            "pgdate_part", new Rule("pgdate_part", DateParts::ofAValue, Set.of(1)),
            "last_day", new Rule("last_day", null, Set.of(0)),
            "add_months", new Rule("add_months", null, Set.of(0)),
            "months_between", new Rule("months_between", null, Set.of(0, 1)));

    private final TokenCursor in;
    private final Edits edits;
    private final Expressions expressions;

    DateCall(TokenCursor in, Edits edits, Expressions expressions) {
        this.in = in;
        this.edits = edits;
        this.expressions = expressions;
    }

    static boolean is(String name) {
        return RULES.containsKey(name);
    }

    /** Reads the arguments of the function, whose name has been read. */
    void read(Token name) {
        Rule rule = requireNonNull(RULES.get(name.text()));
        edits.replace(name, "sandbox_internal." + rule.name());
        List<Token> separators = new ArrayList<>();
        separators.add(in.peek());
        in.expectSymbol("(");
        Function<Token, String> part = rule.part();
        if (part != null) {
            part(part);
            separators.add(in.next());
        }
        do {
            expressions.expression();
            separators.add(in.peek());
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
        for (int i = 0; i < separators.size(); i++) {
            String end = rule.moments().contains(i - 1) ? ")" : "";
            String begin = rule.moments().contains(i) && i + 1 < separators.size() ? MOMENT : "";
            Token separator = separators.get(i);
            edits.replace(separator, end + separator.text() + begin);
        }
    }

    private void part(Function<Token, String> parts) {
        Token part = literal();
        if (!in.peek().isSymbol(",")) {
            throw RefusedException.near(in.peek());
        }
        edits.replace(part, '\'' + parts.apply(part) + '\'');
    }

    /** Reads the name of a part, as a word or as a string. */
    private Token literal() {
        if (in.peek().kind() != Token.Kind.STRING && !in.peek().isName()) {
            throw RefusedException.near(in.peek());
        }
        return in.next();
    }

    /** Reads EXTRACT(part FROM value), whose name has been read. */
    void extract(Token name) {
        edits.replace(name, "sandbox_internal.date_part");
        in.expectSymbol("(");
        Token part = literal();
        edits.replace(part, '\'' + DateParts.any(part) + '\'');
        Token from = in.peek();
        in.expect("from");
        edits.replace(from, ",");
        expressions.expression();
        in.expectSymbol(")");
    }
}
