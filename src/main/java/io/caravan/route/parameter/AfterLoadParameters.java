package io.caravan.route.parameter;

import io.caravan.model.feed.AfterLoad;
import io.caravan.model.feed.ObjectAction;
import io.caravan.model.ledger.Outcome;

/** Reads what a feed's parameters say about objects that are dealt with. */
final class AfterLoadParameters {

    private final ParameterTexts texts;

    /**
     * Takes the texts.
     *
     * @param texts is told of all that does not hold
     */
    AfterLoadParameters(ParameterTexts texts) {
        this.texts = texts;
    }

    AfterLoad afterLoad() {
        AfterLoad afterLoad = new AfterLoad(action("onLoaded", Outcome.LOADED), action("onRejected", Outcome.REJECTED));
        refuseTogether("onLoaded", afterLoad.onLoaded());
        refuseTogether("onRejected", afterLoad.onRejected());
        return afterLoad;
    }

    private ObjectAction action(String name, Outcome outcome) {
        try {
            return ObjectAction.parse(texts.written(name), outcome.text());
        } catch (IllegalArgumentException e) {
            texts.refuse("'" + name + "' is " + e.getMessage() + ", and not '" + texts.written(name) + "'");
            return ObjectAction.KEEP;
        }
    }

    private void refuseTogether(String name, ObjectAction action) {
        if (!action.takesAway()) {
            return;
        }
        if (!texts.stripped("marker").isEmpty()) {
            texts.refuse("'" + name + "' is '" + texts.written(name)
                    + "', which cannot go with 'marker': a folder would be complete without its objects; use tag");
        }
        if (!texts.stripped("publishTo").isEmpty()) {
            texts.refuse("'" + name + "' is '" + texts.written(name)
                    + "', which cannot go with 'publishTo': its readers find the objects where they are; use tag");
        }
    }
}
