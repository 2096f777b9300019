import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a case runs: its kind and its settings, all of them given. */
final class Specification {
    final String kind;
    private final Map<String, String> settings = new HashMap<>();

    private Specification(String kind) {
        this.kind = kind;
    }

    static Specification parse(String line) {
        String[] fields = line.split("\t", -1);
        Specification specification = new Specification(fields[1]);
        for (int i = 2; i < fields.length; i++) {
            int equals = fields[i].indexOf('=');
            specification.settings.put(fields[i].substring(0, equals), fields[i].substring(equals + 1));
        }

        return specification;
    }

    String text(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The case '" + kind + "' lacks the setting " + name + ".");
        }

        return value;
    }

    Duration duration(String name) {
        return Duration.ofMillis(Long.parseLong(text(name)));
    }
}
