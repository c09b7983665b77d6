package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What COPY stores is what PostgreSQL makes of the same text by a cast, for odd values and for random ones, in both formats
 * that the rows are sent in. A failure tells its seed; {@code -Dcaravan.test.seed=SEED} takes another.
 */
@ExtendWith(SandboxExtension.class)
final class CopiedValuesIT {

    private static final String ROLE = " IAM_ROLE 'arn:aws:iam::000000000000:role/x' CSV ";
    private static final long SEED = Long.getLong("caravan.test.seed", 1);
    private static final int RANDOM_VALUES = 500;

    /** What decides the format of the rows. */
    enum Session {
        BINARY("UTC", ""),
        TEXT_FOR_A_DEFAULT("UTC", ", n INTEGER DEFAULT 5 NOT NULL"),
        TEXT_FOR_THE_ZONE("America/New_York", "");

        private final String zone;
        private final String column;

        Session(String zone, String column) {
            this.zone = zone;
            this.column = column;
        }
    }

    private record Kind(
            String type, String options, String expected, List<String> odd, Function<Random, String> random) {

        static Kind cast(String type, String options, List<String> odd, Function<Random, String> random) {
            return new Kind(type, options, "CAST(said AS " + type + ")", odd, random);
        }

        List<String> values() {
            Random random = new Random(SEED);
            return Stream.concat(
                            odd.stream(),
                            Stream.generate(() -> this.random.apply(random)).limit(RANDOM_VALUES))
                    .toList();
        }

        @Override
        public String toString() {
            return type + " " + options;
        }
    }

    private static final List<Kind> KINDS = List.of(
            Kind.cast("SMALLINT", "", List.of("32767", "-32768", "+0", "-0", " 007 "), r -> integer(r, 16)),
            Kind.cast("INTEGER", "", List.of("2147483647", "-2147483648", "+1", "000000000012"), r -> integer(r, 32)),
            Kind.cast("BIGINT", "", List.of("9223372036854775807", "-9223372036854775808", "+1"), r -> integer(r, 64)),
            Kind.cast(
                    "DECIMAL(18,0)", "", List.of("0", "-0", "999999999999999999", "10000", "5."), r -> integer(r, 59)),
            Kind.cast(
                    "DECIMAL(8,2)",
                    "ROUNDEC",
                    List.of("5.", ".5", "-.5", "+.5", "-0.001", "0.005", "-0.005", "1e2", "12E-1", "00012.5", "0.00"),
                    r -> decimal(r, 6, 4)),
            new Kind(
                    "DECIMAL(8,2)",
                    "",
                    "TRUNC(CAST(said AS DECIMAL(38,12)), 2)",
                    List.of("-.999", "999999.999", "-0.009", "1e-3", ".019"),
                    r -> decimal(r, 6, 6)),
            Kind.cast("DECIMAL(38,20)", "", List.of("1", "10000.0001", "0.00010000"), r -> decimal(r, 18, 20)),
            Kind.cast("DECIMAL(37,37)", "", List.of("0", ".1", "-0.0000000000001"), r -> decimal(r, 0, 37)),
            Kind.cast(
                    "REAL",
                    "",
                    List.of(
                            "NaN",
                            "inf",
                            "-Infinity",
                            "-0",
                            "3.4028235e38",
                            "1e-45",
                            "16777217",
                            "0e-99",
                            "1.",
                            "+.5e+3"),
                    r -> number(r, 30)),
            Kind.cast(
                    "DOUBLE PRECISION",
                    "",
                    List.of("nan", "INF", "-inf", "-0.0", "1.7976931348623157e308", "4.9e-324", "0e999", "0.1"),
                    r -> number(r, 300)),
            Kind.cast("BOOLEAN", "", List.of("t", "TRUE", "y", "Yes", "1", "f", "False", "N", "no", "0"), r -> "t"),
            Kind.cast(
                    "DATE",
                    "",
                    List.of("0001-01-01", "9999-12-31", "2000-02-29", "1900-02-28", "1999-12-31", " 2000-01-01 "),
                    CopiedValuesIT::date),
            Kind.cast(
                    "TIMESTAMP",
                    "TIMEFORMAT 'auto'",
                    List.of("2024-02-29", "0001-01-01 00:00:00", "9999-12-31T23:59:59.999999", "1999-12-31 23:59:59.9"),
                    r -> date(r) + " " + time(r)),
            Kind.cast("TIMESTAMP", "", List.of("1970-01-01 00:00:00.000001"), r -> date(r) + " " + time(r)),
            Kind.cast(
                    "TIMESTAMPTZ",
                    "TIMEFORMAT 'auto'",
                    List.of(
                            "2024-02-29",
                            "2024-03-10 02:30:00",
                            "2024-11-03 01:30:00",
                            "0001-01-01 00:00:00+15:59",
                            "9999-12-31 23:59:59.999999-15:59",
                            "2024-01-01T00:00:00Z",
                            "2024-01-01 00:00:00-0545",
                            "2024-01-01 00:00:00.5+00"),
                    r -> date(r) + "T" + time(r)
                            + List.of("", "Z", "+05:45", "-11").get(r.nextInt(4))),
            new Kind(
                    "TIMESTAMP",
                    "TIMEFORMAT 'epochmillisecs'",
                    "DATEADD(ms, CAST(said AS BIGINT) % 1000,"
                            + " DATEADD(s, CAST(said AS BIGINT) / 1000, CAST('1970-01-01' AS TIMESTAMP)))",
                    List.of("0", "-1", "253402300799999", "-62135596800000"),
                    r -> Long.toString(r.nextLong(-62135596800000L, 253402300800000L))));

    private final TestSandbox sandbox;

    CopiedValuesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    private static String integer(Random random, int bits) {
        return new BigInteger(1 + random.nextInt(bits - 1), random)
                .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1))
                .toString();
    }

    private static String decimal(Random random, int whole, int scale) {
        BigInteger digits = new BigInteger(digits(random, random.nextInt(whole + scale + 1)) + "0");
        return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale + 1)
                .setScale(random.nextInt(scale + 1), RoundingMode.DOWN)
                .toPlainString();
    }

    private static String digits(Random random, int count) {
        return "0" + random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static String number(Random random, int exponent) {
        String digits = digits(random, 1 + random.nextInt(17)) + "." + digits(random, random.nextInt(4));
        return (random.nextBoolean() ? "-" : "") + digits + "e" + (random.nextInt(exponent) - exponent / 2);
    }

    private static String date(Random random) {
        return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059)).toString();
    }

    private static String time(Random random) {
        String time = "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
        return random.nextBoolean() ? time : time + "." + digits(random, random.nextInt(6));
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Session.values()).flatMap(session -> KINDS.stream().map(kind -> Arguments.of(kind, session)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("kinds")
    void copyStoresWhatACastMakes(Kind kind, Session session) throws SQLException {
        List<String> values = kind.values();
        String rest = session.column.isEmpty() ? "\n" : ",\n";
        sandbox.put("values.csv", values.stream().map(v -> v + ',' + v + rest).collect(Collectors.joining()));
        try (Connection connection = session(session);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE copied (said VARCHAR(60), value " + kind.type + session.column + ")");
            statement.execute(copy("values.csv") + kind.options);

            assertThat(TestSandbox.query(connection, "SELECT count(value) FROM copied"))
                    .hasToString("[[" + values.size() + "]]");
            assertThat(TestSandbox.query(
                            connection,
                            "SELECT said, value, " + kind.expected + " FROM copied WHERE value <> " + kind.expected
                                    + (kind.type.equals("BOOLEAN") ? "" : " OR " + text("value", kind.expected))))
                    .as("seed %d", SEED)
                    .isEmpty();
        }
    }

    /** Equal numbers may have other digits behind the point. */
    private static String text(String value, String expected) {
        return "CAST(" + value + " AS VARCHAR) <> CAST(" + expected + " AS VARCHAR)";
    }

    @ParameterizedTest
    @EnumSource
    void textIsStoredByteForByte(Session session) throws SQLException {
        Random random = new Random(SEED);
        List<String> values = new ArrayList<>(List.of("", "\\", "\\N", "\\.", "\\D", "a\tb", "\r\n", " x ", "\u0001"));
        for (int i = 0; i < RANDOM_VALUES; i++) {
            values.add(random.ints(random.nextInt(40), 0, TEXT.length)
                    .mapToObj(c -> TEXT[c])
                    .collect(Collectors.joining()));
        }
        String rest = session.column.isEmpty() ? "\n" : ",\n";
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String quoted = '"' + values.get(i).replace("\"", "\"\"") + '"';
            csv.append(i).append(',').append(quoted).append(rest);
        }
        sandbox.put("text.csv", csv.toString());
        try (Connection connection = session(session);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE copied (id INTEGER, value VARCHAR(160)" + session.column + ")");
            statement.execute(copy("text.csv") + "NULL AS 'nothing'");

            assertThat(TestSandbox.query(connection, "SELECT value FROM copied ORDER BY id"))
                    .as("seed %d", SEED)
                    .isEqualTo(values.stream().map(List::of).toList());
        }
    }

    private static final String[] TEXT = {
        "a", "Z", "0", " ", "\t", "\n", "\r", "\\", "\"", "'", ",", "|", "ä", "ß", "日", "🚚", "\\N", "\u007f"
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    REAL             | 1e39       |  | "1e39" is out of range for type real
                    REAL             | 1e-46      |  | "1e-46" is out of range for type real
                    DOUBLE PRECISION | -1e-400    |  | "-1e-400" is out of range for type double precision
                    DECIMAL(8,2)     | -.         |  | invalid input syntax for type numeric: "-."
                    DATE             | 31.12.0000 | DATEFORMAT 'DD.MM.YYYY' | date/time field value out of range: "0000-12-31"
                    TIMESTAMP        | 253402300800 | TIMEFORMAT 'epochsecs' | date/time field value out of range: "+10000-01-01T00:00:00"
                    TIMESTAMPTZ      | 2024-01-01 00:00:00+16:00 | TIMEFORMAT 'YYYY-MM-DD HH24:MI:SSOF' | time zone displacement out of range: "2024-01-01T00:00+16:00"
                    """)
    void whatPostgresqlCannotHoldIsRefused(String type, String value, String options, String reason)
            throws SQLException {
        sandbox.put("refused.csv", value + "\n");
        try (Connection connection = session(Session.BINARY);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE copied (value " + type + ")");

            assertThatThrownBy(() -> statement.execute(copy("refused.csv") + (options == null ? "" : options)))
                    .hasMessageContaining("Load into table 'copied' failed.");
            assertThat(TestSandbox.query(
                            connection,
                            "SELECT line_number, trim(colname), err_code, trim(err_reason) FROM stl_load_errors"
                                    + " WHERE trim(filename) LIKE '%/refused.csv' ORDER BY query DESC LIMIT 1"))
                    .isEqualTo(List.of(List.of("1", "value", "1216", reason)));
        }
    }

    private String copy(String key) {
        return "COPY copied FROM 's3://" + sandbox.bucket() + "/" + key + "'" + ROLE;
    }

    private Connection session(Session session) throws SQLException {
        Connection connection = sandbox.connection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET timezone TO '" + session.zone + "'");
        }
        return connection;
    }
}
