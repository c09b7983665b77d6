package io.caravan.app.web;

/** What is served: makes an answer of a request, once it is known who sends it. Safe for use by several threads. */
public interface Site {

    /**
     * Answers a request that changes nothing.
     *
     * @param token what a form on the page has to send
     * @throws WebRefusal if there is nothing to answer
     */
    WebResponse get(WebRequest request, Visitor visitor, String token);

    /**
     * Does what a form of ours asks for.
     *
     * @throws WebRefusal if it is not to be done
     */
    WebResponse post(WebRequest request, Visitor visitor);
}
