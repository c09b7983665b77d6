package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.server.Passwords;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * Users, groups and roles. All are roles to PostgreSQL: a user may log in, and a Redshift role is told from a group by being
 * valid until infinity.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html">CREATE USER</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_USER.html">ALTER USER</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_GROUP.html">CREATE GROUP</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_ROLE.html">CREATE ROLE</a>
 */
final class UserRules {

    private final TokenCursor in;
    private final Edits edits;

    UserRules(TokenCursor in, Edits edits) {
        this.in = in;
        this.edits = edits;
    }

    /** Reads what stands behind CREATE USER. */
    void createUser() {
        Token name = in.expectName();
        in.accept("with");
        if (!in.peek().isWord("password")) {
            throw RefusedException.near(in.peek());
        }
        while (!in.atEnd()) {
            option(name);
        }
    }

    /** Reads what stands behind ALTER USER. */
    void alterUser() {
        Token name = in.expectName();
        if (in.accept("rename")) {
            in.expect("to");
            in.expectName();
        } else if (in.peek().isWord("set") || in.peek().isWord("reset")) {
            new SessionRules(in, edits).ofUser();
        } else {
            in.accept("with");
            do {
                option(name);
            } while (!in.atEnd());
        }
        in.expectEnd();
    }

    private void option(Token user) {
        Token option = in.peek();
        if (in.accept("password")) {
            password(user);
        } else if (in.accept("createuser")) {
            edits.replace(option, "SUPERUSER");
        } else if (in.accept("nocreateuser")) {
            edits.replace(option, "NOSUPERUSER");
        } else if (in.accept("in")) {
            in.expect("group");
            names();
        } else if (in.accept("valid", "until")) {
            in.expectKind(Token.Kind.STRING);
        } else if (in.accept("connection", "limit")) {
            if (in.peek().isWord("unlimited")) {
                edits.replace(in.next(), "-1");
            } else {
                in.expectKind(Token.Kind.NUMBER);
            }
        } else if (in.accept("syslog", "access")) {
            in.expectAny("restricted", "unrestricted");
            edits.delete(option.start(), in.peek(-1).end());
        } else if (in.accept("session", "timeout")) {
            in.expectKind(Token.Kind.NUMBER);
            edits.delete(option.start(), in.peek(-1).end());
        } else if (option.isWord("externalid")) {
            throw new RefusedException(SqlError.unsupported("EXTERNALID"));
        } else {
            in.expectAny("createdb", "nocreatedb");
        }
    }

    private void password(Token user) {
        Token given = in.peek();
        if (in.accept("disable")) {
            edits.replace(given, "NULL");
        } else {
            edits.replace(
                    given,
                    '\''
                            + Passwords.stored(
                                    user.text(),
                                    in.expectKind(Token.Kind.STRING).text())
                            + '\'');
        }
    }

    /** Reads what stands behind CREATE GROUP. */
    void createGroup() {
        in.expectName();
        in.accept("with");
        if (in.accept("user")) {
            names();
        }
        in.expectEnd();
    }

    /** Reads what stands behind ALTER GROUP. */
    void alterGroup() {
        in.expectName();
        if (in.accept("rename")) {
            in.expect("to");
            in.expectName();
        } else {
            in.expectAny("add", "drop");
            in.expect("user");
            names();
        }
        in.expectEnd();
    }

    /** Reads what stands behind CREATE ROLE. */
    void createRole() {
        Token name = in.expectName();
        in.expectEnd();
        edits.replace(name, name.quoted() + " VALID UNTIL 'infinity'");
    }

    /** Reads what stands behind DROP USER, GROUP or ROLE. */
    void drop(String kind) {
        if (kind.equals("user")) {
            in.accept("if", "exists");
        }
        List<Token> names = names();
        if (!kind.equals("user") && names.size() > 1) {
            throw RefusedException.near(names.get(1));
        }
        if (kind.equals("role")) {
            in.acceptAny("force", "restrict");
            edits.delete(names.get(0).end(), in.peek(-1).end());
        }
        in.expectEnd();
    }

    private List<Token> names() {
        List<Token> names = new java.util.ArrayList<>();
        do {
            names.add(in.expectName());
        } while (in.acceptSymbol(","));
        return names;
    }
}
