package io.caravan.sandbox.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.sandbox.token.Tokenizer;
import org.junit.jupiter.api.Test;

final class RelationsTest {

    private final Relations relations = new Relations(
            Tokenizer.statements("SELECT a FROM \"S\".t WHERE d.s.u.b = 'x'").get(0), 7);

    @Test
    void everyNameMayBeATables() {
        assertThat(relations.query())
                .isEqualTo(
                        "SELECT sandbox_internal.relations(ARRAY[E'\"select\"', E'\"a\"', E'\"from\"', E'\"s\".\"t\"',"
                                + " E'\"where\"', E'\"u\".\"b\"'])");
    }

    @Test
    void whatIsNotKnownYetOrWasNotChangedIsNotDoubted() {
        assertThat(relations.doubtful(8)).isFalse();
        relations.seen("{\"t\": \"1\"}");
        assertThat(relations.doubtful(7)).isFalse();
        assertThat(relations.doubtful(8)).isTrue();
        assertThat(relations.check()).isEqualTo("SELECT sandbox_internal.check_relations(E'{\"t\": \"1\"}')");
    }
}
