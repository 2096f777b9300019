import org.apache.kafka.streams.kstream.Windowed;

/** The text of a row: key, window, value, timestamp. */
final class Rows {
    private Rows() {
    }

    static String of(Object key, Object value, long timestamp) {
        if (key instanceof Windowed<?> windowed) {
            return join(windowed.key(), windowed.window().start(), windowed.window().end(), value, timestamp);
        }

        return join(key, null, null, value, timestamp);
    }

    private static String join(Object key, Long start, Long end, Object value, long timestamp) {
        return text(key) + "\t" + text(start) + "\t" + text(end) + "\t" + text(value) + "\t" + timestamp;
    }

    private static String text(Object value) {
        return value == null ? CaseRun.NULL : value.toString();
    }
}
