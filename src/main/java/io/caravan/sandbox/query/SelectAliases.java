package io.caravan.sandbox.query;

import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The aliases of one select list, which later items of the list and WHERE may name. A column of that name comes first, so an
 * alias is put in by a subquery whose own FROM has the query's columns, and around which stands the alias: PostgreSQL looks
 * for a name from the inside out.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_SELECT_list.html">Lateral alias reference</a>
 */
final class SelectAliases {

    private final Statement statement;
    private final Edits edits;
    private final Map<String, List<Token>> items = new HashMap<>();
    private final List<Token> references = new ArrayList<>();
    private final Set<String> tables = new LinkedHashSet<>();
    private final Set<String> merged = new HashSet<>();
    private boolean natural;
    private boolean grouped;
    private @Nullable Token where;

    SelectAliases(Statement statement, Edits edits) {
        this.statement = statement;
        this.edits = edits;
    }

    /** Notes an item, from one token to before another, and its alias. A column of the alias's name stands for itself. */
    void item(int from, int to, Token alias) {
        List<Token> item = statement.tokens().subList(from, to);
        boolean column = item.stream().allMatch(t -> t.isName() || t.isSymbol("."))
                && item.get(item.size() - 1).text().equals(alias.text());
        if (!column) {
            items.putIfAbsent(alias.text(), item);
        }
    }

    /** Notes a name that stands alone, if it can be one of the aliases so far. */
    void reference(Token name) {
        if (items.containsKey(name.text())) {
            references.add(name);
        }
    }

    /** Notes how a table of FROM is called. */
    void table(String name) {
        tables.add(name);
    }

    /** Returns a name for a subquery that has none. */
    String nameTable() {
        String name = "sandbox_table_" + tables.size();
        tables.add(name);
        return name;
    }

    /** USING makes one column of two: such a name is a column. */
    void using(List<Token> columns) {
        columns.forEach(column -> merged.add(column.text()));
    }

    /** Nobody knows here what NATURAL makes one column of. */
    void natural() {
        natural = true;
    }

    /** The query has groups, so that its list may not ask for columns. */
    void grouped() {
        grouped = true;
    }

    void where(Token first) {
        where = first;
    }

    /** Puts the items in, once all of the query has been read. */
    void resolve() {
        grouped = grouped || items.values().stream().anyMatch(item -> calls(item) && !has(item, "over"));
        for (Token reference : references) {
            List<Token> item = items.getOrDefault(reference.text(), List.of());
            if (natural || merged.contains(reference.text())) {
                continue;
            }
            boolean condition = where != null && reference.start() >= where.start();
            String value = edits.apply(new Statement(statement.source(), item));
            if (tables.isEmpty()) {
                edits.replace(reference, "(" + value + ")");
            } else if (has(item, "over") || (grouped && !condition)) {
                if (!has(item, reference.text())) {
                    edits.replace(reference, "(" + value + ")");
                }
            } else {
                edits.replace(reference, behindColumns(reference.quoted(), value));
            }
        }
    }

    private String behindColumns(String name, String value) {
        List<String> columns =
                tables.stream().map(t -> "(SELECT " + t + ".*) AS " + t).toList();
        return "(SELECT (SELECT " + name + " FROM " + String.join(", ", columns) + ") FROM (SELECT " + value + " AS "
                + name + ") AS sandbox_alias)";
    }

    private static boolean has(List<Token> item, String name) {
        return item.stream().anyMatch(token -> token.isName() && token.text().equals(name));
    }

    private static boolean calls(List<Token> item) {
        return item.stream().anyMatch(token -> token.isName() && Functions.aggregates(token.text()));
    }
}
