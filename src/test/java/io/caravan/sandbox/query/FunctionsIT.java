package io.caravan.sandbox.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
final class FunctionsIT {

    private final TestSandbox sandbox;

    FunctionsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Each line: an expression, and what the driver shows of it. */
    private void assertValues(String table) throws SQLException {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIMEZONE TO 'UTC'");
            for (String line : table.strip().lines().toList()) {
                String[] parts = line.split(" => ", 2);
                expected.put(parts[0].strip(), parts[1].strip());
                try (ResultSet result = statement.executeQuery("SELECT " + parts[0])) {
                    result.next();
                    actual.put(parts[0].strip(), String.valueOf(result.getString(1)));
                } catch (SQLException e) {
                    actual.put(parts[0].strip(), e.getSQLState() + " " + e.getMessage());
                }
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void datesAreMoved() throws SQLException {
        assertValues(
                """
                dateadd(month, 18, '2008-02-28')                       => 2009-08-28 00:00:00
                dateadd(m, 30, '2008-02-28')                           => 2008-02-28 00:30:00
                dateadd(month, 1, DATE '2008-04-30')                   => 2008-05-30 00:00:00
                dateadd(mons, 1, DATE '2008-01-31')                    => 2008-02-29 00:00:00
                dateadd(qtr, -1, DATE '2008-05-31')                    => 2008-02-29 00:00:00
                dateadd(w, 2, TIMESTAMP '2008-02-28 01:02:03')         => 2008-03-13 01:02:03
                dateadd(c, 1, DATE '2008-02-29')                       => 2108-02-29 00:00:00
                dateadd(decs, -1, DATE '2008-02-29')                   => 1998-02-28 00:00:00
                dateadd(mil, 1, DATE '2008-02-29')                     => 3008-02-29 00:00:00
                dateadd(yrs, 1, DATE '2008-02-29')                     => 2009-02-28 00:00:00
                dateadd(ms, -1, TIMESTAMP '2008-03-01 00:00:00')       => 2008-02-29 23:59:59.999
                dateadd(usecs, 1, TIMESTAMP '2008-03-01 00:00:00')     => 2008-03-01 00:00:00.000001
                dateadd(hour, 1, TIMESTAMPTZ '2008-03-01 00:00:00+02') => 2008-02-29 23:00:00
                dateadd(minute, 5, TIME '00:58:00')                    => 01:03:00
                dateadd(hour, 12, TIME '13:24:55')                     => 01:24:55
                dateadd(hour, -24, TIME '13:24:55')                    => 13:24:55
                dateadd(month, 1, TIME '13:24:55')                     => 0A000 ERROR: time units "month" not supported
                dateadd(day, 1, CAST(NULL AS DATE))                    => null
                add_months(DATE '2008-02-29', 1)                       => 2008-03-31 00:00:00
                add_months('2008-02-28', 12)                           => 2009-02-28 00:00:00
                add_months(TIMESTAMP '2008-01-31 10:00:00', -2)        => 2007-11-30 10:00:00
                last_day(TIMESTAMP '2008-02-05 10:00:00')              => 2008-02-29
                last_day('2014-01-05')                                 => 2014-01-31
                date_trunc('week', DATE '2008-03-02')                  => 2008-02-25 00:00:00
                date_trunc('qtr', '2008-05-31 10:00:00')               => 2008-04-01 00:00:00
                trunc(TIMESTAMP '2011-07-21 10:32:38.248109')          => 2011-07-21
                trunc(110.28)                                          => 110
                """);
    }

    @Test
    void boundariesAreCounted() throws SQLException {
        assertValues(
                """
                datediff(year, DATE '2008-12-31', DATE '2009-01-01')              => 1
                datediff(week, '2009-01-01', '2009-12-31')                        => 52
                datediff(week, DATE '2008-03-01', DATE '2008-03-02')              => 1
                datediff(week, DATE '2008-03-02', DATE '2008-03-08')              => 0
                datediff(qtr, '1998-07-01', DATE '2008-06-05')                    => 39
                datediff(mons, DATE '2008-03-01', DATE '2008-02-29')              => -1
                datediff(day, DATE '2023-01-04', DATE '2024-05-04')               => 486
                datediff(hour, '2023-01-01', '2023-01-03 05:04:03')               => 53
                datediff(hour, TIMESTAMP '2009-01-01 08:59:59', TIMESTAMP '2009-01-01 09:00:00') => 1
                datediff(h, TIMESTAMP '1960-01-01 08:30:00', TIMESTAMP '1960-01-01 10:00:00') => 2
                datediff(s, TIMESTAMP '2009-01-01 00:00:00.9', TIMESTAMP '2009-01-01 00:00:01.1') => 1
                datediff(ms, TIMESTAMP '2009-01-01 00:00:01', DATE '2009-01-01')  => -1000
                datediff(us, TIMESTAMP '2009-01-01 00:00:00', TIMESTAMP '2009-01-01 00:00:00.000007') => 7
                datediff(century, DATE '2000-12-31', DATE '2001-01-01')           => 1
                datediff(decade, DATE '1999-12-31', DATE '2000-01-01')            => 1
                datediff(mil, DATE '2000-12-31', DATE '2001-01-01')               => 1
                datediff(days, 'Jun 1,2008 09:59:59 EST', 'Jul 4,2008 09:59:59 EST') => 33
                datediff(hour, TIME '20:00:00', TIME '15:24:45')                  => -5
                datediff(minute, TIME '20:00:00', TIME '21:00:00')                => 60
                datediff(hours, TIMETZ '20:00:00 PST', TIMETZ '00:58:00 EST')     => 1
                months_between('1969-01-18', '1969-03-18')                        => -2.0
                months_between(DATE '2014-09-30', DATE '2014-08-31')              => 1.0
                """);
    }

    @Test
    void partsAreTaken() throws SQLException {
        assertValues(
                """
                extract(ms FROM TIMESTAMP '2009-09-09 12:08:43.101')          => 101
                extract(ms FROM TIME '18:25:33.123456')                       => 123
                extract(us FROM TIME '18:25:33.123456')                       => 456
                extract(sec FROM TIMESTAMP '2009-09-21 11:10:03.189717')      => 3
                date_part(sec, TIMESTAMP '2009-09-21 11:10:03.189717')        => 3.189717
                date_part(microsecond, TIMESTAMP '20220502 04:05:06.789')     => 789000.0
                date_part(week, TIMESTAMP '20220502 04:05:06.789')            => 18.0
                date_part(dayofweek, DATE '2008-01-06')                       => 0.0
                date_part(century, TIMESTAMP '20220502 04:05:06.789')         => 21.0
                date_part(epoch, TIMESTAMP '2008-01-01 20:00:00')             => 1.1992176E9
                extract(century FROM DATE '2000-12-16')                       => 20
                extract(doy FROM DATE '2000-12-31')                           => 366
                extract(weekday FROM '2008-01-05')                            => 6
                extract(yr FROM TIMESTAMPTZ '1.12.1997 07:37:16.00 PST')      => 1997.0
                extract(timezone_hour FROM TIMESTAMPTZ '1997-01-12 07:37:16+00') => 0.0
                extract(timezone FROM TIMESTAMP '1997-01-12 07:37:16')        => 0A000 ERROR: unit "timezone" not supported for type timestamp without time zone
                extract(day FROM TIME '18:25:33')                             => 0A000 ERROR: time units "day" not supported
                decode(CAST(NULL AS INTEGER), 1, 'a', NULL, 'b', 'c')         => b
                decode(3, 1, 'a', 2, 'b')                                     => null
                nvl2(CAST(NULL AS INTEGER), 'a', 'b')                         => b
                """);
    }

    @Test
    void sumsAndMeansHaveTheTypesOfThePage() throws SQLException {
        sandbox.execute(
                "CREATE TABLE numbers (s SMALLINT, i INTEGER, b BIGINT, d DECIMAL(5,2), r REAL, f FLOAT)",
                "INSERT INTO numbers VALUES (1, 1, 1, 1.25, 0.5, 0.5), (2, 2, 2, 100.10, 1, 1), (2, 2, 2, 3, 1, 1)",
                "CREATE TABLE sums AS SELECT SUM(s) AS s, SUM(i) AS i, SUM(b) AS b, SUM(d) AS d, SUM(r) AS r, SUM(f) AS f,"
                        + " AVG(s) AS sa, AVG(i) AS ia, AVG(b) AS ba, AVG(d) AS da, AVG(r) AS ra FROM numbers",
                "CREATE TABLE over_all AS SELECT SUM(s) OVER () AS s, SUM(i) OVER () AS i, SUM(b) OVER () AS b,"
                        + " SUM(d) OVER () AS d, SUM(r) OVER () AS r, AVG(i) OVER () AS ia, AVG(b) OVER () AS ba FROM numbers");

        assertThat(sandbox.query("SELECT * FROM sums"))
                .isEqualTo(List.of(
                        List.of("5", "5", "5", "104.35", "2.5", "2.5", "1", "1", "1", "34.78", "0.8333333333333334")));
        assertThat(types("sums"))
                .isEqualTo("s bigint, i bigint, b bigint, d numeric(38,2), r double precision, f double precision,"
                        + " sa bigint, ia bigint, ba bigint, da numeric(38,2), ra double precision");
        assertThat(types("over_all"))
                .startsWith("s bigint, i bigint, b numeric(38,0), d numeric(38,2), r double precision, ia bigint,"
                        + " ba numeric(38,");
    }

    private String types(String table) throws SQLException {
        return String.join(
                ", ", sandbox.lines("SELECT \"column\", type FROM pg_table_def WHERE tablename = '" + table + "'"));
    }

    @Test
    void aSumOverflows() throws SQLException {
        sandbox.execute(
                "CREATE TABLE large (b BIGINT, d DECIMAL(38,0))",
                "INSERT INTO large VALUES (9223372036854775807, 99999999999999999999999999999999999999), (1, 1)");

        assertThatThrownBy(() -> sandbox.query("SELECT SUM(b) FROM large"))
                .hasMessageContaining("Overflow (Long valid range -9223372036854775808 to 9223372036854775807)");
        assertThatThrownBy(() -> sandbox.query("SELECT SUM(d) FROM large"))
                .hasMessageContaining("Numeric data overflow");
        assertThat(sandbox.query("SELECT SUM(CAST(b AS DECIMAL(38,0))), AVG(b) FROM large"))
                .isEqualTo(List.of(List.of("9223372036854775808", "4611686018427387904")));
        assertThatThrownBy(() -> sandbox.query("SELECT SUM('x' || b) FROM large"))
                .hasMessageContaining("function sum(text) does not exist");
    }

    @Test
    void hashesHaveASeedOrNone() throws SQLException {
        assertThat(
                        sandbox.query(
                                "SELECT fnv_hash('a') = fnv_hash('a'), fnv_hash('a') = fnv_hash('b'), fnv_hash(1) = fnv_hash(1, 0),"
                                        + " fnv_hash(CAST(1 AS BIGINT)) IS NULL, fnv_hash('x', fnv_hash(DATE '2024-01-01')) IS NULL"))
                .isEqualTo(List.of(List.of("t", "f", "f", "f", "f")));
    }

    @Test
    void topLimits() throws SQLException {
        sandbox.execute("CREATE TABLE ranked (a INTEGER)", "INSERT INTO ranked VALUES (3), (1), (2)");

        assertThat(sandbox.lines("SELECT TOP 2 a FROM ranked ORDER BY a")).containsExactly("1", "2");
        assertThat(sandbox.lines(
                        "SELECT (SELECT TOP 1 a FROM ranked ORDER BY a DESC), dateadd(day, (SELECT TOP 1 a FROM ranked"
                                + " ORDER BY a), '2024-01-01')"))
                .containsExactly("3 2024-01-02 00:00:00");
    }

    @Test
    void aSystemViewThatIsNotBuiltSaysSo() {
        assertThatThrownBy(() -> sandbox.query("SELECT * FROM svv_table_info"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                .hasMessageContaining("system view svv_table_info is not supported by the sandbox");
        assertThatThrownBy(() -> sandbox.query("SELECT * FROM pg_catalog.sys_query_history"))
                .hasMessageContaining("system view sys_query_history is not supported by the sandbox");
        assertThatThrownBy(() -> sandbox.query("SELECT * FROM stl_nothing"))
                .hasMessageContaining("relation \"stl_nothing\" does not exist");
    }
}
