package io.caravan.sandbox.value;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * SUPER, from JSON.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Load_Error_Reference.html">Load errors</a>
 */
final class SuperConverter implements FieldConverter {

    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public void convert(byte[] bytes, int from, int to, CopyRows out) throws FieldException {
        Utf8.check(bytes, from, to, -1);
        try {
            JsonNode value = json.readTree(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            if (value == null || value.isMissingNode()) {
                throw invalid();
            }
            byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
            out.text(text, 0, text.length);
        } catch (JacksonException e) {
            throw invalid();
        }
    }

    private static FieldException invalid() {
        return new FieldException(1224, "Invalid JSON format");
    }
}
