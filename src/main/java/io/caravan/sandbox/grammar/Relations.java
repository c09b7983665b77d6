package io.caravan.sandbox.grammar;

import static java.util.stream.Collectors.joining;

import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a prepared statement may name, and what they were when it was prepared. Redshift does not plan such a
 * statement anew: it fails once a table of it was dropped, made anew or altered.
 *
 * @see <a href="https://github.com/sqlalchemy-redshift/sqlalchemy-redshift/issues/289">could not open relation with OID</a>
 * @see <a href="https://github.com/aws/amazon-redshift-python-driver">the driver drops its statements after DDL</a>
 */
public final class Relations {

    private final Set<String> names;
    private final long changes;
    private final AtomicReference<@Nullable String> seen = new AtomicReference<>();

    /** Takes the number of changes of tables by then. */
    public Relations(Statement statement, long changes) {
        this.names = names(statement);
        this.changes = changes;
    }

    /** Every name could be a table's: which are, PostgreSQL knows. */
    private static Set<String> names(Statement statement) {
        Set<String> names = new LinkedHashSet<>();
        List<Token> name = new ArrayList<>();
        List<Token> tokens = statement.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.get(i).isName()) {
                continue;
            }
            name.add(tokens.get(i));
            if (!statement.token(i + 1).isSymbol(".")) {
                names.add(Names.text(name.subList(Math.max(0, name.size() - 2), name.size())));
                name.clear();
            }
        }
        return names;
    }

    /** Returns the query for what the tables are. */
    public String query() {
        return "SELECT sandbox_internal.relations(ARRAY["
                + names.stream().map(Names::literal).collect(joining(", ")) + "])";
    }

    public void seen(String tables) {
        seen.set(tables);
    }

    /** Returns whether a table may be another than it was. */
    public boolean doubtful(long changesNow) {
        return changesNow != changes && seen.get() != null;
    }

    /** Returns the query that fails if one is. */
    public String check() {
        return "SELECT sandbox_internal.check_relations(" + Names.literal(String.valueOf(seen.get())) + ")";
    }
}
