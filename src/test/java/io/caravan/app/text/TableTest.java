package io.caravan.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.caravan.app.report.LoadTable;
import io.caravan.model.ledger.LoadCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final List<LoadTable.Line> LINES = List.of(
            new LoadTable.Line(
                    "employee", "s3://in/customer/1.csv", "loaded", new LoadCounts(1200, 1000, 150, 40, 7, 3)),
            new LoadTable.Line("orders", "s3://in/o/\uD83D\uDC2A.csv", "rejected", LoadCounts.NONE));

    @Test
    void loadsAreShownWithTotals() {
        assertThat(Format.TEXT.render(LoadTable.of(LINES)))
                .isEqualTo(
                        """
                feed      object                   read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                employee  s3://in/customer/1.csv  1,200     1,000      150         40        0      0           7         3  loaded
                orders    s3://in/o/\uD83D\uDC2A.csv            0         0        0          0        0      0           0         0  rejected
                total     2 objects               1,200     1,000      150         40        0      0           7         3
                """);
    }

    @Test
    void oneObjectHasNoTotals() {
        assertThat(Format.TEXT.render(LoadTable.of(LINES.subList(1, 2))))
                .isEqualTo(
                        """
                feed    object            read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                orders  s3://in/o/\uD83D\uDC2A.csv     0         0        0          0        0      0           0         0  rejected
                """);
    }

    @Test
    void programsGetObjectsWithoutTotals() {
        assertThat(Format.JSON.render(LoadTable.of(LINES)))
                .isEqualTo(
                        """
                [
                  {"feed": "employee", "object": "s3://in/customer/1.csv", "read": 1200, "inserted": 1000, "updated": 150, "unchanged": 40, "deleted": 0, "stale": 0, "superseded": 7, "rejected": 3, "outcome": "loaded"},
                  {"feed": "orders", "object": "s3://in/o/\uD83D\uDC2A.csv", "read": 0, "inserted": 0, "updated": 0, "unchanged": 0, "deleted": 0, "stale": 0, "superseded": 0, "rejected": 0, "outcome": "rejected"}
                ]
                """);
    }

    @Test
    void nothingIsAnEmptyTable() {
        assertThat(Format.TEXT.render(new Table(Table.Column.text("a"), Table.Column.number("b"))))
                .isEqualTo("a  b\n");
        assertThat(Format.JSON.render(new Table(Table.Column.text("a")))).isEqualTo("[]\n");
    }

    @Test
    void whatAnObjectKeyHoldsDoesNoHarm() {
        Table table = new Table(Table.Column.text("key"), Table.Column.text("none"), Table.Column.text("new"));
        table.add("a\"\\\n\r\t\u001b[2J\u0085\uD800I\u0130", null, true);

        assertThat(Format.TEXT.render(table))
                .isEqualTo(
                        """
                key                                           none  new
                a"\\\\u000a\\u000d\\u0009\\u001b[2J\\u0085\\ud800I\u0130        true
                """);
        assertThat(Format.JSON.render(table))
                .isEqualTo(
                        """
                [
                  {"key": "a\\"\\\\\\n\\r\\t\\u001b[2J\\u0085\\ud800I\u0130", "none": null, "new": true}
                ]
                """);
    }

    @Test
    void wideCharactersTakeTwoColumnsOfATerminalAndMarksNone() {
        Table table = new Table(Table.Column.key("key"), Table.Column.text("outcome"), Table.Column.sentence("reason"));
        table.add("受注/東京都千代田区の注文の一覧.csv", "loaded", null);
        table.add("nai\u0308ve.csv", "rejected", "表 '注文' に 列 '金額' は ありません");

        assertThat(Format.TEXT.render(table, Screen.plain(30)))
                .isEqualTo(
                        """
                key                   outcome
                受注/東京…の一覧.csv  loaded
                nai\u0308ve.csv             rejected
                  表 '注文' に 列 '金額' は
                    ありません
                """);
        assertThat(Format.TEXT.render(table))
                .isEqualTo(
                        """
                key                                  outcome   reason
                受注/東京都千代田区の注文の一覧.csv  loaded
                nai\u0308ve.csv                            rejected  表 '注文' に 列 '金額' は ありません
                """);
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table(Table.Column.text("a")).add("1", "2"));
    }

    @Test
    void figuresAreTheSameInEveryLocale() {
        assertThat(List.of(0L, 1023L, 1024L, 1536L, 1048575L, 5L << 30, Long.MAX_VALUE))
                .map(FigureText::bytes)
                .containsExactly("0 B", "1023 B", "1.0 KiB", "1.5 KiB", "1.0 MiB", "5.0 GiB", "8.0 EiB");
        assertThat(FigureText.number(-1234567)).isEqualTo("-1,234,567");
    }
}
