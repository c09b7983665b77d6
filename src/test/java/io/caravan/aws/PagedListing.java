package io.caravan.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bucket of any size, of which only the listing is there: pages of 1,000 objects, as S3 has them. */
public final class PagedListing implements AutoCloseable {

    private static final int PAGE_OBJECTS = 1_000;
    private static final Pattern TOKEN = Pattern.compile("continuation-token=(\\d+)");

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger requests = new AtomicInteger();
    private final int pages;

    /** Starts on a free port of the loopback. */
    public PagedListing(int pages) throws IOException {
        this.pages = pages;
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns how many pages were asked for. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        Matcher token = TOKEN.matcher(exchange.getRequestURI().getRawQuery());
        byte[] page = page(token.find() ? Integer.parseInt(token.group(1)) : 0).getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private String page(int number) {
        StringBuilder xml = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
        for (int i = 0; i < PAGE_OBJECTS; i++) {
            xml.append(String.format(
                    Locale.ROOT,
                    "<Contents><Key>in/%08d.csv</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
                            + "<ETag>&quot;%x&quot;</ETag><Size>1</Size></Contents>",
                    number * PAGE_OBJECTS + i,
                    number * PAGE_OBJECTS + i));
        }
        boolean more = number + 1 < pages;
        xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
        if (more) {
            xml.append("<NextContinuationToken>").append(number + 1).append("</NextContinuationToken>");
        }
        return xml.append("</ListBucketResult>").toString();
    }
}
