package io.caravan.sandbox.grammar;

import static java.util.stream.Collectors.joining;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * GRANT and REVOKE of rights on databases, schemas, tables and columns, of roles, and of ASSUMEROLE.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT.html">GRANT</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_REVOKE.html">REVOKE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_DEFAULT_PRIVILEGES.html">ALTER DEFAULT PRIVILEGES</a>
 */
final class GrantRules {

    private static final Set<String> ON_TABLES =
            Set.of("select", "insert", "update", "delete", "references", "truncate", "drop", "alter");
    private static final Set<String> ON_SCHEMAS = Set.of("create", "usage", "drop", "alter");
    private static final Set<String> ON_DATABASES = Set.of("create", "temporary", "temp", "usage", "alter");
    private static final Set<String> WITH_COLUMNS = Set.of("select", "update");
    private static final Set<String> NOT_IN_THE_SANDBOX = Set.of("drop", "alter");
    private static final String[] OTHER_OBJECTS = {
        "function", "procedure", "language", "datashare", "model", "external", "copy", "template", "catalog"
    };

    private final TokenCursor in;
    private final Edits edits;
    private final boolean revoke;

    GrantRules(TokenCursor in, Edits edits, boolean revoke) {
        this.in = in;
        this.edits = edits;
        this.revoke = revoke;
    }

    /** Reads the whole statement. */
    Verdict read() {
        in.expect(revoke ? "revoke" : "grant");
        if (revoke && !in.accept("grant", "option", "for")) {
            in.accept("admin", "option", "for");
        }
        if (in.peek().isWord("role")) {
            roles();
        } else if (in.accept("assumerole")) {
            return assumeRole();
        } else {
            privileges();
            grantees();
        }
        if (revoke) {
            in.acceptAny("cascade", "restrict");
        }
        in.expectEnd();
        return new Verdict.Forward(edits.apply(in.statement()));
    }

    /** Reads what stands behind ALTER DEFAULT PRIVILEGES IN SCHEMA …: a GRANT or REVOKE of its own. */
    static void defaults(TokenCursor in, Edits edits) {
        if (in.accept("for")) {
            in.expect("user");
            names(in);
        }
        if (in.accept("in", "schema")) {
            names(in);
        }
        boolean revoke = in.peek().isWord("revoke");
        GrantRules rules = new GrantRules(in, edits, revoke);
        in.expectAny("grant", "revoke");
        if (revoke) {
            in.accept("grant", "option", "for");
        }
        List<Token> privileges = rules.privilegeList();
        in.expect("on");
        if (in.peek().isWord("functions") || in.peek().isWord("procedures")) {
            throw new RefusedException(SqlError.unsupported(
                    "ALTER DEFAULT PRIVILEGES ON " + in.peek().raw()));
        }
        in.expect("tables");
        check(privileges, ON_TABLES);
        rules.grantees();
        if (revoke) {
            in.acceptAny("cascade", "restrict");
        }
        in.expectEnd();
    }

    private void privileges() {
        List<Token> privileges = privilegeList();
        if (in.peek().isWord("to") || in.peek().isWord("from")) {
            throw new RefusedException(SqlError.unsupported((revoke ? "REVOKE" : "GRANT") + " of a system permission"));
        }
        in.expect("on");
        for (String object : OTHER_OBJECTS) {
            if (in.peek().isWord(object)) {
                throw new RefusedException(
                        SqlError.unsupported("GRANT ON " + in.peek().raw()));
            }
        }
        if (in.accept("schema")) {
            check(privileges, ON_SCHEMAS);
        } else if (in.accept("database")) {
            check(privileges, ON_DATABASES);
        } else {
            if (!in.accept("all", "tables", "in", "schema")) {
                in.accept("table");
            }
            check(privileges, ON_TABLES);
        }
        do {
            in.qualifiedName();
        } while (in.acceptSymbol(","));
    }

    /** Reads rights and their columns; ALL is none. */
    private List<Token> privilegeList() {
        List<Token> privileges = new ArrayList<>();
        if (in.accept("all")) {
            in.accept("privileges");
            if (in.peek().isSymbol("(")) {
                in.nameList();
            }
            return privileges;
        }
        do {
            Token privilege = in.expectKind(Token.Kind.WORD);
            privileges.add(privilege);
            if (privilege.isWord("create") && in.peek().isName() && !in.peek().isWord("on")) {
                // CREATE USER, CREATE SCHEMA and their like.
                in.next();
            }
            if (WITH_COLUMNS.contains(privilege.text()) && in.peek().isSymbol("(")) {
                in.nameList();
            }
        } while (in.acceptSymbol(","));
        return privileges;
    }

    private static void check(List<Token> privileges, Set<String> known) {
        for (Token privilege : privileges) {
            if (!known.contains(privilege.text())) {
                throw RefusedException.near(privilege);
            }
            if (NOT_IN_THE_SANDBOX.contains(privilege.text()) || (known == ON_DATABASES && privilege.isWord("usage"))) {
                throw new RefusedException(SqlError.unsupported("the privilege " + privilege.raw()));
            }
        }
    }

    private void grantees() {
        in.expect(revoke ? "from" : "to");
        do {
            Token kind = in.peek();
            boolean role = kind.isWord("role") && in.peek(1).isName();
            if (role) {
                edits.replace(in.next(), "");
            }
            boolean many = role || in.accept("group") || kind.isWord("public");
            in.expectName();
            if (!revoke && in.accept("with", "grant", "option")) {
                if (many) {
                    throw new RefusedException(
                            new SqlError("0LP01", "grant options can only be granted to individual users"));
                }
                if (!in.atEnd()) {
                    throw new RefusedException(SqlError.unsupported("WITH GRANT OPTION before another grantee"));
                }
            }
        } while (in.acceptSymbol(","));
    }

    private void roles() {
        do {
            edits.replace(in.peek(), "");
            in.expect("role");
            in.expectName();
        } while (in.acceptSymbol(","));
        in.expect(revoke ? "from" : "to");
        do {
            if (in.peek().isWord("role") && in.peek(1).isName()) {
                edits.replace(in.next(), "");
            }
            in.expectName();
            if (!revoke) {
                in.accept("with", "admin", "option");
            }
        } while (in.acceptSymbol(","));
    }

    /**
     * Such rights are none of PostgreSQL's.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT-usage-notes.html">Granting the ASSUMEROLE permission</a>
     */
    private Verdict assumeRole() {
        in.expect("on");
        List<String> roles = new ArrayList<>();
        do {
            if (in.accept("all")) {
                roles.add("*");
            } else if (in.accept("default")) {
                roles.add("default");
            } else {
                roles.add(in.expectKind(Token.Kind.STRING).text());
            }
        } while (in.acceptSymbol(","));
        in.expect(revoke ? "from" : "to");
        List<String> grantees = new ArrayList<>();
        do {
            if (!in.accept("group") && in.peek(1).isName() && !in.peek(1).isWord("for")) {
                in.accept("role");
            }
            grantees.add(in.expectName().text());
        } while (in.acceptSymbol(","));
        in.expect("for");
        List<String> commands = new ArrayList<>();
        do {
            commands.add(in.peek().text());
            if (!in.accept("external", "function") && !in.accept("create", "model")) {
                in.expectAny("all", "copy", "unload");
            }
        } while (in.acceptSymbol(","));
        in.expectEnd();
        return new Verdict.Forward("CALL sandbox_internal.assume_role(" + !revoke + ", " + array(roles) + ", "
                + array(grantees) + ", " + array(commands) + ")");
    }

    private static String array(List<String> texts) {
        return "ARRAY[" + texts.stream().map(Names::literal).collect(joining(", ")) + "]";
    }

    private static void names(TokenCursor in) {
        do {
            in.expectName();
        } while (in.acceptSymbol(","));
    }
}
