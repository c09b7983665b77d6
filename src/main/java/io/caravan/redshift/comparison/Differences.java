package io.caravan.redshift.comparison;

import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.DifferentRow;
import io.caravan.model.verify.RowDifference;
import io.caravan.model.verify.TableComparison;
import io.caravan.model.verify.TableComparison.Extent;
import io.caravan.model.verify.TableDifferences;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.VerifySql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a target with its stand-in; what differs is asked in detail only if something does. */
public final class Differences {

    /** By so many values people find a row without keys. */
    private static final int SHOWN_VALUES = 5;

    private final Connection jdbc;
    private final TableName target;
    private final TableComparison comparison;

    public Differences(Connection jdbc, TableName target, TableComparison comparison) {
        this.jdbc = jdbc;
        this.target = target;
        this.comparison = comparison;
    }

    public TableDifferences find() throws SQLException {
        return comparison.matched().isEmpty() ? whole() : matched();
    }

    private TableDifferences matched() throws SQLException {
        List<Long> counts = numbers(VerifySql.countMatched(target, comparison), 5);
        long different = counts.get(1);
        long lacking = comparison.extent() == Extent.LOADED
                ? 0
                : Jdbc.queryLong(jdbc, VerifySql.countInNoObject(target, comparison));
        List<DifferentRow> first = new ArrayList<>();
        if (different + counts.get(2) + counts.get(3) + counts.get(4) > 0) {
            Jdbc.query(jdbc, VerifySql.readDifferent(target, comparison), row -> first.add(different(row)));
        }
        if (lacking > 0) {
            Jdbc.query(
                    jdbc,
                    VerifySql.readInNoObject(target, comparison),
                    row -> first.add(new DifferentRow(RowDifference.IN_NO_OBJECT, values(row, comparison.matched()))));
        }
        return new TableDifferences(
                counts.get(0),
                different,
                counts.get(2),
                counts.get(3),
                comparison.extent() == Extent.LOADED ? null : lacking + counts.get(4),
                different == 0 ? Map.of() : columns(),
                first);
    }

    private DifferentRow different(ResultSet row) throws SQLException {
        int keys = comparison.matched().size();
        long inTable = row.getLong(keys + 1);
        long same = row.getLong(keys + 2);
        long updated = row.getLong(keys + 3);
        RowDifference difference = inTable == 0
                ? RowDifference.MISSING
                : same > 0
                        ? RowDifference.DOUBLED
                        : updated == 0 ? RowDifference.IN_NO_OBJECT : RowDifference.DIFFERENT;
        return new DifferentRow(difference, values(row, comparison.matched()));
    }

    private Map<String, Long> columns() throws SQLException {
        Map<String, Long> columns = new LinkedHashMap<>();
        if (!comparison.compared().isEmpty()) {
            List<Long> counts = numbers(
                    VerifySql.countColumns(target, comparison),
                    comparison.compared().size());
            for (int i = 0; i < counts.size(); i++) {
                if (counts.get(i) > 0) {
                    columns.put(comparison.compared().get(i).name(), counts.get(i));
                }
            }
        }
        return columns;
    }

    private TableDifferences whole() throws SQLException {
        List<Long> counts = numbers(VerifySql.countWhole(target, comparison), 4);
        boolean isOfAll = comparison.extent() != Extent.LOADED;
        List<DifferentRow> first = new ArrayList<>();
        if (counts.get(1) + (isOfAll ? counts.get(2) + counts.get(3) : 0) > 0) {
            List<Column> shown = comparison
                    .compared()
                    .subList(0, Math.min(SHOWN_VALUES, comparison.compared().size()));
            Jdbc.query(jdbc, VerifySql.readWhole(target, comparison, shown), row -> first.add(whole(row, shown)));
        }
        return new TableDifferences(
                counts.get(0),
                0,
                counts.get(1),
                isOfAll ? counts.get(2) : null,
                isOfAll ? counts.get(3) : null,
                Map.of(),
                first);
    }

    private static DifferentRow whole(ResultSet row, List<Column> shown) throws SQLException {
        long inObjects = row.getLong(shown.size() + 1);
        long inTable = row.getLong(shown.size() + 2);
        RowDifference difference = inObjects > inTable
                ? RowDifference.MISSING
                : inObjects > 0 ? RowDifference.DOUBLED : RowDifference.IN_NO_OBJECT;
        return new DifferentRow(difference, values(row, shown));
    }

    private static Map<String, @Nullable String> values(ResultSet row, List<Column> columns) throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i).name(), row.getString(i + 1));
        }
        return values;
    }

    private List<Long> numbers(String sql, int count) throws SQLException {
        try (PreparedStatement statement = Jdbc.prepare(jdbc, sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            List<Long> numbers = new ArrayList<>(count);
            for (int i = 1; i <= count; i++) {
                numbers.add(row.getLong(i));
            }
            return numbers;
        }
    }
}
