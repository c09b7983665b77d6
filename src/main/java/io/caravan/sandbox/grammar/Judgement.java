package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.query.Queries;
import io.caravan.sandbox.query.TypeRules;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/** Hands a statement to the rules of its kind. */
final class Judgement {

    private final Statement statement;
    private final TokenCursor in;
    private final Edits edits;

    Judgement(Statement statement, Edits edits) {
        this.statement = statement;
        this.in = new TokenCursor(statement);
        this.edits = edits;
    }

    Verdict judge() {
        Token first = in.peek();
        return switch (first.kind() == Token.Kind.WORD ? first.text() : first.raw()) {
            case "select", "(" -> query();
            case "with" -> with();
            case "insert" -> write(new DmlRules(in, edits).insert(), true);
            case "update" -> write(new DmlRules(in, edits).update(), false);
            case "delete" -> write(new DmlRules(in, edits).delete(), false);
            case "merge" -> write(new MergeRules(in, edits).read(), false);
            case "copy" -> CopyParser.parse(statement);
            case "alter" -> new AlterRules(in, edits).judge();
            case "grant", "revoke" -> new GrantRules(in, edits, first.isWord("revoke")).read();
            case "truncate" -> {
                List<Token> table = new OtherRules(in, edits).truncate();
                yield new Verdict.ForwardAndCommit(edits.apply(statement), Names.text(table));
            }
            case "set" -> new SessionRules(in, edits).set();
            case "reset" -> new SessionRules(in, edits).reset();
            case "show" -> new SessionRules(in, edits).show();
            case "begin", "start" -> new SessionRules(in, edits).begin();
            case "commit", "end", "rollback", "abort" -> new SessionRules(in, edits).end();
            case "explain" -> explain();
            case "prepare" -> prepare();
            default -> other(first);
        };
    }

    private Verdict other(Token first) {
        OtherRules rules = new OtherRules(in, edits);
        switch (first.text()) {
            case "create" -> CreateRules.rewrite(statement, edits);
            case "drop" -> rules.drop();
            case "lock" -> rules.lock();
            case "analyze", "analyse" -> rules.analyze();
            case "vacuum" -> rules.vacuum();
            case "refresh" -> rules.refresh();
            case "comment" -> rules.comment();
            case "declare" -> rules.declare();
            case "fetch" -> rules.fetch();
            case "close" -> rules.close();
            case "execute" -> rules.execute();
            case "deallocate" -> rules.deallocate();
            default -> throw RefusedException.near(first);
        }
        return forward();
    }

    private Verdict query() {
        boolean leaderNode = LeaderNode.runs(statement);
        in.leaderNode(leaderNode);
        if (leaderNode) {
            LeaderNode.rewrite(statement, edits);
        }
        try {
            new Queries(in, edits).query();
            in.expectEnd();
        } catch (RefusedException e) {
            if (!leaderNode) {
                throw e;
            }
        }
        return forward();
    }

    /** WITH stands before SELECT, UPDATE and DELETE, and its queries change nothing. */
    private Verdict with() {
        new Queries(in, edits).with();
        if (in.peek().isWord("update")) {
            return write(new DmlRules(in, edits).update(), false);
        }
        if (in.peek().isWord("delete")) {
            return write(new DmlRules(in, edits).delete(), false);
        }
        return query();
    }

    private Verdict write(List<Token> table, boolean shared) {
        Token relation = table.get(table.size() - 1);
        boolean system = table.size() > 1
                ? table.get(table.size() - 2).text().equals("pg_catalog")
                : relation.text().startsWith("pg_");
        if (system) {
            throw new RefusedException(
                    new SqlError("42501", "permission denied: \"" + relation.text() + "\" is a system catalog"));
        }
        return new Verdict.Write(edits.apply(statement), Names.text(table), shared);
    }

    private Verdict explain() {
        in.expect("explain");
        in.accept("verbose");
        return inner("select", "with", "insert", "update", "delete", "merge", "create");
    }

    private Verdict prepare() {
        in.expect("prepare");
        in.expectName();
        if (in.acceptSymbol("(")) {
            do {
                TypeRules.read(in, edits);
            } while (in.acceptSymbol(","));
            in.expectSymbol(")");
        }
        in.expect("as");
        return inner("select", "with", "insert", "update", "delete");
    }

    private Verdict inner(String... kinds) {
        Token kind = in.peek();
        if (!List.of(kinds).contains(kind.text())) {
            throw RefusedException.near(kind);
        }
        // Edits go by position in the whole text, so the inner statement's are the outer one's.
        new Judgement(in.rest(), edits).judge();
        return forward();
    }

    private Verdict forward() {
        return new Verdict.Forward(edits.apply(statement));
    }
}
