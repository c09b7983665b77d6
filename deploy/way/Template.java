import com.marcnuri.helm.Helm;
import java.nio.file.Path;

/** Renders a chart with a file of values, as helm template does: {@code Template CHART VALUES}. */
final class Template {

    private Template() {}

    public static void main(String[] arguments) {
        System.out.print(new Helm(Path.of(arguments[0]))
                .template()
                .withName("caravan")
                .withNamespace("caravan")
                .withValuesFile(Path.of(arguments[1]))
                .call());
    }
}
