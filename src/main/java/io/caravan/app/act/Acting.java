package io.caravan.app.act;

import java.util.List;

/** What does what operators want done. */
public interface Acting {

    /** Does nothing, where nobody is an operator. */
    Acting NONE = new Acting() {
        @Override
        public ActResult count(Act act) {
            return new ActResult(0, List.of());
        }

        @Override
        public ActResult run(Act act, String by) {
            return new ActResult(0, List.of());
        }
    };

    /** Counts what an act would do, and does nothing. */
    ActResult count(Act act) throws Exception;

    /**
     * Does it, however much there is by now.
     *
     * @param by who wants it
     */
    ActResult run(Act act, String by) throws Exception;
}
