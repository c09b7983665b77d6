package io.caravan.sandbox.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.sandbox.command.CopyOptions;
import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.grammar.StatementJudge;
import io.caravan.sandbox.grammar.Verdict;
import io.caravan.sandbox.wire.WireWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowConverterTest {

    private static String convert(String type, int length, int scale, String csv, String options) throws IOException {
        Verdict.Copy copy = (Verdict.Copy) new StatementJudge(Flavour.PROVISIONED)
                .judge("COPY t FROM 's3://bucket/key' IAM_ROLE 'x' CSV " + options);
        CopyOptions read = copy.command().options();
        List<CopyColumn> columns = List.of(new CopyColumn("c", type, length, scale, false, false, false, false));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireWriter writer = new WireWriter(bytes);
        CopyRows rows = new TextRows(writer);
        RecordReader records = new RecordReader(
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), read.delimiter, read.quote);
        RowConverter converter = new RowConverter(columns, read);
        try {
            while (records.next()) {
                converter.convert(records, rows);
                rows.endRow();
            }
        } catch (FieldException e) {
            return e.code() + " " + e.reason();
        }
        rows.end();
        writer.flush();
        String message = bytes.toString(StandardCharsets.UTF_8);
        return message.substring(5, message.length() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    int4    | 0 | 0 | 12            |             | 12
                    int4    | 0 | 0 | 2147483648    |             | 1222 Overflow, Value out of range, Type: Integer
                    int8    | 0 | 0 | -9223372036854775808 |      | -9223372036854775808
                    int8    | 0 | 0 | 9223372036854775808  |      | 1222 Overflow, Value out of range, Type: Long
                    int2    | 0 | 0 | 1x            |             | 1207 Invalid digit, Value 'x', Pos 1, Type: Short
                    int4    | 0 | 0 | ""            |             | \\N
                    int4    | 0 | 0 | \\N           |             | \\N
                    numeric | 8 | 2 | 20.259        |             | 20.25
                    numeric | 8 | 2 | 20.259        | ROUNDEC     | 20.26
                    numeric | 8 | 2 | -.999         |             | -.99
                    numeric | 8 | 0 | -.999         |             | 0
                    numeric | 4 | 2 | 100           |             | 1209 Numeric data overflow, Type: Decimal(4,2)
                    numeric | 8 | 2 | 1.5e2         |             | 150.00
                    bool    | 0 | 0 | Yes           |             | t
                    bool    | 0 | 0 | on            |             | 1210 Unknown boolean format
                    date    | 0 | 0 | 2024-02-29    |             | 2024-02-29
                    date    | 0 | 0 | 2023-02-29    |             | 1205 Invalid Date Format - length must be 10 or more
                    date    | 0 | 0 | 2023-02-29    | ACCEPTANYDATE | \\N
                    date    | 0 | 0 | 31.12.2024    | DATEFORMAT 'DD.MM.YYYY' | 2024-12-31
                    timestamp | 0 | 0 | 2024-02-29 10:11:12.123456 |   | 2024-02-29T10:11:12.123456
                    timestamp | 0 | 0 | 2024-02-29 10:11:12.1234567 |  | 1206 Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]
                    timestamp | 0 | 0 | 2024-02-29T10:11:12+05:45 | TIMEFORMAT 'auto' | 2024-02-29T10:11:12
                    timestamptz | 0 | 0 | 2024-02-29 10:11:12+05:45 |  | 2024-02-29T10:11:12+05:45
                    timestamp | 0 | 0 | 1709201472  | TIMEFORMAT 'epochsecs' | 2024-02-29T10:11:12
                    timestamp | 0 | 0 | 1709201472123 | TIMEFORMAT 'epochmillisecs' | 2024-02-29T10:11:12.123
                    timestamptz | 0 | 0 | 29.02.2024 10:11:12+0545 | TIMEFORMAT 'DD.MM.YYYY HH:MI:SSOF' | 2024-02-29T10:11:12+05:45
                    timestamptz | 0 | 0 | 29.02.2024 10:11:12+01 | TIMEFORMAT 'DD.MM.YYYY HH:MI:SSOF' | 2024-02-29T10:11:12+01:00
                    timestamp | 0 | 0 | 29.02.2024 10:11:12+01:00 | TIMEFORMAT 'DD.MM.YYYY HH:MI:SSOF' | 2024-02-29T10:11:12
                    timestamp | 0 | 0 | 29.02.2024 05:11:12 PM | TIMEFORMAT 'DD.MM.YYYY HH12:MI:SS AM' | 2024-02-29T17:11:12
                    timestamp | 0 | 0 | yesterday  | ACCEPTANYDATE | \\N
                    varchar | 3 | 0 | çç            |             | 1204 String length exceeds DDL length
                    varchar | 3 | 0 | çç            | TRUNCATECOLUMNS | ç
                    varchar | 3 | 0 | "a  "         |             | `a  `
                    varchar | 9 | 0 | "a,""b"",c"   |             | a,"b",c
                    varchar | 9 | 0 | a\\b          |             | a\\\\b
                    varchar | 9 | 0 | ""            |             | ``
                    varchar | 9 | 0 | ""            | EMPTYASNULL | \\N
                    varchar | 9 | 0 | "  "          | BLANKSASNULL | \\N
                    varchar | 9 | 0 | NULL          | NULL AS 'NULL' | \\N
                    varchar | 9 | 0 | a,b           |             | 1202 Extra column(s) found
                    varchar | 9 | 0 | "a"b          |             | 1214 Delimiter not found
                    bpchar  | 3 | 0 | abcd          |             | 1204 Char length exceeds DDL length
                    bpchar  | 9 | 0 | ç             |             | 1215 Multibyte character not supported for CHAR (Hint: Try using VARCHAR)
                    """)
    void followsRedshiftsRules(String type, int length, int scale, String field, String options, String expected)
            throws IOException {
        assertThat(convert(type, length, scale, field + "\n", options == null ? "" : options))
                .isEqualTo(expected);
    }

    @Test
    void aQuotedFieldMaySpanLines() throws IOException {
        assertThat(convert("varchar", 9, 0, "\"a\nb\"\r\n", "")).isEqualTo("a\\nb");
    }

    @Test
    void aRecordLargerThanTheBufferIsRead() throws IOException {
        String value = "x".repeat(700_000);
        assertThat(convert("varchar", 65_535, 0, "a\n" + value + "\n", "TRUNCATECOLUMNS"))
                .isEqualTo("a\n" + "x".repeat(65_535));
    }
}
