package io.caravan.sandbox.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

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

    /** Takes what says whether a bucket is there. */
    S3Front(Handler s3Proxy, Predicate<String> buckets) {
        super(s3Proxy);
        this.buckets = buckets;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String query = request.getHttpURI().getQuery();
        String bucket = request.getHttpURI().getDecodedPath().substring(1);
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
