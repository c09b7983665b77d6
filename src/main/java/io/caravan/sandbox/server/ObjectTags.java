package io.caravan.sandbox.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The tags of objects, which S3Proxy does not have: kept in memory, of the version that has them. Whoever has the access key may ask
 * for them; S3Proxy, which looks at signatures, does not see the request.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html">PutObjectTagging</a>
 */
final class ObjectTags {

    /** An object's version, by what changes with it. */
    record Version(String bucket, String key, String etag, Object lastModified) {}

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String NONE = XML + "<Tagging><TagSet/></Tagging>";

    private final BiFunction<String, String, Optional<Version>> objects;
    private final Predicate<String> mayAsk;
    private final Map<Version, String> tags = new ConcurrentHashMap<>();

    /**
     * Holds no tags yet.
     *
     * @param objects finds an object by its bucket and key
     * @param mayAsk says of a header Authorization whether it is that of somebody who may ask
     */
    ObjectTags(BiFunction<String, String, Optional<Version>> objects, Predicate<String> mayAsk) {
        this.objects = objects;
        this.mayAsk = mayAsk;
    }

    /**
     * Answers a request with the query {@code tagging} for an object.
     *
     * @param path bucket, slash and key
     * @param body of a PUT; the answer to a GET has the same form
     */
    BucketConfigurations.Answer answer(String method, String path, String authorization, byte[] body) {
        int slash = path.indexOf('/');
        if (!mayAsk.test(authorization)) {
            return error(403, "AccessDenied", "Access Denied");
        }
        Optional<Version> version = objects.apply(path.substring(0, slash), path.substring(slash + 1));
        if (version.isEmpty()) {
            return error(404, "NoSuchKey", "The specified key does not exist.");
        }
        return switch (method) {
            case "GET" -> new BucketConfigurations.Answer(200, tags.getOrDefault(version.get(), NONE));
            case "PUT" -> {
                tags.put(version.get(), new String(body, StandardCharsets.UTF_8));
                yield new BucketConfigurations.Answer(200, "");
            }
            case "DELETE" -> {
                tags.remove(version.get());
                yield new BucketConfigurations.Answer(204, "");
            }
            default -> error(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
        };
    }

    private static BucketConfigurations.Answer error(int status, String code, String message) {
        return new BucketConfigurations.Answer(
                status, XML + "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
    }
}
