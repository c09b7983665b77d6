package io.caravan.csv.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.RecordText;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.CsvLayout;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.NullTexts;
import io.caravan.model.mask.Mask;
import io.caravan.model.mask.MaskKey;
import io.caravan.model.mask.Masks;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordMaskTest {

    private static final MaskKey KEY = new MaskKey(() -> "0123456789abcdef");
    private static final Masks MASKS = new Masks(
            Map.of("email", Mask.parse("hmac"), "phone", Mask.parse("Last 4"), "name", Mask.parse("null")), KEY, false);

    @Test
    void valuesAreMaskedInTheTextToo() {
        CsvRecord masked = mask(
                MASKS, CsvFormat.DEFAULT, "1,ada@x,\"0123,456\"\"789\",Ada,open", "id", "email", "phone", "name", null);

        assertThat(fields(masked)).containsExactly("1", hash("ada@x"), "****\"789", null, "open");
        assertThat(masked.raw()).isEqualTo("1," + hash("ada@x") + ",\"****\"\"789\",,");
    }

    @Test
    void equalTextsHaveEqualHashesWhateverTheirPlace() {
        String hash = hash("ada@x");
        assertThat(hash).hasSize(64).isEqualTo(hash("ada@x   ")).isEqualTo(hash("\"ada@x\""));
        assertThat(hash).isNotEqualTo(hash("Ada@x")).isNotEqualTo(hash(" ada@x"));
        assertThat(mask(
                                new Masks(MASKS.byColumn(), new MaskKey(() -> "another key, longer"), false),
                                CsvFormat.DEFAULT,
                                "ada@x",
                                "email")
                        .field(0))
                .isNotEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({"12345,****2345", "1234,****", "123,****", "😀😁😂😃😄,****😁😂😃😄", "****1234,****1234"})
    void theLastCharactersOfALongerValueStay(String text, String masked) {
        assertThat(mask(MASKS, CsvFormat.DEFAULT, '"' + text + '"', "phone").field(0))
                .isEqualTo(masked);
    }

    @Test
    void nullStaysNull() {
        CsvRecord masked = mask(MASKS, CsvFormat.DEFAULT, ",,,\"\"", "email", "phone", "name", "id");

        assertThat(fields(masked)).containsExactly(null, null, null, "");
        assertThat(masked.raw()).isEqualTo(",,,\"\"");
    }

    /** As when dead letters are replayed. */
    @ParameterizedTest
    @MethodSource("formats")
    void whatIsMaskedCanBeReadOnceMoreAndStaysAsItIs(CsvFormat format, String record) {
        String[] columns = {"email", "phone", "name", "id", "note", null};
        CsvRecord masked = mask(MASKS, format, record, columns);
        String raw = masked.raw();

        assertThat(RecordText.flaw(raw, format)).isEmpty();
        CsvRecord again = mask(MASKS.forReplay(), format, raw, columns);
        assertThat(fields(again).subList(0, 5)).isEqualTo(fields(masked).subList(0, 5));
        assertThat(again.raw()).isEqualTo(raw);
        assertThat(raw).doesNotContain("SECRET").contains("kept");
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                arguments(CsvFormat.DEFAULT, "SECRET,\"SECRETx\"\",y\",SECRET,1,\"kept,\"\"\nx \",SECRET"),
                arguments(
                        new CsvFormat(UTF_8, ';', '\'', '\\', true, "NULL"),
                        "SECRET;'SECRETa\\'b;c';SECRET;NULL;'kept NULL\\\\';SECRET"),
                arguments(
                        new CsvFormat(UTF_8, '\t', null, null, true, ""),
                        "SECRET\tSECRET\"ab\tSECRET\t1\tkept \"it\tSECRET"),
                arguments(
                        new CsvFormat(
                                UTF_8, '\t', null, '\\', Escapes.POSTGRES, true, NullTexts.of("\\N"), CsvLayout.PLAIN),
                        "SECRET\tSECRETa\\nb\\tc\tSECRET\t\\N\tkept\\\\ \\n\tSECRET"));
    }

    @Test
    void whatIsNoRecordLeavesNothing() {
        CsvRecord left = new RecordMask(MASKS, List.of("email"), CsvFormat.DEFAULT)
                .leaveOut(read(CsvFormat.DEFAULT, "SECRET,SECRET"));

        assertThat(left.raw()).doesNotContain("SECRET");
        assertThat(RecordText.flaw(left.raw(), CsvFormat.DEFAULT)).contains(RecordText.Flaw.CUT);
    }

    @Test
    void aHeaderShowsTheNamesOfColumnsAlone() {
        assertThat(new RecordMask(MASKS, Arrays.asList("id", null, "email"), CsvFormat.DEFAULT)
                        .names(List.of("ID", "ada@x", "E, mail", "more")))
                .isEqualTo("\"ID\",,\"E, mail\",");
    }

    private static String hash(String text) {
        return mask(MASKS, CsvFormat.DEFAULT, text, "email").field(0);
    }

    private static CsvRecord mask(Masks masks, CsvFormat format, String record, @Nullable String... columns) {
        return new RecordMask(masks, Arrays.asList(columns), format).mask(read(format, record));
    }

    private static CsvRecord read(CsvFormat format, String record) {
        return new CsvReader(new ByteArrayInputStream(record.getBytes(UTF_8)), format.ofRecordsAlone()).next();
    }

    private static List<@Nullable String> fields(CsvRecord record) {
        List<@Nullable String> fields = new ArrayList<>();
        for (int i = 0; i < record.size(); i++) {
            fields.add(
                    record.isNull(i, NullTexts.of(""))
                                    || record.isNull(i, NullTexts.of("NULL"))
                                    || record.isNull(i, NullTexts.of("\\N"))
                            ? null
                            : record.field(i));
        }
        return fields;
    }
}
