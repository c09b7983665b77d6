package io.caravan.prove;

import java.util.List;

/** All of them, in the order in which one decides more than the next. */
final class Assumptions {

    private Assumptions() {}

    /** Takes whether the bill is to be waited for. */
    static List<Assumption> all(boolean bill) {
        return List.of(
                new LockAndSnapshot(),
                new SumOfHashes(),
                new CatalogOfStrangers(),
                new LoadsInEachMode(),
                new InsertStaging(),
                new RefusedRecords(),
                new DirectReading(),
                new WritersAtOnce(),
                new FailureTexts(),
                new Bill(bill),
                new Sessions(),
                new TextsAndNames(),
                new ChangingDefinitions(),
                new OwnStatements(),
                new AcceptedGrammar());
    }
}
