package io.caravan.app.web;

import java.util.Map;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param type the content's type
 * @param body the content, which is written in UTF-8; empty for none
 * @param headers besides those that every answer has
 */
public record WebResponse(int status, String type, String body, Map<String, String> headers) {

    public static final int OK = 200;
    public static final int UNCHANGED = 204;
    public static final int SEE_OTHER = 303;
    public static final int BAD = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    static final int NOT_ALLOWED = 405;
    static final int TOO_LARGE = 413;
    static final int UNSUPPORTED = 415;
    static final int MISDIRECTED = 421;
    static final int TOO_MANY = 429;
    static final int FAILED = 500;

    public static final String HTML = "text/html; charset=utf-8";
    public static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    public WebResponse {
        headers = Map.copyOf(headers);
    }

    public static WebResponse of(int status, String type, String body) {
        return new WebResponse(status, type, body, Map.of());
    }

    /** Says that nothing is new: a page that refreshes itself stays as it is. */
    public static WebResponse unchanged() {
        return new WebResponse(UNCHANGED, TEXT, "", Map.of());
    }

    /** Says where to look. */
    public static WebResponse seeOther(String address) {
        return new WebResponse(SEE_OTHER, TEXT, "", Map.of("Location", address));
    }

    static WebResponse refused(WebRefusal refusal) {
        return of(refusal.status(), TEXT, refusal.text() + "\n");
    }

    WebResponse with(String header, String value) {
        return new WebResponse(status, type, body, Map.of(header, value));
    }
}
