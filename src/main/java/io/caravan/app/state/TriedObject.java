package io.caravan.app.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.model.ObjectVersion;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An object version that a feed loads, as far as it takes to know it again. */
record TriedObject(String feed, String bucket, String key, String etag) {

    static TriedObject of(String feed, ObjectVersion object) {
        return new TriedObject(feed, object.bucket(), object.key(), object.etag());
    }

    /** Reads what {@link #words} has written. */
    static TriedObject parse(List<String> words) {
        List<String> texts =
                words.stream().map(word -> URLDecoder.decode(word, UTF_8)).toList();
        return new TriedObject(texts.get(0), texts.get(1), texts.get(2), texts.get(3));
    }

    /** Returns it as words with blanks between them, whatever characters a key has. */
    String words() {
        return Stream.of(feed, bucket, key, etag)
                .map(text -> URLEncoder.encode(text, UTF_8))
                .collect(Collectors.joining(" "));
    }
}
