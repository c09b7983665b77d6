package io.caravan.app.monitor;

import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRefusal;
import io.caravan.app.web.WebRequest;
import io.caravan.app.web.WebResponse;

/** One error code: what Caravan does about it, what it means, and what to do. */
final class CodePage implements Page {

    private final CodeManual manual;

    CodePage(CodeManual manual) {
        this.manual = manual;
    }

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        String code = request.path().get(request.path().size() - 1);
        CodeManual.Entry entry =
                manual.find(code).orElseThrow(() -> new WebRefusal(WebResponse.NOT_FOUND, "There is no such code"));
        Html live = Html.all(
                PageParts.facts("Caravan", entry.reaction(), "Meaning", entry.meaning(), "What to do", entry.remedy()),
                Html.el("p", Href.of("dead-letters").with("code", code).link("Dead letters with this code")));
        return new Shown(
                code,
                new Members()
                        .put("code", code)
                        .put("reaction", entry.reaction())
                        .put("meaning", entry.meaning())
                        .put("whatToDo", entry.remedy())
                        .map(),
                Html.NONE,
                live,
                false);
    }
}
