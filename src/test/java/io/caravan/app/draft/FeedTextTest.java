package io.caravan.app.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.csv.guess.Confidence;
import io.caravan.csv.guess.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedTextTest {

    @Test
    void theFileHasTheParametersAndTheDoubts() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("bucket", "shop");
        parameters.put("nullString", "\\N");
        parameters.put("delimiter", "\u0001");
        parameters.put("columns", "2=it's");
        FeedDraft draft = new FeedDraft(
                "orders",
                "s3://shop/orders/",
                parameters,
                List.of(
                        new Finding("charset", "UTF-8", Confidence.SURE, "all bytes are ASCII"),
                        new Finding("keys", "none", Confidence.GUESS, "no name like id")),
                List.of(),
                null,
                null,
                null);

        assertThat(FeedText.of(draft))
                .isEqualTo(
                        """
                        # Drafted from s3://shop/orders/ by `caravan feed new`. What it could not be sure of:
                        #   keys none: no name like id
                        - templatedRoute:
                            routeId: orders
                            routeTemplateRef: s3-csv-to-redshift
                            parameters:
                              - { name: bucket, value: 'shop' }
                              - { name: nullString, value: '\\N' }
                              - { name: delimiter, value: "\\u0001" }
                              - { name: columns, value: '2=it''s' }
                        """);
    }
}
