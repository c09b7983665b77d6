package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

@ExtendWith(SandboxExtension.class)
final class S3IT {

    private final TestSandbox sandbox;

    S3IT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aListingOfMoreThanAThousandKeysComesInPagesAndInOrder() {
        List<String> keys =
                IntStream.range(0, 1100).mapToObj(i -> "page/" + (10_000 + i)).toList();
        keys.parallelStream().forEach(key -> sandbox.put(key, "x"));

        var pages = sandbox
                .s3()
                .listObjectsV2Paginator(b -> b.bucket(sandbox.bucket()).prefix("page/"))
                .stream()
                .map(S3IT::keys)
                .toList();

        assertThat(pages).hasSize(2);
        assertThat(pages.stream().flatMap(List::stream).toList()).isEqualTo(keys);
    }

    @Test
    void aListingShowsWhatHasChangedBeforeItsNextPage() {
        List.of("a", "b", "c", "d").forEach(name -> sandbox.put("changing/" + name, name));
        ListObjectsV2Response first = page("changing/", null);
        assertThat(keys(first)).containsExactly("changing/a", "changing/b");

        sandbox.s3().deleteObject(delete -> delete.bucket(sandbox.bucket()).key("changing/c"));
        sandbox.put("changing/cc", "stored between two pages");

        ListObjectsV2Response second = page("changing/", first.nextContinuationToken());
        assertThat(keys(second)).containsExactly("changing/cc", "changing/d");
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void aPageOfOneListingIsNotOfAnother() {
        List.of("one/a", "one/b", "one/c", "two/a").forEach(key -> sandbox.put(key, key));
        ListObjectsV2Response first = page("one/", null);

        assertThat(keys(page("two/", null))).containsExactly("two/a");
        assertThat(keys(page("one/", first.nextContinuationToken()))).containsExactly("one/c");
    }

    private ListObjectsV2Response page(String prefix, @Nullable String token) {
        return sandbox.s3()
                .listObjectsV2(list ->
                        list.bucket(sandbox.bucket()).prefix(prefix).maxKeys(2).continuationToken(token));
    }

    private static List<String> keys(ListObjectsV2Response page) {
        return page.contents().stream().map(S3Object::key).toList();
    }

    @Test
    void oddKeysComeBackAsTheyWere() {
        for (String key : List.of("odd/a b", "odd/a+b", "odd/a%41b", "odd/a&b<c>", "odd/ü ñ 漢字", "odd/back\\slash")) {
            sandbox.put(key, key);
            assertThat(sandbox.s3()
                            .getObjectAsBytes(b -> b.bucket(sandbox.bucket()).key(key))
                            .asString(StandardCharsets.UTF_8))
                    .isEqualTo(key);
            assertThat(sandbox.s3()
                            .listObjectsV2(b -> b.bucket(sandbox.bucket()).prefix(key))
                            .contents())
                    .extracting(S3Object::key)
                    .containsExactly(key);
        }
    }

    @Test
    void anETagIsOfTheContentAndIfMatchAsksForIt() {
        String etag = sandbox.put("tagged", "one");
        S3Object listed = sandbox.s3()
                .listObjectsV2(b -> b.bucket(sandbox.bucket()).prefix("tagged"))
                .contents()
                .get(0);

        assertThat(listed.eTag()).isEqualTo('"' + etag + '"');
        assertThat(listed.lastModified())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(sandbox.put("tagged", "two")).isNotEqualTo(etag);
        assertThatThrownBy(() -> sandbox.s3()
                        .getObjectAsBytes(
                                b -> b.bucket(sandbox.bucket()).key("tagged").ifMatch(etag)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThat(sandbox.put("tagged", "one")).isEqualTo(etag);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> sandbox.s3()
                        .getObjectAsBytes(b -> b.bucket(sandbox.bucket()).key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> sandbox.s3().listObjectsV2(b -> b.bucket("no-such-bucket")))
                .isInstanceOf(NoSuchBucketException.class);
    }
}
