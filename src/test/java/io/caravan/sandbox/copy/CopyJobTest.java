package io.caravan.sandbox.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.grammar.StatementJudge;
import io.caravan.sandbox.grammar.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CopyJobTest {

    private static final String BINARY = " FROM STDIN WITH (FORMAT binary)";
    private static final String TEXT = " FROM STDIN WITH (FORMAT text, ENCODING 'UTF8', DEFAULT E'\\\\D')";

    /** As the query for the columns answers. */
    private static List<String> column(
            String name, String notNull, String identity, String hasDefault, String bySession) {
        return List.of(name, "int4", "-1", notNull, identity, "16384", "1", "db", hasDefault, bySession);
    }

    private static final List<String> PLAIN = column("a", "f", "", "f", "f");
    private static final List<String> IDENTITY = column("id", "t", "a", "t", "f");
    private static final List<String> DEFAULT = column("d", "f", "", "t", "f");
    private static final List<String> DEFAULT_FOR_NULL = column("n", "t", "", "t", "f");
    private static final List<String> BY_SESSION = column("s", "f", "", "f", "t");

    private static String sql(String target, String options, List<List<String>> columns) {
        Verdict verdict = new StatementJudge(Flavour.PROVISIONED)
                .judge("COPY " + target + " FROM 's3://bucket/key' IAM_ROLE 'x' CSV " + options);
        CopyJob job = new CopyJob(((Verdict.Copy) verdict).command());
        columns.forEach(job::addColumn);
        return job.sql();
    }

    @Test
    void rowsAreBinary() {
        assertThat(sql("s.t", "", List.of(PLAIN, DEFAULT))).isEqualTo("COPY \"s\".\"t\" (\"a\", \"d\")" + BINARY);
    }

    @Test
    void aListIsKept() {
        assertThat(sql("t (d, a)", "", List.of(PLAIN, DEFAULT))).isEqualTo("COPY \"t\" (\"d\", \"a\")" + BINARY);
    }

    @Test
    void anIdentityCountsByItselfUnlessItsValuesAreExplicit() {
        assertThat(sql("t", "", List.of(IDENTITY, PLAIN))).isEqualTo("COPY \"t\" (\"a\")" + BINARY);
        assertThat(sql("t", "EXPLICIT_IDS", List.of(IDENTITY, PLAIN))).isEqualTo("COPY \"t\" (\"id\", \"a\")" + TEXT);
    }

    @Test
    void whatTheBinaryFormatCannotSayIsText() {
        assertThat(sql("t", "", List.of(DEFAULT_FOR_NULL))).isEqualTo("COPY \"t\" (\"n\")" + TEXT);
        assertThat(sql("t", "", List.of(BY_SESSION))).isEqualTo("COPY \"t\" (\"s\")" + TEXT);
        assertThat(sql("t (a)", "", List.of(PLAIN, DEFAULT_FOR_NULL, BY_SESSION)))
                .isEqualTo("COPY \"t\" (\"a\")" + BINARY);
    }

    @Test
    void aMissingTableIsForPostgresqlToRefuse() {
        assertThat(sql("t", "", List.of())).isEqualTo("COPY \"t\"" + BINARY);
    }
}
