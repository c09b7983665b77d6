package io.caravan.sandbox;

import java.util.List;
import java.util.Set;

/**
 * Says what becomes of a statement: as it is, rewritten, copied by the sandbox, or refused. Knows nothing of the session,
 * so the same text always gets the same verdict.
 */
final class StatementJudge {

    /** Redshift's limit, in bytes; here in characters. */
    private static final int MAX_TEXT = 16 * 1024 * 1024;

    private static final Set<String> SET_BY_SANDBOX = Set.of(
            "query_group",
            "readonly",
            "enable_case_sensitive_identifier",
            "error_on_nondeterministic_update",
            "enable_result_cache_for_session",
            "wlm_query_slot_count");

    private static final Set<String> DROPPED = Set.of("table", "view", "schema", "database", "user");

    private static final Set<String> FORWARDED = Set.of(
            "select",
            "with",
            "insert",
            "update",
            "delete",
            "drop",
            "lock",
            "commit",
            "end",
            "rollback",
            "abort",
            "show",
            "reset",
            "analyze",
            "vacuum",
            "grant",
            "revoke",
            "comment",
            "explain",
            "declare",
            "fetch",
            "close",
            "deallocate",
            "alter",
            "create",
            "merge",
            "set",
            "begin",
            "start",
            "truncate");

    /** Judges a text that holds one statement or none. */
    Verdict judge(String sql) {
        try {
            List<Statement> statements = parse(sql);
            return switch (statements.size()) {
                case 0 -> new Verdict.Forward(sql);
                case 1 -> judge(statements.get(0));
                default ->
                    new Verdict.Refuse(
                            new SqlError("42601", "cannot insert multiple commands into a prepared statement"));
            };
        } catch (RefusedException e) {
            return new Verdict.Refuse(e.error());
        }
    }

    /** Judges a text of any number of statements; a refusal of one is a refusal of all. */
    List<Verdict> judgeAll(String sql) {
        try {
            return parse(sql).stream().map(this::judge).toList();
        } catch (RefusedException e) {
            return List.of(new Verdict.Refuse(e.error()));
        }
    }

    private static List<Statement> parse(String sql) {
        if (sql.length() > MAX_TEXT) {
            throw new RefusedException(new SqlError(
                    "42601",
                    "Statement is too large. Statement Size: " + sql.length() + " bytes. Maximum Allowed: " + MAX_TEXT
                            + " bytes"));
        }
        return Tokenizer.statements(sql);
    }

    private Verdict judge(Statement statement) {
        Token first = statement.token(0);
        if (first.isWord("copy")) {
            return CopyParser.parse(statement);
        }
        if (!first.isSymbol("(") && !(first.kind() == Token.Kind.WORD && FORWARDED.contains(first.text()))) {
            throw RefusedException.near(first);
        }
        Refusals.check(statement);
        Edits edits = new Edits();
        Dialect.rewrite(statement, edits);
        switch (first.text()) {
            case "merge" -> MergeRules.check(new TokenCursor(statement));
            case "create" -> CreateRules.rewrite(statement, edits);
            case "alter" -> AlterRules.rewrite(statement, edits);
            case "truncate" -> {
                return truncate(statement, edits);
            }
            case "set" -> set(statement, edits);
            case "reset" -> reset(statement, edits);
            case "begin", "start" -> begin(statement, edits);
            case "lock" -> lock(statement);
            case "rollback" -> rollback(statement);
            case "delete" -> delete(statement);
            case "drop" -> drop(statement);
            case "with" -> with(statement);
            default -> {}
        }
        return new Verdict.Forward(edits.apply(statement));
    }

    private static Verdict truncate(Statement statement, Edits edits) {
        TokenCursor in = new TokenCursor(statement);
        in.expect("truncate");
        in.accept("table");
        in.qualifiedName();
        in.expectEnd();
        return new Verdict.ForwardAndCommit(edits.apply(statement));
    }

    private static void set(Statement statement, Edits edits) {
        TokenCursor in = new TokenCursor(statement);
        in.expect("set");
        if (in.accept("transaction") || in.accept("session", "characteristics")) {
            // Redshift takes an isolation level and ignores it.
            edits.replace(statement.start(), statement.end(), "SET caravan.isolation TO ''");
            return;
        }
        if (!in.accept("session")) {
            in.accept("local");
        }
        Token name = in.next();
        if (SET_BY_SANDBOX.contains(name.text())) {
            boolean on = in.peek(1).text().equalsIgnoreCase("true")
                    || in.peek(1).text().equalsIgnoreCase("on");
            if (name.isWord("enable_case_sensitive_identifier") && on) {
                throw new RefusedException(SqlError.unsupported("enable_case_sensitive_identifier"));
            }
            edits.replace(name, "caravan." + name.text());
        } else if (name.isWord("standard_conforming_strings") || name.isWord("role")) {
            throw new RefusedException(
                    new SqlError("42704", "unrecognized configuration parameter \"" + name.text() + "\""));
        }
    }

    private static void reset(Statement statement, Edits edits) {
        Token name = statement.token(1);
        if (SET_BY_SANDBOX.contains(name.text())) {
            edits.replace(statement.start(), statement.end(), "SET caravan." + name.text() + " TO ''");
        }
    }

    /** Redshift takes an isolation level and ignores it. */
    private static void begin(Statement statement, Edits edits) {
        TokenCursor in = new TokenCursor(statement);
        if (!in.accept("begin")) {
            in.expect("start");
        }
        if (!in.accept("transaction")) {
            in.accept("work");
        }
        if (in.accept("isolation", "level")) {
            edits.replace(statement.start(), statement.end(), "BEGIN");
        } else if (!in.atEnd() && !in.peek().isWord("read")) {
            throw RefusedException.near(in.peek());
        }
    }

    /** LOCK knows one mode, ACCESS EXCLUSIVE, and no word for it. */
    private static void lock(Statement statement) {
        TokenCursor in = new TokenCursor(statement);
        in.expect("lock");
        in.accept("table");
        do {
            in.qualifiedName();
        } while (in.acceptSymbol(","));
        in.expectEnd();
    }

    private static void rollback(Statement statement) {
        if (statement.tokens().stream().anyMatch(t -> t.isWord("to"))) {
            throw RefusedException.near(statement.token(1));
        }
    }

    private static void drop(Statement statement) {
        if (!DROPPED.contains(statement.token(1).text())) {
            throw RefusedException.near(statement.token(1));
        }
    }

    private static void delete(Statement statement) {
        TokenCursor in = new TokenCursor(statement);
        in.expect("delete");
        in.accept("from");
        in.qualifiedName();
        Token after = in.peek();
        if (!in.atEnd() && !after.isWord("using") && !after.isWord("where")) {
            throw RefusedException.near(after);
        }
    }

    /** No data-modifying statement inside WITH, and no MERGE after it. */
    private static void with(Statement statement) {
        for (int i = 1; i < statement.tokens().size(); i++) {
            Token token = statement.token(i);
            boolean modifies = token.isWord("insert") || token.isWord("update") || token.isWord("delete");
            boolean inside = statement.token(i - 1).isSymbol("(");
            if (token.isWord("merge") || (modifies && inside)) {
                throw RefusedException.near(token);
            }
        }
    }
}
