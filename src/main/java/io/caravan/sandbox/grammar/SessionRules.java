package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.Set;

/**
 * Transactions and the parameters of a session.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_BEGIN.html">BEGIN</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_SET.html">SET</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_ConfigurationRef.html">Configuration reference</a>
 */
final class SessionRules {

    static final String FAIL_NEXT = "fail_next";

    private static final Set<String> POSTGRESQL_HAS = Set.of(
            "application_name",
            "client_encoding",
            "datestyle",
            "extra_float_digits",
            "search_path",
            "statement_timeout",
            "timezone");

    /** Kept under names of the sandbox's own, and without any effect. */
    private static final Set<String> REDSHIFT_HAS = Set.of(
            "query_group",
            "readonly",
            "analyze_threshold_percent",
            "enable_case_sensitive_identifier",
            "enable_numeric_rounding",
            "enable_result_cache_for_session",
            "error_on_nondeterministic_update",
            "max_concurrency_scaling_clusters",
            "max_cursor_result_set_size",
            "stored_proc_log_min_messages",
            "use_fips_ssl",
            "wlm_query_slot_count");

    private final TokenCursor in;
    private final Edits edits;

    SessionRules(TokenCursor in, Edits edits) {
        this.in = in;
        this.edits = edits;
    }

    Verdict set() {
        in.expect("set");
        if (in.accept("transaction") || in.accept("session", "characteristics", "as", "transaction")) {
            mode();
            in.expectEnd();
            // Redshift takes an isolation level and ignores it.
            return new Verdict.Forward("SET caravan.isolation TO ''");
        }
        if (in.accept("session", "authorization") || in.accept("local", "session", "authorization")) {
            return authorization();
        }
        boolean own = in.acceptAny("session", "local");
        if (in.accept("caravan")) {
            in.expectSymbol(".");
            return in.peek().isWord(FAIL_NEXT) ? fault() : turn(own);
        }
        Token name = parameter();
        if (!in.acceptSymbol("=")) {
            in.expect("to");
        }
        Token value = in.peek();
        if (name.isWord("enable_case_sensitive_identifier")
                && (value.text().equalsIgnoreCase("true") || value.text().equalsIgnoreCase("on"))) {
            throw new RefusedException(SqlError.unsupported("enable_case_sensitive_identifier"));
        }
        values();
        return forward();
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_SET_SESSION_AUTHORIZATION.html */
    private Verdict authorization() {
        Token user = in.next();
        if (!user.isName() && user.kind() != Token.Kind.STRING) {
            throw RefusedException.near(user);
        }
        in.expectEnd();
        return forward();
    }

    /** Reads SET or RESET of ALTER USER, whose values hold from the next login on. */
    void ofUser() {
        boolean set = in.accept("set");
        if (!set) {
            in.expect("reset");
            if (in.accept("all")) {
                return;
            }
        }
        parameter();
        if (set) {
            if (!in.acceptSymbol("=")) {
                in.expect("to");
            }
            values();
        }
    }

    private void values() {
        do {
            in.acceptSymbol("-");
            Token value = in.next();
            if (value.kind() == Token.Kind.SYMBOL || value.kind() == Token.Kind.END) {
                throw RefusedException.near(value);
            }
        } while (in.acceptSymbol(","));
        in.expectEnd();
    }

    private Verdict fault() {
        in.expect(FAIL_NEXT);
        if (!in.acceptSymbol("=")) {
            in.expect("to");
        }
        String text = in.expectKind(Token.Kind.STRING).text();
        in.expectEnd();
        try {
            return new Verdict.Arm(edits.apply(in.statement()), Fault.parse(text));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(new SqlError("22023", "caravan.fail_next does not know '" + text + "'"));
        }
    }

    private Verdict turn(boolean own) {
        String name = in.expectLabel().text();
        if (!in.acceptSymbol("=")) {
            in.expect("to");
        }
        String value = in.next().text().toLowerCase(java.util.Locale.ROOT);
        in.expectEnd();
        Switch known = Switch.named(name)
                .filter(found -> found.takes(value))
                .orElseThrow(() -> new RefusedException(
                        new SqlError("22023", "caravan." + name + " is no switch, or does not know '" + value + "'")));
        String arguments = Names.literal(name) + ", " + Names.literal(value);
        String sql = own
                ? "SET caravan." + name + " TO " + Names.literal(value)
                : "DO $switch$ BEGIN PERFORM sandbox_internal.turn(" + arguments + "); END $switch$";
        return new Verdict.Turn(sql, known, value, own);
    }

    private Token parameter() {
        Token name = in.next();
        if (REDSHIFT_HAS.contains(name.text())) {
            edits.replace(name, "caravan." + name.text());
        } else if (!POSTGRESQL_HAS.contains(name.text())) {
            if (!name.isName()) {
                throw RefusedException.near(name);
            }
            throw new RefusedException(
                    new SqlError("42704", "unrecognized configuration parameter \"" + name.text() + "\""));
        }
        return name;
    }

    Verdict reset() {
        in.expect("reset");
        if (in.accept("session", "authorization")) {
            in.expectEnd();
            return forward();
        }
        if (!in.accept("all")) {
            Token name = parameter();
            if (REDSHIFT_HAS.contains(name.text())) {
                return new Verdict.Forward("SET caravan." + name.text() + " TO ''");
            }
        }
        in.expectEnd();
        return forward();
    }

    Verdict show() {
        in.expect("show");
        if (in.peek().isWord("tables")
                || in.peek().isWord("columns")
                || in.peek().isWord("schemas")
                || in.peek().isWord("databases")) {
            throw new RefusedException(SqlError.unsupported("SHOW " + in.peek().raw()));
        }
        if (!in.accept("all")) {
            parameter();
        }
        in.expectEnd();
        return forward();
    }

    /** Redshift takes an isolation level and ignores it. */
    Verdict begin() {
        if (in.accept("start")) {
            in.expect("transaction");
        } else {
            in.expect("begin");
            in.acceptAny("transaction", "work");
        }
        boolean mode = mode();
        in.expectEnd();
        return mode ? new Verdict.Forward("BEGIN") : forward();
    }

    private boolean mode() {
        boolean level = in.accept("isolation", "level");
        if (level
                && !in.accept("serializable")
                && !in.accept("snapshot")
                && !in.accept("repeatable", "read")
                && !in.accept("read", "committed")
                && !in.accept("read", "uncommitted")) {
            throw RefusedException.near(in.peek());
        }
        if (in.accept("read")) {
            in.expectAny("write", "only");
        }
        return level;
    }

    /** COMMIT, END, ROLLBACK and ABORT; there are no savepoints. */
    Verdict end() {
        in.next();
        in.acceptAny("work", "transaction");
        in.expectEnd();
        return forward();
    }

    private Verdict forward() {
        return new Verdict.Forward(edits.apply(in.statement()));
    }
}
