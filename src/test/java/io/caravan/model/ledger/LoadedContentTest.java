package io.caravan.model.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadedContentTest {

    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

    @Test
    void aKnownHashAloneDecides() {
        LoadedContent loaded = loaded(MD5, "s");

        assertThat(loaded.needsMd5()).isFalse();
        assertThat(loaded.isSame(3, new ContentHash("s", null))).isTrue();
        assertThat(loaded.isSame(3, new ContentHash("t", MD5))).isFalse();
        assertThat(loaded.isSame(4, new ContentHash("s", null))).isFalse();
    }

    @Test
    void withoutOneAnETagThatMayBeAnMd5Decides() {
        LoadedContent loaded = loaded(MD5, null);

        assertThat(loaded.needsMd5()).isTrue();
        assertThat(loaded.isSame(3, new ContentHash("s", MD5))).isTrue();
        assertThat(loaded.isSame(3, new ContentHash("s", MD5.replace('d', 'e'))))
                .isFalse();
        assertThat(loaded.isSame(3, new ContentHash("s", null))).isFalse();
    }

    @Test
    void theETagOfAnUploadInPartsSaysNothing() {
        LoadedContent loaded = loaded(MD5 + "-1", null);

        assertThat(loaded.needsMd5()).isFalse();
        assertThat(loaded.isSame(3, new ContentHash("s", MD5 + "-1"))).isFalse();
    }

    private static LoadedContent loaded(String etag, @Nullable String sha256) {
        return new LoadedContent(new ObjectVersion("b", "k", etag, 3, Instant.EPOCH), sha256);
    }
}
