package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.query.Catalogue;
import io.caravan.sandbox.query.Documented;
import io.caravan.sandbox.token.Dialect;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Says what becomes of a statement: as it is, rewritten, copied by the sandbox, or refused. Lets through what Redshift
 * documents and nothing else. Knows nothing of the session, so the same text always gets the same verdict.
 */
public final class StatementJudge {

    /** Schemas that PostgreSQL has for the sandbox alone. */
    private static final Set<String> HIDDEN = Set.of("sandbox_internal", "sandbox_information");

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    /** Of what is not in the grammar, and of parameters and types that are not there. */
    private static final Set<String> UNKNOWN = Set.of(SqlError.SYNTAX, "42704");

    private final Flavour flavour;
    private final Consumer<String> longNames;

    public StatementJudge(Flavour flavour) {
        this(flavour, name -> {});
    }

    /** Tells of each name that PostgreSQL will get in a short form. */
    public StatementJudge(Flavour flavour, Consumer<String> longNames) {
        this.flavour = flavour;
        this.longNames = longNames;
    }

    /** Judges a text that holds one statement or none. */
    public Verdict judge(String sql) {
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
    public List<Verdict> judgeAll(String sql) {
        try {
            return parse(sql).stream().map(this::judge).toList();
        } catch (RefusedException e) {
            return List.of(new Verdict.Refuse(e.error()));
        }
    }

    private static List<Statement> parse(String sql) {
        if (sql.length() > MAX_BYTES / 3) {
            int bytes = sql.getBytes(StandardCharsets.UTF_8).length;
            if (!fits(bytes)) {
                throw new RefusedException(tooLarge(bytes));
            }
        }
        return Tokenizer.statements(sql);
    }

    /** Returns whether Redshift takes a statement of so many bytes. */
    public static boolean fits(long bytes) {
        return bytes <= MAX_BYTES;
    }

    public static SqlError tooLarge(long bytes) {
        return new SqlError(
                SqlError.SYNTAX,
                "Statement is too large. Statement Size: " + bytes + " bytes. Maximum Allowed: " + MAX_BYTES
                        + " bytes");
    }

    private Verdict judge(Statement statement) {
        Edits edits = new Edits();
        Dialect.rewrite(statement, edits, longNames);
        Catalogue.rewrite(statement, edits);
        for (Token token : statement.tokens()) {
            if (token.isName()) {
                if (HIDDEN.contains(token.text())) {
                    throw new RefusedException(new SqlError("3F000", "schema \"" + token.text() + "\" does not exist"));
                }
                flavour.denied(token.text()).ifPresent(error -> {
                    throw new RefusedException(error);
                });
            }
        }
        try {
            return new Judgement(statement, edits).judge();
        } catch (RefusedException e) {
            throw UNKNOWN.contains(e.error().sqlState()) ? notBuilt(statement, e) : e;
        }
    }

    /** Tells a statement that the sandbox has not built from one that Redshift does not know. */
    private static RefusedException notBuilt(Statement statement, RefusedException refusal) {
        return Documented.statement(statement)
                .map(name -> new RefusedException(SqlError.unsupported(name)))
                .orElse(refusal);
    }
}
