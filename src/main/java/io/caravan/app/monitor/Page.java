package io.caravan.app.monitor;

import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRequest;

/** One of the pages. Safe for use by several threads. */
interface Page {

    /**
     * Returns what it shows now.
     *
     * @param token what its forms have to send
     * @throws io.caravan.app.web.WebRefusal if there is nothing of the kind
     */
    Shown show(WebRequest request, Visitor visitor, String token);
}
