package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ContentHash;
import io.caravan.testing.TestingBody;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FetchedBodyTest {

    private static final byte[] BYTES = "ab".getBytes(StandardCharsets.UTF_8);

    @Test
    void itIsAllThatWasKnownOfTheOpenOne() throws Exception {
        ContentHash hash = new ContentHash("sha", null);
        TestingBody open = new TestingBody("").versionId("v7").contentHash(hash);
        open.hasRead(9);

        FetchedBody fetched = new FetchedBody(open, BYTES, null);

        assertThat(fetched.content().readAllBytes()).isEqualTo(BYTES);
        assertThat(fetched.versionId()).contains("v7");
        assertThat(fetched.isCompressed()).isFalse();
        assertThat(fetched.storedBytesRead()).isEqualTo(9);
        assertThat(fetched.contentHash()).contains(hash);
    }

    @Test
    void whatFailedFailsBehindTheBytesThatWereRead() throws Exception {
        RetryableException failure = new RetryableException(ErrorCode.OBJECT_READ_FAILED, "cut");
        InputStream content = new FetchedBody(new TestingBody(""), BYTES, failure).content();

        assertThat(content.read()).isEqualTo('a');
        assertThat(content.read(new byte[8], 0, 0)).isZero();
        assertThat(content.read(new byte[8])).isEqualTo(1);
        assertThat(content.read(new byte[8], 0, 0)).as("nobody asks for a byte").isZero();
        assertThatThrownBy(() -> content.read(new byte[8])).isSameAs(failure);
        assertThatThrownBy(content::read).isSameAs(failure);
    }
}
