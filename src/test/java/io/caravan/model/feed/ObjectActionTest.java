package io.caravan.model.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.caravan.model.feed.ObjectAction.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectActionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            textBlock =
                    """
                    ''                | KEEP   | ''      | ''
                    Keep              | KEEP   | ''      | ''
                    tag               | TAG    | caravan | loaded
                    TAG = state=in    | TAG    | state   | in
                    tag=state=        | TAG    | state   | ''
                    tag=a=b=c         | TAG    | a       | b=c
                    move=done/        | MOVE   | done/   | ''
                    move = a b/c,d/   | MOVE   | a b/c,d/| ''
                    move=_done/       | MOVE   | _done/  | ''
                    delete            | DELETE | ''      | ''
                    """)
    void anActionIsWrittenSo(String text, Kind kind, String name, String value) {
        assertThat(ObjectAction.parse(text, "loaded")).isEqualTo(new ObjectAction(kind, name, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "archive",
                "move",
                "move=",
                "move=done",
                "move=/",
                "move=/done/",
                "move=s3://other/done/",
                "move=a\nb/",
                "tag=",
                "tag=done",
                "tag==done",
                "tag=a=b;c",
                "delete=now",
                "keep=it",
                "=",
                "move done/",
                "tag=size=10 %"
            })
    void nothingElseIs(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ObjectAction.parse(text, "loaded"));
    }
}
