package io.caravan.sandbox.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands before S3Proxy and answers what that does not know: a bucket's configurations, of which there are none. S3Proxy sees
 * each request all the same, and has said by then whether it is signed well.
 */
final class S3Front extends Handler.Wrapper {

    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;

    private static final BucketConfigurations.Answer NO_BUCKET = new BucketConfigurations.Answer(
            NOT_FOUND,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchBucket</Code>"
                    + "<Message>The specified bucket does not exist</Message></Error>");

    private final Predicate<String> buckets;
    private final ObjectTags tags;

    /** Takes what says whether a bucket is there, and the tags of objects. */
    S3Front(Handler s3Proxy, Predicate<String> buckets, ObjectTags tags) {
        super(s3Proxy);
        this.buckets = buckets;
        this.tags = tags;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String query = request.getHttpURI().getQuery();
        String bucket = request.getHttpURI().getDecodedPath().substring(1);
        if (isOfTags(query) && bucket.contains("/")) {
            return answerTags(request, response, callback, bucket);
        }
        if (query == null
                || !request.getMethod().equals("GET")
                || bucket.replaceFirst("/$", "").contains("/")) {
            return super.handle(request, response, callback);
        }
        Optional<BucketConfigurations.Answer> answer = BucketConfigurations.to(query);
        if (answer.isEmpty()) {
            return super.handle(request, response, callback);
        }
        boolean there = buckets.test(bucket.replaceFirst("/$", ""));
        Response replaced = new Replaced(request, response, there ? answer.get() : NO_BUCKET);
        return super.handle(request, replaced, callback);
    }

    private static boolean isOfTags(@Nullable String query) {
        return query != null && List.of(query.split("[&=]", -1)).contains("tagging");
    }

    private boolean answerTags(Request request, Response response, Callback callback, String path) throws IOException {
        String authorization = String.valueOf(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        byte[] body = Content.Source.asInputStream(request).readAllBytes();
        BucketConfigurations.Answer answer = tags.answer(request.getMethod(), path, authorization, body);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
        response.write(true, ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    /** Has another answer where S3Proxy knows none. */
    private static final class Replaced extends Response.Wrapper {

        private final BucketConfigurations.Answer answer;
        private boolean replaces;

        Replaced(Request request, Response response, BucketConfigurations.Answer answer) {
            super(request, response);
            this.answer = answer;
        }

        @Override
        public void setStatus(int status) {
            replaces = status == NOT_IMPLEMENTED || status == NOT_FOUND;
            super.setStatus(replaces ? answer.status() : status);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (!replaces) {
                super.write(last, content, callback);
            } else if (last) {
                getHeaders().remove(HttpHeader.CONTENT_LENGTH);
                super.write(true, ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)), callback);
            } else {
                callback.succeeded();
            }
        }
    }
}
