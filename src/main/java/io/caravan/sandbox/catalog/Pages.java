package io.caravan.sandbox.catalog;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists by pages, which are small: a client that takes the first one for all is seen at once. */
final class Pages {

    private static final int SIZE = 3;
    private static final String TOKEN = "NextToken";

    private Pages() {}

    /**
     * Returns a page.
     *
     * @param request may say where it begins, and how much it holds at most
     * @param member what the list is called in the answer
     */
    static ObjectNode answer(JsonNode request, String member, List<? extends JsonNode> all) {
        int from = from(request);
        int most = request.has("MaxResults") ? request.get("MaxResults").asInt() : SIZE;
        if (most < 1) {
            throw RefusedCallException.invalid("MaxResults is less than 1");
        }
        int to = Math.min(all.size(), from + Math.min(most, SIZE));
        ObjectNode answer = CatalogFile.JSON.createObjectNode();
        ArrayNode page = answer.putArray(member);
        all.subList(Math.min(from, to), to).forEach(page::add);
        if (to < all.size()) {
            answer.put(TOKEN, "from-" + to);
        }
        return answer;
    }

    private static int from(JsonNode request) {
        String token = request.path(TOKEN).asString("");
        if (token.isEmpty()) {
            return 0;
        }
        if (!token.matches("from-\\d{1,9}")) {
            throw RefusedCallException.invalid("The NextToken is none of this list");
        }
        return Integer.parseInt(token.substring("from-".length()));
    }
}
