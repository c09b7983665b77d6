package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a value of each type is in the target, and that it is found unchanged the next time. */
@ExtendWith(SandboxExtension.class)
class TypesIT {

    private static final String HEADER = "id,si,bi,de,wide,re,db,bo,da,ts,tz,ch,vc,ti,tt,su,vb\n";

    /** Rows 1 to 8: largest, smallest, NULL, empty text, other spellings, awkward numbers, awkward text, old and new days. */
    private static final String ROWS =
            """
            1,32767,9223372036854775807,99999999.9999,9999999999999999999999999999.9999999999,3.4028235E38,1.7976931348623157E308,true,9999-12-31,9999-12-31 23:59:59.999999,9999-12-31 23:59:59.999999+00,abcdef,żółć-12345,24:00:00,00:00:00.000001+00,"{""k"":[1.50,""ż"",null,true]}",00ff
            2,-32768,-9223372036854775808,-99999999.9999,-9999999999999999999999999999.9999999999,1.17549435E-38,2.2250738585072014E-308,false,0001-01-01,0001-01-01 00:00:00,0001-01-01 00:00:00+00,a,a,00:00:00,23:59:59.999999+00,-12,ab
            3,,,,,,,,,,,,,,,,
            4,0,0,0,0,0,0,f,1970-01-01,1970-01-01 00:00:00,1970-01-01 00:00:00+00,"","",00:00,00:00,[],
            5, +7 ,-0,+1.5e2,1e3,-0.0,1e2,YES,2024-02-29,2024-02-29T10:20,2024-02-29T10:20:30.120+05:45,"ab  ","ab  ",08:30:00.120,08:30:00.12+0545,"[ 1 , 2 ]",0xABCDEF
            6,1,1,.5,5.,0.1,0.1,1,2026-03-29,2026-03-29 02:30:00,2026-03-29 02:30:00,1,1,02:30,02:30-03,null,61
            7,2,2,2,2,16777217,9007199254740993,0,2026-10-25,2026-10-25 02:30:00.5,2026-10-25 02:30:00.5-0330,\\N,"a,""b""
            \tc",12:00:00.5,12:00:00.5Z,"{""q"":""a b""}",6162
            8,3,3,3,3,1e-7,123456789.123456789,n,1582-10-10,1582-10-10 12:00:00,1582-10-10 12:00:00Z,@NULL@,'\\''\\\\n,23:59:59.999999,00:00 UTC,"{""a"":{""b"":[]}}",\\x6162636465666768
            """;

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    TypesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeHoldsWhatTheObjectSaysAndIsUnchangedTheNextTime(StagedBy stagedBy) throws SQLException {
        String feed = table("types", stagedBy, "PRIMARY KEY (id)");
        routes.ownFeed(feed, sandbox.bucket(), "id");
        sandbox.put(feed + "/1.csv", HEADER + ROWS);
        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/1.csv loaded 8 8 0 0 0 0");

        assertThat(target(feed))
                .containsExactly(
                        "1|32767|9223372036854775807|99999999.9999|9999999999999999999999999999.9999999999|3.4028235e+38|1.7976931348623157E308|t|9999-12-31|9999-12-31 23:59:59.999999|9999-12-31 23:59:59.999999|abcdef|żółć-12345|24:00:00|00:00:00.000001+00|{\"k\":[1.50,\"ż\",null,true]}|00ff",
                        "2|-32768|-9223372036854775808|-99999999.9999|-9999999999999999999999999999.9999999999|1.1754944e-38|2.2250738585072014E-308|f|0001-01-01|0001-01-01 00:00:00|0001-01-01 00:00:00|a     |a|00:00:00|23:59:59.999999+00|-12|ab",
                        "3|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null|null",
                        "4|0|0|0.0000|0.0000000000|0|0.0|f|1970-01-01|1970-01-01 00:00:00|1970-01-01 00:00:00|      ||00:00:00|00:00:00+00|[]|null",
                        "5|7|0|150.0000|1000.0000000000|0|100.0|t|2024-02-29|2024-02-29 10:20:00|2024-02-29 04:35:30.12|ab    |ab  |08:30:00.12|02:45:00.12+00|[1,2]|abcdef",
                        "6|1|1|0.5000|5.0000000000|0.1|0.1|t|2026-03-29|2026-03-29 02:30:00|2026-03-29 02:30:00|1     |1|02:30:00|05:30:00+00|null|61",
                        "7|2|2|2.0000|2.0000000000|1.6777216e+07|9.007199254740992E15|f|2026-10-25|2026-10-25 02:30:00.5|2026-10-25 06:00:00.5|\\N    |a,\"b\"\n\tc|12:00:00.5|12:00:00.5+00|{\"q\":\"a b\"}|6162",
                        "8|3|3|3.0000|3.0000000000|1e-07|1.2345678912345679E8|f|1582-10-10|1582-10-10 12:00:00|1582-10-10 12:00:00|@NULL@|'\\''\\\\n|23:59:59.999999|00:00:00+00|{\"a\":{\"b\":[]}}|6162636465666768");

        sandbox.put(feed + "/2.csv", HEADER + ROWS);
        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/2.csv loaded 8 0 0 8 0 0");
    }

    /** Redshift compares text without trailing blanks and numbers by value, so spellings of one key are one key. */
    @ParameterizedTest
    @EnumSource
    void everyTypeMayBeAMatchingKey(StagedBy stagedBy) throws SQLException {
        List<String> feeds = new ArrayList<>();
        for (String key :
                List.of("si", "bi", "de", "wide", "re", "db", "bo", "da", "ts", "tz", "ch", "vc", "ti", "tt", "vb")) {
            String feed = table("key_" + key, stagedBy, "PRIMARY KEY (id)");
            routes.ownFeed(feed, sandbox.bucket(), key);
            feeds.add(feed);
        }
        put(feeds, "5,7,7,7,7,0.1,0.1,t,2024-02-29,2024-02-29 10:20,2024-02-29 10:20:30,ab,ab,08:30,08:30,1,61ff");
        caravan.report(stagedBy, feeds.toArray(String[]::new));
        put(
                feeds,
                "5,+7,07,7.0,7e0,1e-1,.1,Y,2024-02-29,2024-02-29T10:20:00.0,2024-02-29T12:20:30+0200,\"ab \",ab,08:30:00.0,10:30+02, 1 ,0x61FF");
        caravan.report(stagedBy, feeds.toArray(String[]::new));

        for (String feed : feeds) {
            assertThat(caravan.ledger(feed))
                    .containsExactly(feed + "/o.csv loaded 1 1 0 0 0 0 null", feed + "/o.csv loaded 1 0 0 1 0 0 null");
        }
    }

    private void put(List<String> feeds, String row) {
        feeds.forEach(feed -> sandbox.put(feed + "/o.csv", HEADER + row + "\n"));
    }

    private String table(String name, StagedBy stagedBy, String more) throws SQLException {
        String table = name + "_" + stagedBy.name().toLowerCase(Locale.ROOT);
        sandbox.execute(
                "CREATE TABLE public." + table + " (id INTEGER NOT NULL, si SMALLINT, bi BIGINT, de DECIMAL(12,4),"
                        + " wide DECIMAL(38,10), re REAL, db DOUBLE PRECISION, bo BOOLEAN, da DATE, ts TIMESTAMP, tz TIMESTAMPTZ,"
                        + " ch CHAR(6), vc VARCHAR(14), ti TIME, tt TIMETZ, su SUPER, vb VARBYTE(8), " + more + ")");
        return table;
    }

    private List<String> target(String table) throws SQLException {
        return sandbox
                .query(
                        "SELECT id, si, bi, de, wide, re, db, bo, da, ts, CAST(tz AT TIME ZONE 'UTC' AS VARCHAR(40)), ch, vc, ti, tt, su, vb FROM public."
                                + table + " ORDER BY id")
                .stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }
}
